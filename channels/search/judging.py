"""Which of the documents that an engine found answers best: the same judgement for every engine.

BM25F over the parts of a document (Robertson and Zaragoza, 2009), raised by how much of the
question it says, how near together and in which order it says it, and how like the question its
title or one of its listed questions is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from channels.search.asked import Asked, Way
from channels.search.engine import Candidates, Record
from channels.search.parts import Kind, Part
from channels.search.question import Question
from channels.search.saying import Said, said_in

Count = Any  # a number, or an array of them

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
SAME = 1e-9  # masses that differ by less are the same
NEXT = 3  # places from one word to the next in a phrase of the question: an empty word between

# What a document gains by each, as a share of its score.
COVERAGE, TOGETHER, ALIKE, PHRASED = 0.2, 0.5, 0.9, 0.5


@dataclass(frozen=True, slots=True)
class Judged:
    record: Record
    score: float
    covered: float  # how much of what was asked the document says, 0 to 1
    together: float  # how much of it one passage says
    alike: float  # how like the question its title or one of its questions is
    section: int  # the section that answers, -1 for what stands above all


Shares = dict[int, float]  # by the word that is wanted: how much of its worth is said


class InPart(NamedTuple):
    """What one part of a document says."""

    part: Part
    said: list[Said]
    counts: dict[int, int]  # of each way
    shares: Shares


def judge(question: Question, found: Candidates, *, closely: int) -> list[Judged]:
    """Return the candidates, the best of the first `closely` first, equals in a steady order; those
    behind stay in the order in which the engine gave them, so that pages follow each other."""
    asked = Asked(question, found.frequencies, found.documents)
    said = said_in(asked, [record.terms for record in found.records])
    average = found.average_length or 1.0
    judged = [
        _judge(asked, record, some, record.terms.length / average)
        for record, some in zip(found.records, said, strict=True)
    ]
    best = sorted(judged[:closely], key=lambda one: (-one.score, one.record.public_id))
    return best + judged[closely:]


def _judge(asked: Asked, record: Record, said: Sequence[Said], length: float) -> Judged:
    """Judge a document of this length, relative to the average."""
    parts = record.terms.parts
    counts: dict[int, list[int]] = {}  # of each way, by kind
    in_parts: dict[int, InPart] = {}
    for one in said:
        _, at, number = one
        some = in_parts.get(at)
        if some is None:
            some = in_parts[at] = InPart(parts[at], [], {}, {})
        some.said.append(one)
        some.counts[number] = some.counts.get(number, 0) + 1
    for part, _, counts_here, shares_here in in_parts.values():
        for number, count in counts_here.items():
            if number not in counts:
                counts[number] = [0] * len(Kind)
            counts[number][part.kind] += count
            _gain(shares_here, asked.ways[number])
    points: dict[int, float] = {}
    shares: Shares = {}
    for number, by_kind in counts.items():
        way = asked.ways[number]
        frequency = weighted(by_kind, length)
        value = way.value * frequency * (K1 + 1) / (frequency + K1)
        if value > points.get(way.wanted, 0.0):
            points[way.wanted] = value
        _gain(shares, way)
    covered = _mass(asked, shares)
    alike = max((_alike(asked, one) for one in in_parts.values()), default=0.0)
    together, section = _together(asked, in_parts)
    score = sum(points.values()) * (1 - COVERAGE + COVERAGE * covered)
    phrased = _phrased(asked, said)
    score *= 1 + TOGETHER * together + ALIKE * alike + PHRASED * phrased
    return Judged(record, score, covered, together, alike, section)


def _gain(shares: Shares, way: Way) -> None:
    """Of several ways of saying a word, the best counts."""
    if way.share > shares.get(way.wanted, 0.0):
        shares[way.wanted] = way.share


def weighted(counts: Sequence[Count], length: Count) -> Any:
    """Return how often a document says a word, each time by where, or so of many documents at once.

    `counts` are by `Kind`. `length` is relative to the average: only the body is long or short.
    """
    title, question, summary, heading, body = counts
    question = question - (question > MOST_IN_QUESTIONS) * (question - MOST_IN_QUESTIONS)
    return (
        title * WEIGHTS[Kind.TITLE]
        + question * WEIGHTS[Kind.QUESTION]
        + summary * WEIGHTS[Kind.SUMMARY]
        + heading * WEIGHTS[Kind.HEADING]
        + body * WEIGHTS[Kind.BODY] / (1 - B + B * length)
    )


def _phrased(asked: Asked, said: Sequence[Said]) -> float:
    """Return how much of the question's word order the document keeps, 0 to 1."""
    if not asked.phrases:
        return 0.0
    latest: dict[int, int] = {}
    kept = set()
    for place, _, number in sorted(said):
        wanted = asked.ways[number].wanted
        first = asked.before.get(wanted)
        if first in latest and 0 < place - latest[first] <= NEXT:
            kept.add(wanted)
        latest[wanted] = place
    return sum(map(asked.phrase, kept)) / asked.phrases


