"""A document as the index keeps it for judging: its terms in reading order, by their part.

Terms are kept as numbers, so that a thousand of them are compared at once.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from channels.search.emptiness import STOP_WORDS
from channels.search.words import words

Numbers = npt.NDArray[np.uint32]

LONGEST = 6_000  # terms of a document that nearness and passages are judged by
GAP = 1_000  # places between two parts: nothing in two of them is near each other


class Kind(IntEnum):
    """What a part is. The order is that of packed counts: see `COUNT_BITS`."""

    TITLE = 0
    QUESTION = 1
    SUMMARY = 2
    HEADING = 3
    BODY = 4


@dataclass(frozen=True, slots=True)
class Part:
    kind: Kind
    section: int  # of headings and bodies; -1 for what stands above them
    begin: int  # the first of its terms
    size: int  # words that say something, each place once


@dataclass(frozen=True, slots=True)
class Sequence:
    """The terms of all parts: `numbers[i]` stands at `places[i]`."""

    numbers: Numbers
    places: Numbers
    parts: tuple[Part, ...]


@lru_cache(maxsize=200_000)
def number_of(term: str) -> int:
    return zlib.crc32(term.encode())


def sequence_of(
    parts: Iterable[tuple[Kind, int, str]],
) -> tuple[Sequence, dict[str, Counter[Kind]], set[str]]:
    """Return the sequence of (kind, section, text), how often each part says each term, and the
    words as they are written."""
    numbers: list[int] = []
    places: list[int] = []
    found: list[Part] = []
    counts: dict[str, Counter[Kind]] = {}
    spelled: set[str] = set()
    base = 0
    for kind, section, text in parts:
        begin, telling, last = len(numbers), set(), 0
        for word in words(text):
            counts.setdefault(word.term, Counter())[kind] += 1
            last = word.place
            if word.said not in STOP_WORDS:
                telling.add(word.place)
                if not word.inside or word.said.isascii():
                    spelled.add(word.said)
            if len(numbers) < LONGEST:
                numbers.append(number_of(word.term))
                places.append(base + word.place)
        found.append(Part(kind, section, begin, len(telling)))
        base += last + GAP
    sequence = Sequence(
        np.array(numbers, dtype=np.uint32), np.array(places, dtype=np.uint32), tuple(found)
    )
    return sequence, counts, spelled


# How many bits each kind's count takes in one number below 2**24, which a float keeps exactly.
COUNT_BITS = {Kind.TITLE: 2, Kind.QUESTION: 3, Kind.SUMMARY: 2, Kind.HEADING: 3, Kind.BODY: 8}


def packed(counts: Counter[Kind]) -> int:
    """Return the counts as one number."""
    number = 0
    for kind, bits in COUNT_BITS.items():
        number = number << bits | min(counts[kind], 2**bits - 1)
    return number


def unpacked(numbers: npt.NDArray[np.int32]) -> dict[Kind, npt.NDArray[np.int32]]:
    """Return the counts of each kind that were packed."""
    counts = {}
    for kind in reversed(COUNT_BITS):
        bits = COUNT_BITS[kind]
        counts[kind] = numbers & (2**bits - 1)
        numbers = numbers >> bits
    return counts
