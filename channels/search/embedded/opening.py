"""The index as a process has it open: once for all threads, renewed when a new state is there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import numpy as np

from channels.search.embedded.files import IndexFiles, State
from channels.search.embedded.segments import Segment, segments_of
from channels.search.embedded.slices import Slice
from channels.search.embedded.spelled import Spelled
from channels.search.embedded.storage import IndexStorage
from channels.search.embedded.view import Deleted, View
from channels.search.engine import Readers
from channels.search.exceptions import SearchUnavailable
from channels.search.indexed import VERSION

Stamp = tuple[int, int]

# Documents of a segment. The words of larger ones are joined, so that each is compared once; they
# are seldom merged.
LARGE = 1_000
MOST_LOOKS = 3  # at an index that is written meanwhile, until it counts as damaged


class OpenSegment:
    """A segment, and what was worked out of it for those who asked."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self.spelled = Spelled([segment])
        self._slices: dict[Readers, Slice] = {}

    def slice(self, readers: Readers) -> Slice:
        if readers not in self._slices:
            self._slices[readers] = Slice(self.segment, readers)
        return self._slices[readers]


class OpenIndex:
    """An open state of the index, and what was worked out about it."""

    def __init__(self, stamp: Stamp, state: State, files: IndexFiles, former: OpenIndex | None):
        self.stamp, self.state = stamp, state
        storage = IndexStorage(str(files.folder(state)))
        known = former.segments if former and former.state.folder == state.folder else {}
        self.segments: dict[str, OpenSegment] = {}
        self._deleted: dict[str, Deleted] = {}
        for segment in segments_of(storage):
            name = segment.segment_id()
            self.segments[name] = known.get(name) or OpenSegment(Segment(storage, segment))
            self._deleted[name] = np.array(list(segment.deleted_docs()), dtype=np.int32)
        small = [one for one in self.segments.values() if one.segment.size < LARGE]
        large = [one.segment for one in self.segments.values() if one not in small]
        same = former is not None and former.joined.segments == large
        self.joined: Spelled = former.joined if former and same else Spelled(large)
        self._spelled = [self.joined, *(one.spelled for one in small)]
        self._views: dict[Readers, View] = {}

    def view(self, readers: Readers) -> View:
        if readers not in self._views:
            self._views[readers] = View(
                ((one.slice(readers), self._deleted[name]) for name, one in self.segments.items()),
                self._spelled,
            )
        return self._views[readers]


_open: dict[tuple[Path, int], OpenIndex] = {}
# Python runs one thread at a time anyway; so what a process keeps of the index it keeps once.
_lock = Lock()


def _begin_anew() -> None:
    """A forked process has none of the threads that may hold the lock."""
    global _lock
    _lock = Lock()


os.register_at_fork(after_in_child=_begin_anew)


@contextmanager
def shared(files: IndexFiles) -> Iterator[OpenIndex]:
    """Give the newest state to one thread at a time. Raises SearchUnavailable without one."""
    with _lock:
        yield _newest(files)


def forget(files: IndexFiles) -> None:
    _open.pop(_key(files), None)


def forget_all() -> None:
    """Know of an index no more than a process does that begins."""
    _open.clear()


def _newest(files: IndexFiles, *, looks: int = MOST_LOOKS) -> OpenIndex:
    key, stamp = _key(files), files.stamp()
    former = _open.get(key)
    if former is not None and former.stamp == stamp:
        return former
    state = files.state()
    if stamp is None or state is None or state.version != VERSION:
        raise SearchUnavailable("The search index is not built yet.")
    try:
        _open[key] = OpenIndex(stamp, state, files, former)
    except Exception:
        if looks == 1:
            raise
        # It was swapped, or its segments were merged, between our look at the state and at them.
        return _newest(files, looks=looks - 1)
    return _open[key]


def _key(files: IndexFiles) -> tuple[Path, int]:
    # A forked process must not share the place in a file with its parent.
    return files.home, os.getpid()
