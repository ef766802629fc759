"""A document as the index keeps it for judging: its terms in reading order, by their part.

Terms are kept as numbers, so that a thousand of them are compared at once.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property, lru_cache
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from channels.search.stop_words import STOP_WORDS
from channels.search.words import words

Numbers = npt.NDArray[np.uint32]
Packed = TypeVar("Packed", int, npt.NDArray[np.int32])

LONGEST = 6_000  # terms of a document that nearness and passages are judged by
GAP = 1_000  # places between two parts: nothing in two of them is near each other


class Kind(IntEnum):
    """What a part is. The order is that of packed counts: see `COUNT_BITS`."""

    TITLE = 0
    QUESTION = 1
    SUMMARY = 2
    HEADING = 3
    BODY = 4


class Part(NamedTuple):
    kind: Kind
    section: int  # of headings and bodies; -1 for what stands above them
    begin: int  # the first of its terms
    size: int  # words that say something, each place once


@dataclass(frozen=True)
class Sequence:
    """The terms of all parts: `numbers[i]` stands at `places[i]`."""

    numbers: Numbers
    places: Numbers
    parts: tuple[Part, ...]

    @cached_property
    def length(self) -> int:
        """Words of the text that say something."""
        return sum(part.size for part in self.parts if part.kind is Kind.BODY)


@lru_cache(maxsize=200_000)
def number_of(term: str) -> int:
    return zlib.crc32(term.encode())


def sequence_of(
    parts: Iterable[tuple[Kind, int, str]],
) -> tuple[Sequence, dict[str, int], set[str]]:
    """Return the sequence of (kind, section, text), how often each kind of part says each term,
    packed, and the words as they are written."""
    terms: list[str] = []
    places: list[int] = []
    found: list[Part] = []
    said: dict[Kind, list[str]] = defaultdict(list)
    spelled: set[str] = set()
    base = 0
    for kind, section, text in parts:
        begin, telling, last = len(terms), set(), 0
        for place, term, written, _, _, inside, _ in words(text):
            terms.append(term)
            places.append(base + place)
            last = place
            if written not in STOP_WORDS:
                telling.add(place)
                if not inside or written.isascii():
                    spelled.add(written)
        said[kind] += terms[begin:]
        found.append(Part(kind, section, min(begin, LONGEST), len(telling)))
        base += last + GAP
    sequence = Sequence(
        np.array([number_of(term) for term in terms[:LONGEST]], dtype=np.uint32),
        np.array(places[:LONGEST], dtype=np.uint32),
        tuple(found),
    )
    return sequence, _packed(said), spelled


# How many bits each kind's count takes in one number below 2**24, which a float keeps exactly.
COUNT_BITS = {Kind.TITLE: 2, Kind.QUESTION: 3, Kind.SUMMARY: 2, Kind.HEADING: 3, Kind.BODY: 8}


def _packed(said: Mapping[Kind, Iterable[str]]) -> dict[str, int]:
    """Return how often each kind says a term, as one number a term."""
    numbers: dict[str, int] = {}
    shift = sum(COUNT_BITS.values())
    for kind, bits in COUNT_BITS.items():
        shift -= bits
        most = 2**bits - 1
        for term, count in Counter(said.get(kind, ())).items():
            numbers[term] = numbers.get(term, 0) | min(count, most) << shift
    return numbers


def unpacked(numbers: Packed) -> list[Packed]:
    """Return the counts that were packed, by kind, of one term or of many at once."""
    counts = []
    for bits in reversed(COUNT_BITS.values()):
        counts.append(numbers & (2**bits - 1))
        numbers = numbers >> bits
    return counts[::-1]
