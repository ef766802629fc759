"""What readers of one locale and rank get of one segment, whatever was deleted from it since.

A segment never changes, so that what was worked out of it stays right after every publish: only the
new, small segment is read.
"""

from __future__ import annotations

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

# Postings that stay weighed, 12 bytes each: for each document, and for a segment at least. By that
# the small ones remember what they do not say.
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
        self._weighed: Kept[str, tuple[Documents, Floats]] = Kept(most)
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

    def weighed(self, term: str, average: float) -> tuple[Documents, Floats]:
        """Return the documents that say a term, and what each gains by how often and where;
        `average`: the length of a text."""
        if average != self._average:
            self._weighed.clear()
            self._average = average
        return self._weighed.get(term, self._weigh)

    def record(self, document: int) -> Record:
        return self.segment.record(int(self._stored_as[document]))

    def _weigh(self, term: str) -> tuple[Documents, Floats]:
        documents, counts = self.postings("words", term)
        if not len(documents):
            return NOTHING
        frequency = weighted(unpacked(counts), self.lengths[documents] / self._average)
        return documents, (frequency * (K1 + 1) / (frequency + K1)).astype(np.float32)


NOTHING: tuple[Documents, Floats] = (np.empty(0, dtype=np.intp), np.empty(0, dtype=np.float32))
