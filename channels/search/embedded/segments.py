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

from channels.search.embedded.codec import SAID, WORDS
from channels.search.embedded.said import SaidTerms
from channels.search.embedded.storage import IndexStorage
from channels.search.engine import Record
from channels.search.indexed import record_of

Documents = npt.NDArray[np.int32]
Weights = npt.NDArray[np.int32]
Postings = tuple[Documents, Weights]

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
        with segment.open_file(storage, SAID) as file:
            self.said = SaidTerms(bytes(file.read()))
        self.size: int = self._stored.doc_count_all()
        self._records: OrderedDict[int, Record] = OrderedDict()

    def postings(self, field: str, term: str) -> Postings:
        """Return the documents that have the term, and the number that each has of it."""
        ids, weights = self._terms.list(field, term.encode())
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
