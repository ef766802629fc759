"""Reading Whoosh's files: posting lists as arrays.

A segment never changes once it is written; what is deleted from it is said elsewhere.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.index import TOC
from whoosh.reading import TermNotFound

from channels.search.embedded.postings import Matcher
from channels.search.embedded.schema import SCHEMA
from channels.search.embedded.storage import IndexStorage
from channels.search.embedded.writing import WORDS
from channels.search.engine import Record
from channels.search.indexed import record_of

Documents = npt.NDArray[np.int32]
Weights = npt.NDArray[np.int32]
Postings = tuple[Documents, Weights]

NOTHING: Postings = (np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int32))

NAME = "MAIN"  # what Whoosh calls an index that has no other name

MOST_RECORDS = 1_000


def segments_of(storage: IndexStorage) -> list[Any]:
    """Return what Whoosh knows of the newest segments: files, documents, what was deleted."""
    found: list[Any] = TOC.read(storage, NAME).segments
    return found


class Segment:
    """A segment as it was opened. Not for two threads at once.

    All its files are opened at once: they are removed as soon as it is merged into another.
    """

    def __init__(self, storage: IndexStorage, segment: Any) -> None:
        reader = segment.codec()
        self._terms = reader.terms_reader(storage, segment)
        self._stored = reader.per_document_reader(storage, segment)
        self._written = segment.open_file(storage, WORDS)
        self.size: int = self._stored.doc_count_all()
        self._records: OrderedDict[int, Record] = OrderedDict()

    def postings(self, field: str, term: str) -> Postings:
        """Return the documents that have the term, and the number that each has of it."""
        if field not in self._terms.indexed_field_names():
            return NOTHING
        try:
            matcher = self._terms.matcher(field, term.encode(), SCHEMA[field].format)
        except TermNotFound:
            return NOTHING
        if not isinstance(matcher, Matcher):
            return _listed(matcher)
        blocks = list(matcher.blocks())
        ids = np.concatenate([ids for ids, _ in blocks])
        weights = np.concatenate([weights for _, weights in blocks])
        return ids.astype(np.int32), weights.astype(np.int32)

    def record(self, document: int) -> Record:
        if document in self._records:
            self._records.move_to_end(document)
        else:
            self._records[document] = record_of(self._stored.stored_fields(document)["record"])
            if len(self._records) > MOST_RECORDS:
                self._records.popitem(last=False)
        return self._records[document]

    def terms(self, field: str, prefix: str = "") -> Iterator[str]:
        """Yield the field's terms that begin so, in order."""
        beginning = prefix.encode()
        for name, term in self._terms.terms_from(field, beginning):
            if name != field or not term.startswith(beginning):
                return
            yield term.decode()

    def words(self) -> list[str]:
        """Return every word as it is written. Kept by who asks."""
        self._written.seek(0)
        return bytes(self._written.read()).decode().split("\n")


def _listed(matcher: Any) -> Postings:
    """Return a posting list so short that it is stored with its term."""
    ids, weights = [], []
    while matcher.is_active():
        ids.append(matcher.id())
        weights.append(int(matcher.weight()))
        matcher.next()
    return np.array(ids, dtype=np.int32), np.array(weights, dtype=np.int32)
