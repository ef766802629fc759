"""Which terms a segment says, by number: what it doesn't say is not looked for in its files.

Each process holds them all, 4 bytes each.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from itertools import compress

import numpy as np

from channels.search.parts import number_of

KIND = np.dtype("<u4")


def packed_said(terms: Iterable[bytes]) -> bytes:
    """Return the terms' numbers, sorted, behind their check sum."""
    numbers = np.unique(np.fromiter((number_of(term.decode()) for term in terms), KIND)).tobytes()
    return _check(numbers) + numbers


class SaidTerms:
    def __init__(self, data: bytes) -> None:
        """Takes what `packed_said` gave. Raises ValueError where it is damaged."""
        if data[: KIND.itemsize] != _check(data[KIND.itemsize :]):
            raise ValueError("The numbers of what a segment says are damaged.")
        self._numbers = np.frombuffer(data, KIND, offset=KIND.itemsize)

    def among(self, terms: Sequence[str]) -> list[str]:
        """Return the terms that are said; one that has the number of such a term is with them."""
        numbers = np.array([number_of(term) for term in terms], KIND)
        places = self._numbers.searchsorted(numbers)
        said = self._numbers.take(places, mode="clip") == numbers
        return list(compress(terms, said.tolist()))


def _check(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(KIND.itemsize, "little")
