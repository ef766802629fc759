"""Asks both engines the same questions about the demo; prints what each answered, as JSON.

python -m tests.job tests.search.comparing_job ADDRESS QUESTIONS
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from haystack import connections

from articles.audiences import rank
from channels.search.engine import Readers, entry_backend
from channels.search.indexing import rebuild_index
from channels.search.judging import judge
from channels.search.queries import search
from channels.search.question import read_question
from channels.search.thesaurus import shipped
from tests.relevance.sets import DEMO, Question, set_named
from tests.search.engines import EmbeddedIndex, OpenSearchIndex

FACETS = ("kind", "topic", "product", "audience")

FEW = 8  # candidates: where an engine finds more, its own order decides which are judged


@dataclass(frozen=True, slots=True)
class Answer:
    question: str
    locale: str
    top: list[str]
    total: int
    facets: dict[str, dict[str, int]]
    did_you_mean: str
    top_of_few: list[str]  # the best of the engine's FEW
    frequencies: dict[str, int]
    documents: int
    average_length: float
    begins: list[list[str]]


def main(arguments: list[str]) -> None:
    address, number = arguments
    home = Path(settings.HOME)
    every = set_named(DEMO).questions  # type: ignore[union-attr]
    asked = every[:: max(1, len(every) // int(number))]
    engines = (EmbeddedIndex(home / "index"), OpenSearchIndex(home / "index", address))
    answers = {}
    for index in engines:
        settings.HAYSTACK_CONNECTIONS["default"] = index.options
        connections.reload("default")
        rebuild_index()
        answers[index.name] = [asdict(_answer(question)) for question in asked]
    print(json.dumps(answers))


def _answer(question: Question) -> Answer:
    readers = Readers(question.locale, rank(question.reader))
    results = search(question.text, locale=question.locale, rank=readers.rank, counted=FACETS)
    read = read_question(question.text, shipped(question.locale.partition("-")[0]))
    few = entry_backend().candidates(read, readers, chosen={}, counted=(), without=(), most=FEW)
    begins = entry_backend().beginning_with(question.text[:5], readers, most=20)
    return Answer(
        question=question.text,
        locale=question.locale,
        top=[hit.public_id for hit in results.hits[:3]],
        total=results.total,
        facets=_plain(results.facets),
        did_you_mean=results.did_you_mean,
        top_of_few=[one.record.public_id for one in judge(read, few, closely=FEW)[:3]],
        frequencies={" ".join(terms): count for terms, count in few.frequencies.items()},
        documents=few.documents,
        average_length=round(few.average_length, 3),
        begins=[list(one) for one in begins],
    )


def _plain(facets: Any) -> dict[str, dict[str, int]]:
    return {facet: dict(sorted(counts.items())) for facet, counts in facets.items()}
