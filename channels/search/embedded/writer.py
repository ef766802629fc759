"""Writing segments: postings are gathered by term, as arrays, and segments are merged list by list.

Whoosh itself sorts every single posting by way of files, and takes merged segments apart posting by
posting; that was four fifths of the time that an index took. The files are the same.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator
from itertools import accumulate

from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from channels.search.embedded.codec import Codec, EntrySegment, Gathered

# Postings that a segment is written of, 8 bytes each; an index of more has more segments.
MOST_POSTINGS = 10_000_000
# Documents that are merged at most, and segments at least, while a publish waits: 40 documents take
# 0.2 to 0.5 s of CPU.
MOST_MERGED, LEAST_MERGED = 40, 6


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


class Writer(SegmentWriter):
    def __init__(self, index: FileIndex) -> None:
        # There is one writer at a time anyway, and Whoosh's lock would outlive one that fails.
        super().__init__(index, codec=Codec(), _lk=False)
        self.pool = Pool()

    def remove(self, entries: Collection[int]) -> None:
        """Delete these entries' documents. Whoosh opens every file for each term to delete by."""
        wanted = [str(entry).encode() for entry in entries]
        for segment in self.segments if wanted else ():
            terms = self.codec.terms_reader(self.storage, segment)
            for entry in wanted:
                documents, _ = terms.list("entry", entry)
                for document in documents.tolist():
                    segment.delete_document(document)
            terms.close()

    def add_postings_to_pool(
        self, reader: SegmentReader, start: int, numbers: dict[int, int] | None
    ) -> None:
        """Take a segment's posting lists as they are; Whoosh looks for each posting anew."""
        renumbered = start.__add__ if numbers is None else numbers.get
        for field, term, documents, weights in reader._terms.lists():
            for document, weight in zip(documents, weights, strict=True):
                if (number := renumbered(document)) is not None:
                    self.pool.add((field, term, number, weight, b""))


def merge_small(writer: Writer, segments: list[EntrySegment]) -> list[EntrySegment]:
    """Merge the smallest segments where they are many, and drop those that nothing is left of;
    return those that stay.

    Whoosh's own rule has no upper bound: of large segments, or of many, it wrote tens of thousands
    of documents anew before the next text was found.
    """
    # By what stands in them: what is gone is read as well.
    ordered = sorted(filter(EntrySegment.doc_count, segments), key=EntrySegment.doc_count_all)
    sizes = accumulate(segment.doc_count_all() for segment in ordered)
    few = sum(size <= MOST_MERGED for size in sizes)
    if few < LEAST_MERGED:
        return ordered
    for segment in ordered[:few]:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return ordered[few:]
