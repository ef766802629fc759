"""What readers of one locale and rank get of one segment, whatever was deleted from it since.

A segment never changes, so that what was worked out of it stays right after every publish: only the
new, small segment is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from channels.search.embedded.kept import Kept
from channels.search.embedded.schema import LENGTH
from channels.search.embedded.segments import Segment
from channels.search.engine import Readers, Record
from channels.search.indexed import readers_term
from channels.search.judging import K1, weighted
from channels.search.parts import unpacked

# Numbers of documents, as numpy looks others up by: any other kind is converted each time.
Documents = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float32]
Weighed = tuple[Documents, Floats]  # who says a term, and what each gains by it

# Postings that stay weighed, 12 bytes each: for each document, and for a segment at least.
MOST_KEPT, LEAST_KEPT = 100, 10_000


class Slice:
    """Its documents have numbers of their own, from 0. Not for two threads at once."""

    def __init__(self, segment: Segment, readers: Readers) -> None:
        self.segment = segment
        self._stored_as, _ = segment.postings("readers", readers_term(readers.locale, readers.rank))
        self.size = len(self._stored_as)
        self._numbers = np.full(segment.size, -1, dtype=np.intp)
        self._numbers[self._stored_as] = np.arange(self.size)
        self.lengths = self.postings("words", LENGTH)[1]
        most = LEAST_KEPT + MOST_KEPT * self.size
        self._weighed: Kept[str, Weighed] = Kept(most)
        self._average = 0.0

    def among(self, stored_as: npt.NDArray[np.int32]) -> Documents:
        """Return the numbers of those of a segment's documents that are here."""
        numbers = self._numbers[stored_as]
        return numbers[numbers >= 0]

    def postings(self, field: str, term: str) -> tuple[Documents, npt.NDArray[np.int32]]:
        """Return the documents that have the term, and the number that each has of it."""
        stored_as, weights = self.segment.postings(field, term)
        numbers = self._numbers[stored_as]
        mine = numbers >= 0
        return numbers[mine], weights[mine]

    def weighed(self, terms: Sequence[str], average: float) -> Iterator[tuple[str, Weighed]]:
        """Yield of each term that is said here the documents that say it, and what each gains by
        how often and where; `average`: the length of a text."""
        if average != self._average:
            self._weighed.clear()
            self._average = average
        new = []
        for term in self.segment.said.among(terms):
            if (known := self._weighed.find(term)) is None:
                new.append(term)
            elif len(known[0]):
                yield term, known
        for term, found in self._weigh(new) if new else ():
            self._weighed.keep(term, found)
            if len(found[0]):
                yield term, found

    def record(self, document: int) -> Record:
        return self.segment.record(int(self._stored_as[document]))

    def _weigh(self, terms: Sequence[str]) -> Iterator[tuple[str, Weighed]]:
        """All at once: what a list costs is not its length but each step that is done with it."""
        lists = [self.segment.postings("words", term) for term in terms]
        stored_as, counts = map(np.concatenate, zip(*lists, strict=True))
        documents = self._numbers[stored_as]
        mine = documents >= 0
        ends = np.cumsum([len(one) for one, _ in lists])
        ends = np.append(0, np.cumsum(mine))[ends].tolist()
        documents = documents[mine]
        frequency = weighted(unpacked(counts[mine]), self.lengths[documents] / self._average)
        gains = (frequency * (K1 + 1) / (frequency + K1)).astype(np.float32)
        for term, (start, end) in zip(terms, pairwise([0, *ends]), strict=True):
            # Copies: a part of an array keeps all of it.
            yield term, (documents[start:end].copy(), gains[start:end].copy())


NOTHING: Weighed = (np.empty(0, dtype=np.intp), np.empty(0, dtype=np.float32))
