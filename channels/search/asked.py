"""What each word of a question is worth.

How rare a word is, is counted in what the reader may read, so that not even the order of the hits
tells what stands in what others read.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from channels.search.parts import number_of
from channels.search.question import Question, Wanted


@dataclass(frozen=True, slots=True)
class Way:
    """One way of saying one of the words of a question, where a document of the reader's does."""

    wanted: int  # which word
    terms: int  # so many that must stand together
    share: float  # of the word's worth
    value: float  # in points


class Asked:
    """What is wanted, with what each word is worth among the reader's documents."""

    def __init__(
        self, question: Question, frequencies: Mapping[tuple[str, ...], int], documents: int
    ) -> None:
        self.worth = [_worth(one, frequencies, documents) for one in question.wanted]
        self.total = sum(self.worth) or 1.0
        self.ways: list[Way] = []
        self.alone: dict[int, list[int]] = defaultdict(list)  # ways of one term, by its number
        self.among_others: dict[int, list[int]] = defaultdict(list)  # those of several
        for place, one in enumerate(question.wanted):
            for option in one.options:
                if count := frequencies.get(option.terms, 0):
                    by_term = self.alone if len(option.terms) == 1 else self.among_others
                    for term in option.terms:
                        by_term[number_of(term)].append(len(self.ways))
                    value = one.share * option.weight * rarity(count, documents)
                    self.ways.append(Way(place, len(option.terms), option.weight, value))
        whole = [place for place, one in enumerate(question.wanted) if one.share == 1.0]
        whole.sort(key=lambda place: question.wanted[place].start)
        # Which word comes before which; a phrase is worth as much as its two words.
        self.before = {last: first for first, last in pairwise(whole)}
        self.phrases = sum(self.phrase(last) for last in self.before)
        self.numbers = self.alone.keys() | self.among_others.keys()

    def phrase(self, last: int) -> float:
        """Return what two words that follow each other in the question are worth together."""
        return self.worth[last] + self.worth[self.before[last]]


def rarity(count: int, documents: int) -> float:
    return math.log(1 + (documents - count + 0.5) / (count + 0.5))


def _worth(one: Wanted, frequencies: Mapping[tuple[str, ...], int], documents: int) -> float:
    """How much it matters that a document says it: what nobody says matters as a rare word does."""
    counts = [frequencies.get(option.terms, 0) for option in one.options]
    known = [count for count in counts if count]
    own = counts[0] or (min(known) if known else 0)
    return one.share * rarity(own, documents)
