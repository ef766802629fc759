"""Compaction: small segments, and those of which most is gone, become one. It is written beside the
index, while publishes go on amending that; only to take it over keeps them waiting."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from whoosh.reading import SegmentReader

from channels.search.embedded.codec import EntrySegment
from channels.search.embedded.schema import SCHEMA
from channels.search.embedded.segments import segments_of
from channels.search.embedded.storage import IndexStorage
from channels.search.embedded.writer import MOST_POSTINGS, Writer

# Each word of a question is looked up in each segment: no more than so many may have fewer
# documents than one of the sizes.
MOST_SMALL = 20
SIZES = (1_000, 10_000)
# Where more than these, and more than are left, are gone of a segment, it is written anew.
MOST_GONE = 1_000


@dataclass(frozen=True, slots=True)
class Compacted:
    """A segment in a folder beside the index, and those that it was made of."""

    segment: EntrySegment
    parts: Sequence[EntrySegment]
    files: Sequence[Path]


def worn(segments: Sequence[EntrySegment]) -> list[EntrySegment]:
    """Return the segments that are better made one, the smallest first."""
    small: list[EntrySegment] = []
    for size in SIZES:
        if len(small) <= MOST_SMALL:
            small = [one for one in segments if one.doc_count() < size]
    if len(small) <= MOST_SMALL:
        small = [one for one in segments if one.deleted_count() > max(one.doc_count(), MOST_GONE)]
    return sorted(small, key=EntrySegment.doc_count)


def compacted(
    storage: IndexStorage, segments: Sequence[EntrySegment], folder: Path
) -> Compacted | None:
    """Write what is left of the segments, or of the first of them, into a folder, as one.

    Returns None where a publish has merged all of them meanwhile.
    """
    apart = IndexStorage(str(folder))
    writer = Writer(apart.create_index(SCHEMA))
    parts: list[EntrySegment] = []
    try:
        for segment in segments:
            # It is held in memory while it is written. Two at least, so that they become fewer.
            if writer.pool.size > MOST_POSTINGS and len(parts) > 1:
                break
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
    if not parts:
        writer.cancel()
        return None
    writer.commit(merge=False)
    (segment,) = segments_of(apart)
    files = [folder / name for name in segment.list_files(apart)]
    for path in files:
        with path.open("rb") as file:
            os.fsync(file)  # What it replaces has long been on the disk.
    return Compacted(segment, parts, files)


def take_over(storage: IndexStorage, made: Compacted) -> None:
    """Put the one in the place of its parts. For the only writer."""
    present = {one.segment_id(): one for one in segments_of(storage)}
    for document in _gone_since(made.parts, present):
        made.segment.delete_document(document)
    for path in made.files:
        path.rename(Path(storage.folder, path.name))
    for one in made.parts:
        present.pop(one.segment_id(), None)
    writer = Writer(storage.open_index(schema=SCHEMA))
    writer.segments = [*present.values(), made.segment]
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
