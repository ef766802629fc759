"""What readers of one locale and rank get of one state of the index, and nothing else."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import nlargest

import numpy as np
import numpy.typing as npt

from channels.search.asked import rarity
from channels.search.beginnings import going_on, typed_words
from channels.search.embedded.kept import Kept
from channels.search.embedded.slices import NOTHING, Documents, Floats, Slice, Weighed
from channels.search.embedded.spelled import Spelled
from channels.search.engine import Candidates, Record
from channels.search.indexed import SHORT, facet_term
from channels.search.judging import COVERAGE
from channels.search.question import Question, Wanted
from channels.search.spelling import likeliest

Deleted = npt.NDArray[np.int32]  # documents of a segment, as it numbers them

NONE: Documents = np.empty(0, dtype=np.intp)
MOST_KEPT = 2_000_000  # postings of a view that are kept, 8 or 12 bytes each
MOST_BEGINNINGS = 40  # words that a half-typed one may become


class View:
    def __init__(self, parts: Iterable[tuple[Slice, Deleted]], spelled: Sequence[Spelled]) -> None:
        self._spelled = spelled
        some = [(one, deleted) for one, deleted in parts if one.size]
        self._slices = [one for one, _ in some]
        self._bases = np.cumsum([0, *(one.size for one in self._slices)]).tolist()
        self._kept: Kept[tuple[str, str], tuple[Documents]] = Kept(MOST_KEPT // 2)
        self._said_by: Kept[str, Weighed] = Kept(MOST_KEPT)
        # Of each slice, where anything was deleted from it, what was not.
        self._living: list[npt.NDArray[np.bool_] | None] = []
        lengths = []
        for one, deleted in some:
            gone = one.among(deleted)
            living = np.ones(one.size, dtype=bool)
            living[gone] = False
            lengths.append(one.lengths[living])
            self._living.append(living if len(gone) else None)
        self.documents = sum(map(len, lengths))
        self.average_length = float(np.concatenate(lengths).mean()) if self.documents else 1.0
        # What a slice has weighed stays right as long as this is the same.
        self._average = float(f"{self.average_length:.3g}")

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
        scores = np.zeros(self._bases[-1], dtype=np.float32)
        covered = np.zeros(self._bases[-1], dtype=np.float32)
        says = np.zeros(self._bases[-1], dtype=bool)
        weighed = self._weighed(question.terms)
        total = 0.0
        for one in question.wanted:
            total += self._add(one, weighed, scores, covered, says, frequencies)
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

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """Return how many documents say each of the terms."""
        return {term: len(documents) for term, (documents, _) in self._weighed(terms).items()}

    def records(self, public_ids: Iterable[str]) -> dict[str, Record]:
        found = {}
        for public_id in public_ids:
            for document in self._having("public_id", public_id).tolist():
                found[public_id] = self._record(document)
        return found

    def spelled_like(self, word: str) -> list[str]:
        """Return words that are said here and that `word` may be a slip of, the likeliest first."""
        likely = {found for one in self._spelled for found in one.like(word)}
        return likeliest(word, {one: len(self._having("spelled", one)) for one in likely})

    def beginning_with(self, text: str, most: int) -> list[tuple[str, str]]:
        """Return (public id, title or question) that says these words, the last half typed."""
        typed = typed_words(text)
        if not typed:
            return []
        found: Documents | None = None
        for place, word in enumerate(typed, start=1):
            documents = self._starting(word) if place == len(typed) else self._titled(word)
            found = documents if found is None else np.intersect1d(found, documents)
        likely = (found if found is not None else NONE)[: most * 5].tolist()
        return going_on(text, typed, map(self._record, likely), most)

    def _add(
        self,
        one: Wanted,
        weighed: Mapping[str, Weighed],
        scores: Floats,
        covered: Floats,
        says: npt.NDArray[np.bool_],
        frequencies: dict[tuple[str, ...], int],
    ) -> float:
        """Add what each document gains by saying this word; return what the word is worth."""
        ways: list[tuple[float, Documents, Floats]] = []
        own = 0
        for option in one.options:
            documents, gain = _said([weighed[term] for term in option.terms])
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

    def _weighed(self, terms: Iterable[str]) -> dict[str, Weighed]:
        """Return the documents that say each term, and what each gains by how often and where."""
        weighed: dict[str, Weighed] = {}
        new = []
        for term in dict.fromkeys(terms):
            if (known := self._said_by.find(term)) is None:
                new.append(term)
            else:
                weighed[term] = known
        for term, one in self._read_together(new) if new else ():
            self._said_by.keep(term, one)
            weighed[term] = one
        return weighed

    def _read_together(self, terms: Sequence[str]) -> Iterator[tuple[str, Weighed]]:
        found: dict[str, list[Weighed]] = {term: [] for term in terms}
        for one, base, living in zip(self._slices, self._bases, self._living, strict=False):
            for term, (documents, gains) in one.weighed(terms, self._average):
                if living is not None:
                    lives = living[documents]
                    documents, gains = documents[lives], gains[lives]
                found[term].append((documents + base, gains))
        for term, parts in found.items():
            if len(parts) < 2:
                yield term, parts[0] if parts else NOTHING
            else:
                documents, gains = map(np.concatenate, zip(*parts, strict=True))
                yield term, (documents, gains)

    def _having(self, field: str, term: str) -> Documents:
        """Return the documents that have a term."""
        return self._kept.get((field, term), self._read)[0]

    def _read(self, key: tuple[str, str]) -> tuple[Documents]:
        field, term = key
        documents = []
        for one, base, living in zip(self._slices, self._bases, self._living, strict=False):
            found, _ = one.postings(field, term)
            documents.append(base + (found if living is None else found[living[found]]))
        return (np.concatenate([NONE, *documents]),)

    def _chosen(
        self,
        found: npt.NDArray[np.int64],
        chosen: Mapping[str, Collection[str]],
        without: Collection[int],
    ) -> npt.NDArray[np.bool_]:
        keep = np.ones(len(found), dtype=bool)
        for entry in without:
            keep &= ~np.isin(found, self._having("entry", str(entry)))
        for facet, values in chosen.items():
            any_of = np.zeros(self._bases[-1], dtype=bool)
            for value in values:
                any_of[self._having("facets", facet_term(facet, value))] = True
            keep &= any_of[found]
        return keep

    def _count(self, found: npt.NDArray[np.int64], facet: str) -> dict[str, int]:
        among = np.zeros(self._bases[-1], dtype=bool)
        among[found] = True
        prefix = facet_term(facet, "")
        values = {term for one in self._slices for term in one.segment.terms("facets", prefix)}
        counts = {
            value.removeprefix(prefix): int(among[self._having("facets", value)].sum())
            for value in sorted(values)
        }
        return {value: count for value, count in counts.items() if count}

    def _record(self, document: int) -> Record:
        at = bisect_right(self._bases, document) - 1
        return self._slices[at].record(document - self._bases[at])

    def _titled(self, word: str) -> Documents:
        return self._having("starts", word)

    def _starting(self, beginning: str) -> Documents:
        if len(beginning) <= SHORT:
            return self._titled(beginning)
        likely = {word for one in self._slices for word in one.segment.terms("starts", beginning)}
        fewest = nlargest(MOST_BEGINNINGS, likely, key=lambda word: -len(word))
        found = [self._titled(word) for word in fewest]
        return np.unique(np.concatenate([NONE, *found]))


def _said(ways: Sequence[Weighed]) -> Weighed:
    """Return the documents that say several terms, all of them, and what each gains by it."""
    documents, gain = ways[0]
    for others, gains in ways[1:]:
        if not len(others):
            return others, gains
        # Both rise: where each would stand tells what they share, without sorting again.
        theirs = np.minimum(np.searchsorted(others, documents), len(others) - 1)
        mine = others[theirs] == documents
        documents, theirs = documents[mine], theirs[mine]
        gain = np.minimum(gain[mine], gains[theirs])
    return documents, gain
