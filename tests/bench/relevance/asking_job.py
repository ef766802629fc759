"""Asks a set's questions in the installation that holds its articles; prints what came, as JSON.

python -m tests.job tests.bench.relevance.asking_job SET HALF [--alone] [--semantic] [--kind KIND]
"""

from __future__ import annotations

import argparse
import io
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import cache

from django.core.management import call_command
from django.test import override_settings

from articles.audiences import rank
from channels.search.queries import search
from channels.search.semantic.encoder import encoder_at_last
from tests.bench.relevance.answers import (
    BIGRAMS,
    MOST,
    OURS,
    SEMANTIC,
    STOCK_ALL,
    STOCK_ANY,
    WORDS,
    Answer,
)
from tests.bench.relevance.bm25 import Bm25, bigrams, dictionary_words
from tests.bench.relevance.corpus import names_by_public_id, pages
from tests.bench.relevance.stock_whoosh import StockWhoosh
from tests.relevance.sets import Question, set_named

Ranked = Callable[[str, int], list[str]]


def asked(questions: Sequence[Question], *, alone: bool, semantic: bool) -> list[Answer]:
    """Ask the search, once more with the extra `semantic` if it is wanted, and, unless it is
    `alone`, the comparators as well."""
    names = names_by_public_id()
    answers = [_ours(question, names) for question in questions]
    if semantic:
        with override_settings(SEARCH_SEMANTIC=True):
            answers += [_ours(question, names, SEMANTIC) for question in questions]
    if not alone:
        for question in questions:
            for engine, ranked in _comparators(question.locale, question.reader).items():
                start = _now()
                found = ranked(question.text, MOST)
                answers.append(_answer(question, engine, found, start, fits=bool(found)))
    return answers


def _ours(question: Question, names: dict[str, str], engine: str = OURS) -> Answer:
    start = _now()
    results = search(question.text, locale=question.locale, rank=rank(question.reader), limit=MOST)
    # A text in another language stands in where there is none: it is no answer in this one.
    found = [names[hit.public_id] for hit in results.hits if hit.locale == question.locale]
    fits = bool(found) and bool(getattr(results, "fits", True))
    return _answer(question, engine, found, start, fits=fits)


def _answer(
    question: Question, engine: str, found: list[str], start: tuple[float, float], *, fits: bool
) -> Answer:
    ms, cpu_ms = ((now - then) * 1000 for now, then in zip(_now(), start, strict=True))
    places = [place for place, name in enumerate(found, start=1) if name in question.wanted]
    return Answer(
        engine=engine,
        locale=question.locale,
        kind=question.kind,
        half=question.half,
        question=question.text,
        wanted=question.wanted,
        found=tuple(found[:3]),
        hits=len(found),
        place=min(places, default=0),
        fits=fits,
        ms=ms,
        cpu_ms=cpu_ms,
    )


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


@cache
def _comparators(locale: str, reader: str) -> dict[str, Ranked]:
    told = pages(locale, rank(reader))
    whoosh = StockWhoosh(told)
    made: dict[str, Ranked] = {
        WORDS: Bm25(told, dictionary_words).ranked,
        STOCK_ALL: whoosh.ranked_by_all,
        STOCK_ANY: whoosh.ranked_by_any,
    }
    if locale.startswith("zh"):
        made[BIGRAMS] = Bm25(told, bigrams).ranked
    return made


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("set")
    parser.add_argument("half")
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--semantic", action="store_true")
    parser.add_argument("--kind")
    options = parser.parse_args(arguments)
    question_set = set_named(options.set)
    if question_set is None:
        raise SystemExit(f"The set {options.set} is not on this machine.")
    start = time.perf_counter()
    call_command("rebuild_search", stdout=io.StringIO())
    built = time.perf_counter() - start
    if options.semantic:
        with override_settings(SEARCH_SEMANTIC=True):
            if encoder_at_last() is None:
                raise SystemExit("The extra semantic is not installed.")
            call_command("rebuild_search", stdout=io.StringIO())
    chosen = [
        question
        for question in question_set.questions
        if options.half in ("all", question.half) and options.kind in (None, question.kind)
    ]
    asked(
        chosen[:5], alone=True, semantic=options.semantic
    )  # Dictionaries and readers are loaded now.
    answers = asked(chosen, alone=options.alone, semantic=options.semantic)
    print(json.dumps({"built": built, "answers": [asdict(answer) for answer in answers]}))