def _mass(asked: Asked, shares: Mapping[int, float]) -> float:
    """Return how much of what is asked these words are, 0 to 1."""
    mass = 0.0
    for wanted, share in shares.items():
        mass += asked.worth[wanted] * share
    return mass / asked.total


def _alike(asked: Asked, one: InPart) -> float:
    """Return how like the question a title or a listed question is, 0 to 1."""
    if one.part.kind > Kind.QUESTION:
        return 0.0
    precision = min(1.0, sum(one.shares.values()) / max(one.part.size, 1))
    recall = _mass(asked, one.shares)
    return 2 * precision * recall / (precision + recall)


def _together(asked: Asked, in_parts: Mapping[int, InPart]) -> tuple[float, int]:
    """Return how much of the question one passage says, and the section where it stands."""
    headings = {
        one.part.section: one.shares for one in in_parts.values() if one.part.kind is Kind.HEADING
    }
    # What a passage that says all that its part and its heading say would be worth: no passage of
    # the part is worth more.
    most: list[tuple[float, int, Shares]] = []
    for at, one in in_parts.items():
        if one.part.kind is Kind.BODY:
            heading = headings.get(one.part.section, {})
            most.append((_mass(asked, _joined(one.shares, heading)), at, heading))
        elif one.part.kind >= Kind.SUMMARY:
            most.append((_mass(asked, one.shares), at, {}))
    best, first = 0.0, -1
    for mass, at, heading in sorted(most, key=itemgetter(0), reverse=True):
        if mass < best - SAME or (mass <= best + SAME and at > first):
            continue
        found = _nearest(asked, in_parts[at].said, heading, mass)
        # Of passages that say the same, the first to be read answers.
        if found > best + SAME or (found > best - SAME and at < first):
            best, first = found, at
    return best, in_parts[first].part.section if best else -1


def _joined(shares: Mapping[int, float], others: Mapping[int, float]) -> Shares:
    joined = dict(shares)
    for wanted, share in others.items():
        if share > joined.get(wanted, 0.0):
            joined[wanted] = share
    return joined


def _nearest(asked: Asked, said: Sequence[Said], heading: Shares, most: float) -> float:
    """Return how much of the question stands within NEAR places, the heading's words with it; that
    is at most `most`."""
    best, start, shares = 0.0, 0, dict(heading)
    said = sorted(said)
    for end, (place, _, number) in enumerate(said):
        if place - said[start][0] <= NEAR:
            _gain(shares, asked.ways[number])
        else:
            while place - said[start][0] > NEAR:
                start += 1
            shares = dict(heading)
            for _, _, near in said[start : end + 1]:
                _gain(shares, asked.ways[near])
        best = max(best, _mass(asked, shares))
        if best >= most - SAME:
            break
    return best
