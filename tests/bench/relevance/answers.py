"""What an engine answered to a question, and the figures of many answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.bench.report import percentile
from tests.relevance.sets import OUT_OF_SCOPE

MOST = 10  # hits that are looked at

OURS = "search"
SEMANTIC = "search, semantic"  # the same with the extra switched on
WORDS, BIGRAMS = "BM25, words", "BM25, bigrams"
STOCK_ALL, STOCK_ANY = "Whoosh, all words", "Whoosh, any word"

RECALLS = {"@1": 1, "@3": 3, "@10": MOST}
MRR = "MRR"
QUALITY = (*RECALLS, MRR)


@dataclass(frozen=True, slots=True)
class Answer:
    engine: str
    locale: str
    kind: str
    half: str
    question: str
    wanted: Sequence[str]
    found: Sequence[str]  # the first three
    hits: int  # of MOST
    place: int  # of the first that was wanted, from 1; 0: it was not among them
    fits: bool  # The engine says that what it found may be an answer.
    ms: float
    cpu_ms: float  # of these, what the machine's other work has no part in

    @property
    def answerable(self) -> bool:
        return self.kind != OUT_OF_SCOPE


def figures(answers: Sequence[Answer]) -> dict[str, float]:
    """Return the shares and milliseconds of the answers of one engine.

    Recall and MRR (mean of 1/place) are 0 where nothing was wanted; "nothing" is the share without
    a hit, "unfit" the share about which the engine said that nothing fits.
    """
    count, ms = len(answers), [answer.ms for answer in answers]
    found: dict[str, float] = {"n": count}
    for name, within in RECALLS.items():
        found[name] = sum(0 < answer.place <= within for answer in answers) / count
    found[MRR] = sum(1 / answer.place for answer in answers if answer.place) / count
    found["nothing"] = sum(not answer.hits for answer in answers) / count
    found["unfit"] = sum(not answer.fits for answer in answers) / count
    found["p50"], found["p95"] = percentile(ms, 0.5), percentile(ms, 0.95)
    found["cpu"] = percentile([answer.cpu_ms for answer in answers], 0.5)
    return found


def plain_bm25(answers: Iterable[Answer]) -> str:
    """Return which of the two cuts of Chinese gives BM25 the better MRR; English has only one."""
    places: dict[str, list[float]] = {WORDS: [], BIGRAMS: []}
    for answer in answers:
        if answer.engine in places and answer.answerable:
            places[answer.engine].append(1 / answer.place if answer.place else 0)
    return max(places, key=lambda engine: sum(places[engine]))
