"""Plain BM25 over all the words of a page: what anybody would write first.

No stemming, no stop words, no weights. Constants: Robertson and Zaragoza, 2009.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import rjieba

from tests.bench.relevance.corpus import Page

K1, B = 1.2, 0.75
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_RUN = re.compile(rf"([{_HAN}]+)|[^\W_{_HAN}]+")

Cut = Callable[[str], Sequence[str]]


def dictionary_words(run: str) -> Sequence[str]:
    words: Sequence[str] = rjieba.cut(run)
    return words


def bigrams(run: str) -> Sequence[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


class Bm25:
    def __init__(self, pages: Sequence[Page], cut: Cut) -> None:
        self._cut = cut
        self._pages = [(page.name, Counter(self._words(_text(page)))) for page in pages]
        self._holding = Counter(word for _, counts in self._pages for word in counts)
        self._average = sum(counts.total() for _, counts in self._pages) / max(1, len(self._pages))

    def ranked(self, question: str, most: int) -> list[str]:
        words = list(self._words(question))
        scores = {name: self._score(words, counts) for name, counts in self._pages}
        found = [name for name, score in scores.items() if score > 0]
        return sorted(found, key=lambda name: -scores[name])[:most]

    def _score(self, words: Sequence[str], counts: Counter[str]) -> float:
        long = K1 * (1 - B + B * counts.total() / self._average)
        return sum(
            self._rarity(word) * counts[word] * (K1 + 1) / (counts[word] + long) for word in words
        )

    def _rarity(self, word: str) -> float:
        holding = self._holding[word]
        return math.log(1 + (len(self._pages) - holding + 0.5) / (holding + 0.5))

    def _words(self, text: str) -> Iterator[str]:
        for run in _RUN.finditer(text.lower()):
            yield from self._cut(run[0]) if run[1] else (run[0],)


def _text(page: Page) -> str:
    return "\n".join((page.title, page.questions, page.summary, page.body))
