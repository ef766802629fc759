"""Posting lists as they stand in the file: which documents say a term, and a number for each.

Long lists are written as arrays: most of the time that one took to read was the unpacking of each
number as an object. Short lists, which most are, stand with their term: to write and to find the
place of each took longer than all else that was done with it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.codec.whoosh3 import W3LeafMatcher, W3PostingsWriter, W3TermInfo, W3TermsReader
from whoosh.formats import Existence
from whoosh.reading import TermNotFound

Numbers = npt.NDArray[Any]  # whole and not negative

# Postings are decoded by blocks: larger ones cost less time and hardly more room.
BLOCK = 4096
FEW = 16  # postings of a short list

NOTHING: Numbers = np.empty(0, dtype=np.uint32)


class PostingsWriter(W3PostingsWriter):
    def add_all(self, documents: array[int], weights: array[float]) -> None:
        for start in range(0, len(documents), BLOCK):
            if start:
                self._write_block()
            self._ids, self._weights = (
                some[start : start + BLOCK] for some in (documents, weights)
            )
            self._maxweight = max(self._weights)

    def finish_postings(self) -> W3TermInfo:
        if self.written() or len(self) > FEW:
            return super().finish_postings()
        info: Any = self._terminfo
        self._terminfo: Any = None
        info.add_block(self)
        info.set_inlined(self._ids, map(int, self._weights), ())
        return info

    def _mini_ids(self) -> bytes:
        return packed(np.diff(np.frombuffer(self._ids, dtype=np.uint32), prepend=np.uint32(0)))

    def _mini_weights(self) -> bytes:
        return packed(np.frombuffer(self._weights, dtype=np.float32).astype(np.uint32))


class Blocks(W3LeafMatcher):
    """The blocks of a long list, as PostingsWriter wrote them."""

    def __iter__(self) -> Iterator[tuple[Numbers, Numbers]]:
        """Yield the ids and weights of each."""
        while self.is_active():
            self._read_data()
            steps, weights, _ = self._data
            yield np.cumsum(unpacked(steps), dtype=np.uint32), unpacked(weights)
            self._next_block()


class TermsReader(W3TermsReader):
    def lists(self) -> Iterator[tuple[str, bytes, Sequence[int], Sequence[int]]]:
        """Yield each field and term, the documents that have it and the number that each has."""
        for (field, term), info in self.items():
            if info.is_inlined():
                ids, weights, _ = info.inlined_postings()
                yield field, term, ids, weights
            else:
                yield field, term, *(numbers.tolist() for numbers in self._list_of(info))

    def list(self, field: str, term: bytes) -> tuple[Numbers, Numbers]:
        """Return the documents that have the term, by rising number, and the number that each has
        of it."""
        try:
            return self._list_of(self.term_info(field, term))
        except TermNotFound:
            return NOTHING, NOTHING

    def _list_of(self, info: W3TermInfo) -> tuple[Numbers, Numbers]:
        if info.is_inlined():
            ids, weights, _ = info.inlined_postings()
            return np.array(ids, np.uint32), np.array(weights, np.uint32)
        blocks = Blocks(self._postfile, *info.extent(), Existence())
        ids, weights = zip(*blocks, strict=True)
        return np.concatenate(ids), np.concatenate(weights)


def packed(numbers: Numbers) -> bytes:
    """Return numbers in as few bytes each as the largest of them needs, behind the kind."""
    kind = "B" if (most := int(numbers.max())) < 2**8 else "H" if most < 2**16 else "I"
    return kind.encode() + numbers.astype(kind).tobytes()


def unpacked(data: bytes) -> Numbers:
    return np.frombuffer(data, dtype=chr(data[0]), offset=1)
