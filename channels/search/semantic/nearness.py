"""Which of a reader's documents are near a question in meaning: the vectors as they are open."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np
import numpy.typing as npt

from channels.search.engine import Readers
from channels.search.semantic.chunks import Chunk, read_chunk, signs_of
from channels.search.semantic.encoder import Vectors
from channels.search.semantic.files import State, VectorFiles

# Passages whose signs are nearest: those of their documents are compared exactly.
SHORTLIST = 200

Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How near a document's passages come to a question: the mean of the two nearest, -1 to 1.

    One passage alone may be near by chance; of two that are, the article is about it.
    """

    entry: int
    public_id: str
    value: float
    section: int  # of the nearest passage, -1 for what stands above all


class OpenVectors:
    """An open state of the vectors."""

    def __init__(
        self, stamp: tuple[int, int], state: State, files: VectorFiles, former: OpenVectors | None
    ) -> None:
        self.stamp, self.state = stamp, state
        known = former.chunks if former else {}
        self.chunks: dict[str, Chunk] = {
            name: known.get(name) or read_chunk(files.home, name) for name in state.chunks
        }
        self._ended = np.array(state.ended, dtype=np.int64)
        self._mine: dict[Readers, list[Places]] = {}

    def likenesses(
        self, vector: Vectors, readers: Readers, entries: Collection[int]
    ) -> dict[int, Likeness]:
        """Return how near the nearest documents of these readers are, and `entries` of them."""
        compared = np.union1d(
            np.array(list(entries), dtype=np.int64), self._nearest(vector, readers)
        )
        found: dict[int, list[tuple[float, int, str]]] = {}
        for chunk, mine in self._of(readers):
            chosen = mine[np.isin(chunk.rows["entry"][mine], compared)]
            rows = chunk.rows[chosen]
            products = (chunk.vectors[chosen].astype(np.float32) @ vector) * rows["scale"]
            for row, product in zip(rows.tolist(), products.tolist(), strict=True):
                entry, _, public_id, _, section, _ = row
                found.setdefault(entry, []).append((product, section, public_id.decode()))
        return {entry: _likeness(entry, passages) for entry, passages in found.items()}

    def _nearest(self, vector: Vectors, readers: Readers) -> npt.NDArray[np.int64]:
        """Return the entries of the passages whose signs are nearest."""
        asked = signs_of(vector[None, :])[:, 0]
        entries, apart = [], []
        for chunk, mine in self._of(readers):
            differ = np.zeros(len(chunk.rows), dtype=np.uint16)
            for word, signs in zip(asked, chunk.signs, strict=True):
                differ += np.bitwise_count(signs ^ word)
            entries.append(chunk.rows["entry"][mine])
            apart.append(differ[mine])
        if not entries:
            return np.empty(0, dtype=np.int64)
        every, distance = np.concatenate(entries), np.concatenate(apart)
        if len(every) > SHORTLIST:
            every = every[np.argpartition(distance, SHORTLIST)[:SHORTLIST]]
        return np.unique(every)

    def _of(self, readers: Readers) -> Iterator[tuple[Chunk, Places]]:
        """Yield each chunk, and where in it stands what these readers get."""
        if readers not in self._mine:
            self._mine[readers] = [
                np.flatnonzero(
                    (chunk.rows["locale"] == readers.locale.encode())
                    & (chunk.rows["ranks"] >> readers.rank & 1).astype(bool)
                    & ~np.isin(chunk.rows["entry"], self._ended)
                )
                for chunk in self.chunks.values()
            ]
        return zip(self.chunks.values(), self._mine[readers], strict=True)


def _likeness(entry: int, passages: list[tuple[float, int, str]]) -> Likeness:
    nearest = sorted(passages, key=lambda one: (-one[0], one[1]))[:2]
    value = sum(product for product, _, _ in nearest) / len(nearest)
    return Likeness(entry, nearest[0][2], value, nearest[0][1])


_open: dict[tuple[Path, int], OpenVectors] = {}
_lock = Lock()


def opened(files: VectorFiles) -> OpenVectors | None:
    """Return the newest state, None where there is none. Raises OSError or ValueError where it
    can't be read."""
    key = (files.home, os.getpid())
    with _lock:
        former, stamp = _open.get(key), files.stamp()
        if former is not None and former.stamp == stamp:
            return former
        state = files.state()
        if stamp is None or state is None:
            return None
        try:
            _open[key] = OpenVectors(stamp, state, files, former)
        except (OSError, ValueError):
            if files.stamp() == stamp:
                raise
            return former  # Replaced between two looks: what was open serves once more.
        return _open[key]
