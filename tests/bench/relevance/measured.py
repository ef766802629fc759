"""The figures of a run: by set and language, kind of question and engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.bench.relevance.answers import (
    BIGRAMS,
    OURS,
    QUALITY,
    WORDS,
    Answer,
    figures,
    plain_bm25,
)
from tests.relevance.sets import KINDS, OUT_OF_SCOPE, TUNE

BM25 = "BM25"
ALL = "all but none"  # of the kinds

ROUNDING = 1e-9  # of a mean of the same numbers in another order

Figures = dict[str, dict[str, float]]  # by engine


@dataclass(slots=True)
class Measured:
    """Can be written as JSON and read again."""

    half: str
    figures: dict[str, dict[str, Figures]] = field(default_factory=dict)  # by place and kind
    cuts: dict[str, str] = field(default_factory=dict)  # which of its two cuts is BM25, by place
    # Where the wanted article stood in our answer, by place and question: of the half that may be
    # looked at.
    places: dict[str, dict[str, int]] = field(default_factory=dict)

    def take(self, name: str, answers: Iterable[Answer]) -> None:
        """Add the answers to the questions of a set."""
        by_locale: dict[str, list[Answer]] = defaultdict(list)
        for answer in answers:
            by_locale[answer.locale].append(answer)
        for locale, told in by_locale.items():
            self._take_locale(f"{name}/{locale}", told)

    def lines_below(self, engine: str, names: Sequence[str] = QUALITY) -> list[str]:
        """Name each place and kind in which the search has less of these figures than `engine`."""
        return [
            f"{place}, {kind}"
            for place, kinds in self.figures.items()
            for kind, engines in kinds.items()
            if any(is_below(engines, name, engine) for name in names)
        ]

    def _take_locale(self, place: str, answers: Sequence[Answer]) -> None:
        self.cuts[place] = plain_bm25(answers)
        other = {WORDS, BIGRAMS} - {self.cuts[place]}
        engines: dict[str, list[Answer]] = defaultdict(list)
        for answer in answers:
            if answer.engine not in other:
                engines[BM25 if answer.engine == self.cuts[place] else answer.engine].append(answer)
        kinds = {answer.kind for answer in answers}
        ordered = [kind for kind in KINDS if kind in kinds] + sorted(kinds.difference(KINDS))
        rows: dict[str, Figures] = {}
        for kind in ordered:
            rows[kind] = _rows(engines, kind)
        if kinds - {OUT_OF_SCOPE}:
            rows[ALL] = _rows(engines, None)
        self.figures[place] = rows
        self.places[place] = {
            answer.question: answer.place
            for answer in engines[OURS]
            if answer.half == TUNE and answer.answerable
        }


def is_below(engines: Figures, name: str, engine: str = BM25) -> bool:
    """Whether the search has less of a figure than another engine that was asked as well."""
    return engine in engines and engines[OURS][name] < engines[engine][name] - ROUNDING


def _rows(engines: dict[str, list[Answer]], kind: str | None) -> Figures:
    chosen = {
        engine: [
            answer for answer in answers if (answer.kind == kind if kind else answer.answerable)
        ]
        for engine, answers in engines.items()
    }
    return {engine: figures(answers) for engine, answers in chosen.items() if answers}
