"""What of Whoosh's files is laid out anew: posting lists as arrays, each file by itself, records
packed once, and the words as they are written all in one file."""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any

from whoosh.codec.whoosh3 import (
    W3Codec,
    W3FieldWriter,
    W3PerDocReader,
    W3PerDocWriter,
    W3Segment,
)
from whoosh.columns import Column, PickleColumn, VarBytesColumn

from channels.search.embedded.postings import (
    BLOCK,
    PostingsWriter,
    TermsReader,
)
from channels.search.embedded.said import packed_said

Gathered = tuple[str, bytes, "array[int]", "array[float]"]

SPELLED, WORDS = "spelled", ".words"  # the field, and the file of its terms
TERMS, SAID = "words", ".said"  # the field, and the file that says which terms it has


class RecordColumn(PickleColumn):
    """Whoosh's own packs what is mostly numbers, which makes them no smaller, and writes bytes as
    if they were text."""

    class Writer(PickleColumn.Writer):
        def add(self, document: int, value: object) -> None:
            self._child.add(document, pickle.dumps(value, pickle.HIGHEST_PROTOCOL))


STORED = RecordColumn(VarBytesColumn())


class EntrySegment(W3Segment):
    def codec(self) -> Codec:
        return Codec()

    def should_assemble(self) -> bool:
        return False  # Each file is opened by itself.


class Codec(W3Codec):
    length_stats = False

    def __init__(self) -> None:
        super().__init__(blocklimit=BLOCK, compression=0)

    def new_segment(self, storage: Any, name: str) -> EntrySegment:
        return EntrySegment(self, name)

    def per_document_writer(self, storage: Any, segment: Any) -> RecordWriter:
        return RecordWriter(self, storage, segment)

    def per_document_reader(self, storage: Any, segment: Any) -> RecordReader:
        return RecordReader(storage, segment)

    def field_writer(self, storage: Any, segment: Any) -> FieldWriter:
        return FieldWriter(self, storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> TermsReader:
        terms = segment.open_file(storage, self.TERMS_EXT)
        length = storage.file_length(segment.make_filename(self.TERMS_EXT))
        return TermsReader(self, terms, length, segment.open_file(storage, self.POSTS_EXT))

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> PostingsWriter:
        return PostingsWriter(dbfile, BLOCK, byteids, self._compression)


class RecordWriter(W3PerDocWriter):
    def _create_column(self, name: str, column: Column) -> None:
        super()._create_column(name, STORED if name == "_stored" else column)


class RecordReader(W3PerDocReader):
    def __init__(self, storage: Any, segment: Any) -> None:
        super().__init__(storage, segment)
        if self._cached_reader("_stored", STORED) is None:  # Opened now: it may be gone later.
            raise FileNotFoundError(f"No records of {segment.segment_id()}")

    def _cached_reader(self, name: str, column: Column) -> Any:
        return super()._cached_reader(name, STORED if name == "_stored" else column)


class FieldWriter(W3FieldWriter):
    def add_postings(self, schema: Any, lengths: None, items: Iterable[Gathered]) -> None:
        spelled: list[bytes] = []
        said: list[bytes] = []
        for name, terms in groupby(items, key=itemgetter(0)):
            self.start_field(name, schema[name])
            for _, term, documents, weights in terms:
                self.start_term(term)
                self._postwriter.add_all(documents, weights)
                self.finish_term()
                if name == SPELLED:
                    spelled.append(term)
                elif name == TERMS:
                    said.append(term)
            self.finish_field()
        # All of them are wanted at once, which one by one takes seconds.
        with self._create_file(WORDS) as file:
            file.write(b"\n".join(spelled))
        with self._create_file(SAID) as file:
            file.write(packed_said(said))
