"""Where documents say what a question asks: each place, with its part and the way it is said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from channels.search.asked import Asked
from channels.search.parts import Sequence as Terms

Numbers = npt.NDArray[Any]
# The place, the part, the way. A plain tuple, because a search makes a thousand of them.
Said = tuple[int, int, int]

HALF = 2**16 - 1  # of a term's number
PHRASE = 4  # places that the terms of one way of saying it may be apart


def said_in(asked: Asked, documents: Sequence[Terms]) -> list[list[Said]]:
    """Return where each document says something of what is wanted, the ways of one term in reading
    order, then those of several.

    All are looked through at once: to begin anew with each took half the time.
    """
    said: list[list[Said]] = [[] for _ in documents]
    if not documents or not asked.numbers:
        return said
    numbers = np.concatenate([terms.numbers for terms in documents])
    # Half of a number's bits tell most of those that nobody asked for.
    likely = np.zeros(HALF + 1, dtype=bool)
    likely[[number & HALF for number in asked.numbers]] = True
    found = np.flatnonzero(likely[numbers & HALF])
    ends = np.cumsum([len(terms.numbers) for terms in documents])
    places = np.concatenate([terms.places for terms in documents])[found].tolist()
    in_parts = _parts(documents, ends, found).tolist()
    terms_said = numbers[found].tolist()
    start = 0
    for mine, end in zip(said, np.searchsorted(found, ends).tolist(), strict=True):
        apart: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for at in range(start, end):
            number, place, part = terms_said[at], places[at], in_parts[at]
            for way in asked.alone.get(number, ()):
                mine.append((place, part, way))
            for way in asked.among_others.get(number, ()):
                apart[way].append((place, part, number))
        for way, places_of in apart.items():
            mine += _phrases(way, asked.ways[way].terms, places_of)
        start = end
    return said


def _parts(documents: Sequence[Terms], ends: Numbers, found: Numbers) -> Numbers:
    """Return the part of its document that each of the terms found stands in."""
    begins: list[int] = []
    firsts: list[int] = []
    base = 0
    for terms, end in zip(documents, ends.tolist(), strict=True):
        firsts += [len(begins)] * len(terms.parts)
        begins += [base + part.begin for part in terms.parts]
        base = end
    # Of parts that begin together all but the last are empty.
    parts = np.searchsorted(np.array(begins), found, side="right") - 1
    return parts - np.array(firsts)[parts]


def _phrases(way: int, size: int, places: Sequence[tuple[int, int, int]]) -> Iterator[Said]:
    """Yield where all the terms of one way stand near each other."""
    latest: dict[int, int] = {}
    for place, part, number in places:
        latest[number] = place
        if len(latest) == size and place - min(latest.values()) <= PHRASE + size:
            yield place, part, way
            latest.clear()
