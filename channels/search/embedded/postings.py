"""Posting lists as they stand in the file: which documents say a term, and a number for each.

Long lists are written as arrays: most of the time that one took to read was the unpacking of each
number as an object. Short lists are smaller as Whoosh writes them.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.codec.whoosh3 import W3LeafMatcher, W3PostingsWriter

Numbers = npt.NDArray[Any]  # whole and not negative

# Postings are decoded by blocks: larger ones cost less time and hardly more room.
BLOCK = 4096
FEW = 16  # postings of a short list


class PostingsWriter(W3PostingsWriter):
    def add_all(self, documents: array[int], weights: array[float]) -> None:
        for start in range(0, len(documents), BLOCK):
            if start:
                self._write_block()
            self._ids, self._weights = (
                some[start : start + BLOCK] for some in (documents, weights)
            )
            self._maxweight = max(self._weights)

    def _mini_ids(self) -> Any:
        if len(self._ids) <= FEW:
            return super()._mini_ids()
        return packed(np.diff(np.frombuffer(self._ids, dtype=np.uint32), prepend=np.uint32(0)))

    def _mini_weights(self) -> Any:
        if len(self._ids) <= FEW:
            return super()._mini_weights()
        return packed(np.frombuffer(self._weights, dtype=np.float32).astype(np.uint32))


class Matcher(W3LeafMatcher):
    """Reads what PostingsWriter wrote, by the block, or for Whoosh one by one."""

    def blocks(self) -> Iterator[tuple[Numbers, Numbers]]:
        """Yield the ids and weights of each block."""
        while self.is_active():
            self._read_data()
            steps, weights, _ = self._data
            if isinstance(steps, bytes):
                yield np.cumsum(unpacked(steps), dtype=np.uint32), unpacked(weights)
            else:
                self._read_ids()
                self._read_weights()
                yield np.array(self._ids, np.uint32), np.array(self._weights, np.uint32)
            self._next_block()

    def _read_ids(self) -> None:
        if isinstance(steps := self._part(0), bytes):
            self._ids = np.cumsum(unpacked(steps), dtype=np.uint32).tolist()
        else:
            super()._read_ids()

    def _read_weights(self) -> None:
        if isinstance(weights := self._part(1), bytes):
            self._weights = unpacked(weights).tolist()
        else:
            super()._read_weights()

    def _part(self, place: int) -> Any:
        if self._data is None:
            self._read_data()
        return self._data[place]


def packed(numbers: Numbers) -> bytes:
    """Return numbers in as few bytes each as the largest of them needs, behind the kind."""
    kind = "B" if (most := int(numbers.max())) < 2**8 else "H" if most < 2**16 else "I"
    return kind.encode() + numbers.astype(kind).tobytes()


def unpacked(data: bytes) -> Numbers:
    return np.frombuffer(data, dtype=chr(data[0]), offset=1)
