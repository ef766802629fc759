"""Compaction: small segments, and those of which most is gone, become one. It is written beside the
index, while publishes go on amending that; only to take it over keeps them waiting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path

from whoosh.reading import SegmentReader

from channels.search.embedded.codec import EntrySegment
from channels.search.embedded.schema import SCHEMA
from channels.search.embedded.segments import segments_of
from channels.search.embedded.storage import IndexStorage
from channels.search.embedded.writer import Writer

# Each word of a question is looked up in each segment: no more than so many may have fewer
# documents than one of the sizes.
MOST_SMALL = 20
SIZES = (1_000, 10_000)
# Where more than these, and more than are left, are gone of a segment, it is written anew.
MOST_GONE = 1_000
MOST_AT_ONCE = 20_000  # documents, two of the larger at least: they are held in memory


def worn(segments: Sequence[EntrySegment]) -> list[EntrySegment]:
    """Return the segments that are better made one."""
    small: list[EntrySegment] = []
    for size in SIZES:
        if len(small) <= MOST_SMALL:
            small = [one for one in segments if one.doc_count() < size]
    if len(small) <= MOST_SMALL:
        small = [one for one in segments if one.deleted_count() > max(one.doc_count(), MOST_GONE)]
    small.sort(key=EntrySegment.doc_count)
    sizes = accumulate(one.doc_count() for one in small)
    return small[: sum(size <= MOST_AT_ONCE for size in sizes)]


def written_beside(
    storage: IndexStorage, segments: Sequence[EntrySegment], folder: str
) -> tuple[EntrySegment, list[EntrySegment]]:
    """Write what is left of the segments into a folder, as one; return that, and those of which it
    was made."""
    apart = IndexStorage(folder)
    writer = Writer(apart.create_index(SCHEMA))
    parts = []
    try:
        for segment in segments:
            try:
                reader = SegmentReader(storage, SCHEMA, segment)
            except FileNotFoundError:
                continue  # A publish has merged it meanwhile.
            writer.add_reader(reader)
            reader.close()
            parts.append(segment)
    except BaseException:
        writer.cancel()
        raise
    writer.commit(merge=False)
    (whole,) = segments_of(apart)
    return whole, parts


def take_over(
    storage: IndexStorage, whole: EntrySegment, parts: Sequence[EntrySegment], folder: str
) -> None:
    """Put the one, written into `folder`, in the place of its parts. For the only writer."""
    present = {one.segment_id(): one for one in segments_of(storage)}
    for document in _gone_since(parts, present):
        whole.delete_document(document)
    for path in Path(folder).glob(f"{whole.segment_id()}.*"):
        path.rename(Path(storage.folder, path.name))
    for one in parts:
        present.pop(one.segment_id(), None)
    writer = Writer(storage.open_index(schema=SCHEMA))
    writer.segments = [*present.values(), whole]
    writer.commit(merge=False)


def _gone_since(
    parts: Sequence[EntrySegment], present: Mapping[str, EntrySegment]
) -> Iterator[int]:
    """Yield the numbers, in the one, of what was deleted from its parts while it was written. What
    is left of a part that a publish has merged meanwhile is told by another segment now."""
    number = 0
    for part in parts:
        now = present.get(part.segment_id())
        for document in range(part.doc_count_all()):
            if not part.is_deleted(document):
                if now is None or now.is_deleted(document):
                    yield number
                number += 1
