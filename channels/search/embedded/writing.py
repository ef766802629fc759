"""Writing Whoosh's files: postings are gathered by term, as arrays.

Whoosh itself sorts every single posting by way of files and looks up lengths that nothing here
asks for; that was four fifths of the time that an index took. The files are the same.
"""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Iterable, Iterator
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
from whoosh.index import FileIndex
from whoosh.writing import MERGE_SMALL, SegmentWriter

from channels.search.embedded.postings import BLOCK, Matcher, PostingsWriter

Gathered = tuple[str, bytes, "array[int]", "array[float]"]

# Postings that a segment is written of, 8 bytes each; an index of more has more segments.
MOST_POSTINGS = 10_000_000
# Documents of a segment that may be merged with others while a publish waits.
MOST_MERGED = 200


SPELLED, WORDS = "spelled", ".words"  # the field, and the file of its terms


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

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> PostingsWriter:
        return PostingsWriter(dbfile, BLOCK, byteids, self._compression)

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> Any:
        if terminfo.is_inlined():
            return super().postings_reader(dbfile, terminfo, format_, term, scorer)
        return Matcher(dbfile, *terminfo.extent(), format_, term=term, scorer=scorer)


class Pool:
    """Takes postings by rising document, gives them back by field and term."""

    def __init__(self) -> None:
        self._documents: dict[tuple[str, bytes], array[int]] = {}
        self._weights: dict[tuple[str, bytes], array[float]] = {}
        self.size = 0

    def add(self, posting: tuple[str, bytes, int, float, bytes]) -> None:
        key = posting[:2]
        documents = self._documents.get(key)
        if documents is None:
            documents = self._documents[key] = array("I")
            self._weights[key] = array("f")
        documents.append(posting[2])
        self._weights[key].append(posting[3])
        self.size += 1

    def iter_postings(self) -> Iterator[Gathered]:
        for key in sorted(self._documents):
            yield *key, self._documents[key], self._weights[key]

    def cleanup(self) -> None:
        self._documents.clear()
        self._weights.clear()


class RecordWriter(W3PerDocWriter):
    def _create_column(self, name: str, column: Column) -> None:
        super()._create_column(name, STORED if name == "_stored" else column)


class RecordReader(W3PerDocReader):
    def __init__(self, storage: Any, segment: Any) -> None:
        super().__init__(storage, segment)
        self._cached_reader("_stored", STORED)  # Opened now: the file may be gone later.

    def _cached_reader(self, name: str, column: Column) -> Any:
        return super()._cached_reader(name, STORED if name == "_stored" else column)


class FieldWriter(W3FieldWriter):
    def add_postings(self, schema: Any, lengths: None, items: Iterable[Gathered]) -> None:
        spelled: list[bytes] = []
        for name, terms in groupby(items, key=itemgetter(0)):
            self.start_field(name, schema[name])
            for _, term, documents, weights in terms:
                self.start_term(term)
                self._postwriter.add_all(documents, weights)
                self.finish_term()
                if name == SPELLED:
                    spelled.append(term)
            self.finish_field()
        # All of them are wanted at once, which one by one takes seconds.
        with self._create_file(WORDS) as file:
            file.write(b"\n".join(spelled))


def writer_of(index: FileIndex) -> SegmentWriter:
    writer = index.writer(codec=Codec())
    writer.pool = Pool()
    return writer


def merge_small(writer: SegmentWriter, segments: list[EntrySegment]) -> list[EntrySegment]:
    """Merge small segments as Whoosh does, and leave large ones alone: of an index of many it would
    write tens of thousands of documents anew, for minutes, before the next text is found. Return
    those that stay."""
    small = [one for one in segments if one.doc_count_all() <= MOST_MERGED]
    large = [one for one in segments if one.doc_count_all() > MOST_MERGED]
    return large + list(MERGE_SMALL(writer, small))
