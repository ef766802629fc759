"""Which of the documents that an engine found answers best: the same judgement for every engine.

BM25F over the parts of a document (Robertson and Zaragoza, 2009), raised by how much of the
question it says, how near together it says it, and how like the question its title or one of its
listed questions is. How rare a word is, is counted in what the reader may read, so that not even
the order of the hits tells what stands in what others read.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from channels.search.engine import Candidates, Record
from channels.search.parts import Kind, Part, number_of
from channels.search.question import Question, Wanted

# So many are judged closely. What ranks behind them is counted, and listed as the engine ranks it.
MOST_JUDGED = 30

# How soon repeating a word stops helping, and how much a long text has to say it more often.
K1, B = 3.0, 0.75

# How often a word counts that stands there.
WEIGHTS = {
    Kind.TITLE: 2.0,
    Kind.QUESTION: 1.5,
    Kind.SUMMARY: 1.0,
    Kind.HEADING: 1.0,
    Kind.BODY: 1.0,
}
# A listed question is one of several ways to ask: more of them do not say it more.
MOST_IN_QUESTIONS = 2

NEAR = 16  # places: words within so many are said together
PHRASE = 4  # places that the terms of one way of saying it may be apart

# What a document gains by each, as a share of its score.
COVERAGE, TOGETHER, ALIKE = 0.2, 0.5, 0.9


@dataclass(frozen=True, slots=True)
class Judged:
    record: Record
    score: float
    covered: float  # how much of what was asked the document says, 0 to 1
    together: float  # how much of it one passage says
    alike: float  # how like the question its title or one of its questions is
    section: int  # the section that answers, -1 for what stands above all


def judge(question: Question, found: Candidates, *, closely: int) -> list[Judged]:
    """Return the candidates, the best of the first `closely` first, equals in a steady order; those
    behind stay in the order in which the engine gave them, so that pages follow each other."""
    asked = Asked(question, found.frequencies, found.documents)
    judged = [_judge(asked, record, found.average_length) for record in found.records]
    best = sorted(judged[:closely], key=lambda one: (-one.score, one.record.public_id))
    return best + judged[closely:]


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
        by_term: dict[int, list[int]] = defaultdict(list)
        for place, one in enumerate(question.wanted):
            for option in one.options:
                if count := frequencies.get(option.terms, 0):
                    for term in option.terms:
                        by_term[number_of(term)].append(len(self.ways))
                    share = option.weight * one.share
                    value = share * rarity(count, documents)
                    self.ways.append(Way(place, len(option.terms), share, value))
        self.by_term = dict(by_term)
        self.numbers = np.array(sorted(by_term), dtype=np.uint32)


def rarity(count: int, documents: int) -> float:
    return math.log(1 + (documents - count + 0.5) / (count + 0.5))


def _worth(one: Wanted, frequencies: Mapping[tuple[str, ...], int], documents: int) -> float:
    """How much it matters that a document says it: what nobody says matters as a rare word does."""
    counts = [frequencies.get(option.terms, 0) for option in one.options]
    known = [count for count in counts if count]
    own = counts[0] or (min(known) if known else 0)
    return rarity(own, documents)


class Said(NamedTuple):
    """Where a document says it in one of the ways."""

    place: int
    part: int
    way: int


def _judge(asked: Asked, record: Record, average_length: float) -> Judged:
    said = _said(asked, record)
    parts = record.terms.parts
    length = sum(part.size for part in parts if part.kind is Kind.BODY) / (average_length or 1)
    counts: dict[int, dict[Kind, int]] = defaultdict(lambda: defaultdict(int))
    in_part: dict[int, dict[int, float]] = defaultdict(dict)  # the best share of each word
    for one in said:
        way = asked.ways[one.way]
        counts[one.way][parts[one.part].kind] += 1
        shares = in_part[one.part]
        shares[way.wanted] = max(shares.get(way.wanted, 0.0), way.share)
    points: dict[int, float] = {}
    shares_of: dict[int, float] = {}
    for number, by_kind in counts.items():
        way = asked.ways[number]
        frequency = weighted(by_kind, length)
        value = way.value * frequency * (K1 + 1) / (frequency + K1)
        points[way.wanted] = max(points.get(way.wanted, 0.0), value)
        shares_of[way.wanted] = max(shares_of.get(way.wanted, 0.0), way.share)
    covered = _mass(asked, shares_of)
    alike = max((_alike(asked, parts[at], shares) for at, shares in in_part.items()), default=0.0)
    together, section = _together(asked, record, said, in_part)
    score = sum(points.values()) * (1 - COVERAGE + COVERAGE * covered)
    score *= 1 + TOGETHER * together + ALIKE * alike
    return Judged(record, score, covered, together, alike, section)


def weighted(counts: Mapping[Kind, int], length: float) -> float:
    """Return how often a document says a word, each time by where; `length` is relative to the
    average: only the body is long or short."""
    body = counts.get(Kind.BODY, 0) * WEIGHTS[Kind.BODY] / (1 - B + B * length)
    questions = min(counts.get(Kind.QUESTION, 0), MOST_IN_QUESTIONS) * WEIGHTS[Kind.QUESTION]
    others = (Kind.TITLE, Kind.SUMMARY, Kind.HEADING)
    return body + questions + sum(counts.get(kind, 0) * WEIGHTS[kind] for kind in others)


def _said(asked: Asked, record: Record) -> list[Said]:
    """Return where the document says something of what is wanted, in reading order."""
    terms = record.terms
    if not len(asked.numbers):
        return []
    # Of the numbers asked for, in order, the one that each term would be.
    likely = np.minimum(np.searchsorted(asked.numbers, terms.numbers), len(asked.numbers) - 1)
    at = np.flatnonzero(asked.numbers[likely] == terms.numbers)
    begins = [part.begin for part in terms.parts]
    in_parts = [bisect_right(begins, one) - 1 for one in at.tolist()]
    found: list[Said] = []
    apart: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    numbers, places = terms.numbers[at].tolist(), terms.places[at].tolist()
    for number, place, part in zip(numbers, places, in_parts, strict=True):
        for way in asked.by_term[number]:
            if asked.ways[way].terms == 1:
                found.append(Said(place, part, way))
            else:
                apart[way].append((place, part, number))
    for way, places_of in apart.items():
        found += _phrases(way, asked.ways[way].terms, places_of)
    return found


def _phrases(way: int, size: int, places: Sequence[tuple[int, int, int]]) -> Iterator[Said]:
    """Yield where all the terms of one way stand near each other."""
    latest: dict[int, int] = {}
    for place, part, number in places:
        latest[number] = place
        if len(latest) == size and place - min(latest.values()) <= PHRASE + size:
            yield Said(place, part, way)
            latest.clear()


def _mass(asked: Asked, shares: Mapping[int, float]) -> float:
    """Return how much of what is asked these words are, 0 to 1."""
    return sum(asked.worth[wanted] * share for wanted, share in shares.items()) / asked.total


def _alike(asked: Asked, part: Part, shares: Mapping[int, float]) -> float:
    """Return how like the question a title or a listed question is, 0 to 1."""
    if part.kind not in (Kind.TITLE, Kind.QUESTION) or not shares:
        return 0.0
    precision = min(1.0, sum(shares.values()) / max(part.size, 1))
    recall = _mass(asked, shares)
    return 2 * precision * recall / (precision + recall)


def _together(
    asked: Asked,
    record: Record,
    said: Sequence[Said],
    in_part: Mapping[int, Mapping[int, float]],
) -> tuple[float, int]:
    """Return how much of the question one passage says, and the section where it stands."""
    parts = record.terms.parts
    headings = {
        parts[at].section: shares
        for at, shares in in_part.items()
        if parts[at].kind is Kind.HEADING
    }
    by_part: dict[int, list[Said]] = defaultdict(list)
    for one in said:
        by_part[one.part].append(one)
    best, section = 0.0, -1
    for at, found in sorted(by_part.items()):
        part = parts[at]
        if part.kind is Kind.BODY:
            shares = headings.get(part.section, {})
        elif part.kind in (Kind.SUMMARY, Kind.HEADING):
            shares = {}
        else:
            continue
        if best and _most(asked, in_part[at], shares) <= best:
            continue  # Not even all that the part says is more.
        mass = _nearest(asked, found, shares)
        if mass > best + 1e-9:
            best, section = mass, part.section
    return best, section


def _most(asked: Asked, said: Mapping[int, float], heading: Mapping[int, float]) -> float:
    """Return what a passage that says all that its part and its heading say would be worth."""
    wanted = said.keys() | heading.keys()
    return _mass(asked, {one: max(said.get(one, 0.0), heading.get(one, 0.0)) for one in wanted})


def _nearest(asked: Asked, said: Sequence[Said], heading: Mapping[int, float]) -> float:
    """Return how much of the question stands within NEAR places, the heading's words with it."""
    best, start = 0.0, 0
    ordered = sorted(said, key=lambda one: one.place)
    for end, last in enumerate(ordered):
        while last.place - ordered[start].place > NEAR:
            start += 1
        shares = dict(heading)
        for one in ordered[start : end + 1]:
            way = asked.ways[one.way]
            shares[way.wanted] = max(shares.get(way.wanted, 0.0), way.share)
        best = max(best, _mass(asked, shares))
    return best
