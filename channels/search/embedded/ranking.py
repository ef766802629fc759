"""Which documents answer a question, best first: BM25 over what the reader may read, and nothing
else. How rare a word is, is counted in the reader's own documents, so that not even the order of
the hits tells what stands in those of others.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from whoosh.reading import IndexReader, TermNotFound

from channels.search.words import is_han

# The usual constants of BM25 (Robertson and Zaragoza, 2009): how soon repeating a word stops
# helping, and how much a long text has to say it more often.
K1, B = 1.2, 0.75

# A document that says all that was asked is worth twice one that says next to nothing of it.
COVERAGE = 0.5

# Characters that stand somewhere in a text, not as the word asked for.
SCATTERED = 0.5


class ReadersView:
    """The documents of one state of the index that readers of one locale and rank get."""

    def __init__(self, reader: IndexReader, readers: str) -> None:
        self._reader = reader
        self._lengths = {
            document: reader.doc_field_length(document, "words")
            for document, _ in self._postings("readers", readers)
        }
        self._average = sum(self._lengths.values()) / max(len(self._lengths), 1) or 1
        # An index without documents has no columns.
        self._public_ids = reader.column_reader("public_id") if self._lengths else {}

    def documents(self, public_ids: Iterable[str]) -> dict[str, int]:
        """Return the document of each article that has one."""
        return {
            public_id: document
            for public_id in public_ids
            for document, _ in self._postings("public_id", public_id)
            if document in self._lengths
        }

    def ranked(self, terms: Sequence[str], most: int) -> list[str]:
        """Return the public ids of the `most` documents that say any of `terms`, best first;
        equals in a steady order."""
        scores: dict[int, float] = defaultdict(float)
        covered: Counter[int] = Counter()
        for term in terms:
            weights = self._weights(term)
            rarity = math.log(1 + (len(self._lengths) - len(weights) + 0.5) / (len(weights) + 0.5))
            for document, weight in weights.items():
                length = self._lengths[document] / self._average
                scores[document] += (
                    rarity * weight * (K1 + 1) / (weight + K1 * (1 - B + B * length))
                )
                covered[document] += 1
        for document, count in covered.items():
            scores[document] *= COVERAGE + (1 - COVERAGE) * count / len(terms)
        best = sorted(scores, key=lambda document: (-scores[document], document))
        return [self._public_ids[document] for document in best[:most]]

    def _weights(self, term: str) -> dict[int, float]:
        """How much each document says the term; a Han word that none says, by its characters."""
        weights = self._said(term)
        if weights or len(term) == 1 or not is_han(term):
            return weights
        characters = [self._said(character) for character in set(term)]
        together = set.intersection(*map(set, characters))
        return {
            document: SCATTERED * min(weights[document] for weights in characters)
            for document in together
        }

    def _said(self, term: str) -> dict[int, float]:
        return {
            document: weight
            for document, weight in self._postings("words", term)
            if document in self._lengths
        }

    def _postings(self, field: str, term: str) -> list[tuple[int, float]]:
        try:
            matcher: Any = self._reader.postings(field, term)
        except TermNotFound:
            return []
        found = []
        while matcher.is_active():
            found.append((matcher.id(), matcher.weight()))
            matcher.next()
        return found
