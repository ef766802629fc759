"""What readers of one locale and rank get of one state of the index, and nothing else."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from heapq import nlargest

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from channels.search.asked import rarity
from channels.search.beginnings import going_on, typed_words
from channels.search.embedded.kept import Kept
from channels.search.embedded.schema import LENGTH
from channels.search.embedded.segments import NOTHING, Postings, Segment
from channels.search.engine import Candidates, Readers, Record
from channels.search.folding import is_han
from channels.search.indexed import SHORT, facet_term, readers_term
from channels.search.judging import COVERAGE, K1, weighted
from channels.search.parts import unpacked
from channels.search.question import Question, Wanted
from channels.search.sounds import sound
from channels.search.spelling import likeliest, slips_allowed

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.intp]  # as numpy looks others up by: any other kind is converted each time

MOST_KEPT = 2_000_000  # postings of a view that are kept, 8 or 12 bytes each
MOST_BEGINNINGS = 40  # words that a half-typed one may become


class View:
    def __init__(self, segments: Sequence[tuple[Segment, Collection[int]]], readers: Readers):
        self._segments = [segment for segment, _ in segments]
        self._bases = np.cumsum([0, *(segment.size for segment in self._segments)]).tolist()
        self._kept: Kept[tuple[str, str], Postings] = Kept(MOST_KEPT // 2)
        self._said_by: Kept[str, tuple[Places, Floats]] = Kept(MOST_KEPT)
        self._mine = np.zeros(self._bases[-1], dtype=bool)
        for (segment, deleted), base in zip(segments, self._bases, strict=False):
            mine = segment.postings("readers", readers_term(readers.locale, readers.rank))[0]
            self._mine[base + mine] = True
            self._mine[base + np.array(list(deleted), dtype=np.int32)] = False
        # Documents have numbers of this view's own, and only these readers' have one.
        self._stored_as = np.flatnonzero(self._mine)
        self._numbers = (np.cumsum(self._mine) - 1).astype(np.int32)
        self.documents = len(self._stored_as)
        lengths = self._postings("words", LENGTH)[1]
        self.average_length = float(lengths.mean()) if len(lengths) else 1.0
        self._lengths = (lengths / self.average_length).astype(np.float32)

    def candidates(
        self,
        question: Question,
        *,
        chosen: Mapping[str, Collection[str]],
        counted: Collection[str],
        without: Collection[int],
        most: int,
        reached: int,
    ) -> Candidates:
        frequencies: dict[tuple[str, ...], int] = {}
        scores = np.zeros(self.documents, dtype=np.float32)
        covered = np.zeros(self.documents, dtype=np.float32)
        says = np.zeros(self.documents, dtype=bool)
        total = 0.0
        for one in question.wanted:
            total += self._add(one, scores, covered, says, frequencies)
        # Characters of words are so common that they alone find something only where no word does.
        found = np.flatnonzero(says if says.any() else covered)
        found = found[self._chosen(found, chosen, without)]
        points = scores[found] * (1 - COVERAGE + COVERAGE * covered[found] / (total or 1.0))
        best = found
        if len(found) > most:
            likely = np.argpartition(-points, most - 1)[:most]
            best, points = found[likely], points[likely]
        best = best[np.lexsort((best, -points))]
        return Candidates(
            records=[self._record(document) for document in best.tolist()],
            total=len(found),
            facets={facet: self._count(found, facet) for facet in counted},
            frequencies=frequencies,
            documents=self.documents,
            average_length=self.average_length,
            reached=reached,
        )

    def frequency(self, term: str) -> int:
        return len(self._saying(term)[0])

    def records(self, public_ids: Iterable[str]) -> dict[str, Record]:
        found = {}
        for public_id in public_ids:
            for document in self._postings("public_id", public_id)[0].tolist():
                found[public_id] = self._record(document)
        return found

    def spelled_like(self, word: str) -> list[str]:
        """Return words that are said here and that `word` may be a slip of, the likeliest first."""
        if is_han(word):
            key = sound(word)
            likely = {found for one in self._segments for found in one.sounds.get(key, ())}
        else:
            likely = self._near(word)
        return likeliest(word, {one: len(self._postings("spelled", one)[0]) for one in likely})

    def beginning_with(self, text: str, most: int) -> list[tuple[str, str]]:
        """Return (public id, title or question) that says these words, the last half typed."""
        typed = typed_words(text)
        if not typed:
            return []
        found: npt.NDArray[np.int32] | None = None
        for place, word in enumerate(typed, start=1):
            documents = self._starting(word) if place == len(typed) else self._titled(word)
            found = documents if found is None else np.intersect1d(found, documents)
        likely = (found if found is not None else NOTHING[0])[: most * 5].tolist()
        return going_on(text, typed, map(self._record, likely), most)

    def _add(
        self,
        one: Wanted,
        scores: Floats,
        covered: Floats,
        says: npt.NDArray[np.bool_],
        frequencies: dict[tuple[str, ...], int],
    ) -> float:
        """Add what each document gains by saying this word; return what the word is worth."""
        ways: list[tuple[float, Places, Floats]] = []
        own = 0
        for option in one.options:
            documents, gain = self._said(option.terms)
            frequencies[option.terms] = count = len(documents)
            own = own or count
            if count:
                value = np.float32(one.share * option.weight * rarity(count, self.documents))
                ways.append((option.weight, documents, value * gain))
        worth = one.share * rarity(own, self.documents)
        if len(ways) == 1:
            share, documents, points = ways[0]
            np.add.at(scores, documents, points)
            np.add.at(covered, documents, np.float32(share * worth))
            if one.share == 1.0:
                says[documents] = True
        elif ways:
            # Of several ways that a document says it, the best counts.
            gained = np.zeros(len(scores), dtype=np.float32)
            shares = np.zeros(len(scores), dtype=np.float32)
            for share, documents, points in ways:
                gained[documents] = np.maximum(gained[documents], points)
                shares[documents] = np.maximum(shares[documents], share)
            scores += gained
            covered += shares * worth
            if one.share == 1.0:
                says |= shares > 0
        return worth

    def _said(self, terms: tuple[str, ...]) -> tuple[Places, Floats]:
        """Return the documents that say all the terms, and what each gains by it."""
        documents, gain = self._saying(terms[0])
        for term in terms[1:]:
            others, gains = self._saying(term)
            if not len(others):
                return others, gains
            # Both rise: where each would stand tells what they share, without sorting again.
            theirs = np.minimum(np.searchsorted(others, documents), len(others) - 1)
            mine = others[theirs] == documents
            documents, theirs = documents[mine], theirs[mine]
            gain = np.minimum(gain[mine], gains[theirs])
        return documents, gain

    def _saying(self, term: str) -> tuple[Places, Floats]:
        """Return the documents that say a term, and what each gains by how often and where."""
        return self._said_by.get(term, self._weighted)

    def _weighted(self, term: str) -> tuple[Places, Floats]:
        documents, numbers = self._read(("words", term))
        frequency = weighted(unpacked(numbers), self._lengths[documents])
        return documents.astype(np.intp), (frequency * (K1 + 1) / (frequency + K1)).astype(
            np.float32
        )

    def _postings(self, field: str, term: str) -> Postings:
        """Return what these readers get of a posting list, over all segments."""
        return self._kept.get((field, term), self._read)

    def _read(self, key: tuple[str, str]) -> Postings:
        field, term = key
        documents, numbers = [], []
        for segment, base in zip(self._segments, self._bases, strict=False):
            ids, weights = segment.postings(field, term)
            if len(ids):
                mine = self._mine[base + ids]
                documents.append(self._numbers[base + ids[mine]])
                numbers.append(weights[mine])
        return (np.concatenate(documents), np.concatenate(numbers)) if documents else NOTHING

    def _chosen(
        self,
        found: npt.NDArray[np.int64],
        chosen: Mapping[str, Collection[str]],
        without: Collection[int],
    ) -> npt.NDArray[np.bool_]:
        keep = np.ones(len(found), dtype=bool)
        for entry in without:
            keep &= ~np.isin(found, self._postings("entry", str(entry))[0])
        for facet, values in chosen.items():
            any_of = np.zeros(self.documents, dtype=bool)
            for value in values:
                any_of[self._postings("facets", facet_term(facet, value))[0]] = True
            keep &= any_of[found]
        return keep

    def _count(self, found: npt.NDArray[np.int64], facet: str) -> dict[str, int]:
        among = np.zeros(self.documents, dtype=bool)
        among[found] = True
        prefix = facet_term(facet, "")
        values = {term for segment in self._segments for term in segment.terms("facets", prefix)}
        counts = {
            value.removeprefix(prefix): int(among[self._postings("facets", value)[0]].sum())
            for value in sorted(values)
        }
        return {value: count for value, count in counts.items() if count}

    def _record(self, document: int) -> Record:
        stored_as = int(self._stored_as[document])
        at = bisect_right(self._bases, stored_as) - 1
        return self._segments[at].record(stored_as - self._bases[at])

    def _near(self, word: str) -> set[str]:
        slips = slips_allowed(word)
        if not slips:
            return set()
        return {
            found
            for segment in self._segments
            for found, _, _ in process.extract(
                word, segment.spelled, scorer=OSA.distance, score_cutoff=slips, limit=None
            )
        }

    def _titled(self, word: str) -> npt.NDArray[np.int32]:
        return self._postings("starts", word)[0]

    def _starting(self, beginning: str) -> npt.NDArray[np.int32]:
        if len(beginning) <= SHORT:
            return self._titled(beginning)
        likely = {word for segment in self._segments for word in segment.terms("starts", beginning)}
        fewest = nlargest(MOST_BEGINNINGS, likely, key=lambda word: -len(word))
        found = [self._titled(word) for word in fewest]
        return np.unique(np.concatenate(found)) if found else NOTHING[0]
