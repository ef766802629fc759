"""The questions by which the search is measured are whole, and can be answered."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.relevance.sets import (
    COLUMNS,
    DEMO,
    KINDS,
    OUT_OF_SCOPE,
    READERS,
    REPORT,
    TUNE,
    Question,
    QuestionSet,
    question_files,
    questions,
    set_named,
)

FILES = question_files()
SETS = sorted({path.parent.name for path in FILES})
LEAST_OF_THE_DEMO = 300  # questions in each language

_AUDIENCE = re.compile(r"^audience: *(\w+)", re.MULTILINE)
each_file = pytest.mark.parametrize(
    "path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}"
)


def articles_of(path: Path) -> Path:
    return the_set(path.parent.name).articles / path.stem


def the_set(name: str) -> QuestionSet:
    found = set_named(name)
    assert found is not None
    return found


@each_file
def test_every_line_has_all_columns_and_no_blank_around_them(path: Path) -> None:
    for asked in questions(path):
        fields = [asked.kind, asked.reader, " ".join(asked.wanted), asked.text]
        assert fields == [field.strip() for field in fields]
        assert asked.text


@each_file
def test_kinds_and_readers_are_known(path: Path) -> None:
    assert {asked.kind for asked in questions(path)} <= set(KINDS)
    assert {asked.reader for asked in questions(path)} <= set(READERS)


@each_file
def test_what_is_wanted_exists_in_the_language_of_the_question(path: Path) -> None:
    wanted = {name for asked in questions(path) for name in asked.wanted}
    assert [name for name in wanted if not (articles_of(path) / f"{name}.md").is_file()] == []


@each_file
def test_only_a_question_out_of_scope_wants_nothing(path: Path) -> None:
    for asked in questions(path):
        assert bool(asked.wanted) == (asked.kind != OUT_OF_SCOPE), asked.text


@each_file
def test_who_asks_may_read_an_answer(path: Path) -> None:
    wanted = {name for asked in questions(path) for name in asked.wanted}
    agents_alone = {
        name for name in wanted if _audience(articles_of(path) / f"{name}.md") != "public"
    }
    for asked in questions(path):
        if asked.wanted and asked.reader == "public":
            assert set(asked.wanted) - agents_alone, asked.text


@each_file
def test_no_question_is_asked_twice(path: Path) -> None:
    times = Counter(asked.text.casefold() for asked in questions(path))
    assert [text for text, count in times.items() if count > 1] == []


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.parent.name == DEMO], ids=lambda path: path.stem
)
def test_the_demo_has_enough_questions_of_each_kind_in_each_language(path: Path) -> None:
    asked = questions(path)
    assert len(asked) >= LEAST_OF_THE_DEMO
    assert {question.kind for question in asked} == set(KINDS)


@pytest.mark.parametrize("name", SETS)
def test_both_halves_hold_about_as_much(name: str) -> None:
    asked = the_set(name).questions
    tuned = sum(question.half == TUNE for question in asked)
    assert 0.4 < tuned / len(asked) < 0.6


def test_a_question_keeps_its_half() -> None:
    asked = [Question("en", "plain", "public", (), text) for text in ("How?", "Where?")]
    assert [question.half for question in asked] == [TUNE, REPORT]


def test_a_line_without_all_columns_is_named(tmp_path: Path) -> None:
    path = tmp_path / "en.tsv"
    path.write_text("\t".join(COLUMNS) + "\nplain\tpublic\tHow?\n")
    with pytest.raises(ValueError, match="line 2"):
        questions(path)


def _audience(path: Path) -> str:
    found = _AUDIENCE.search(path.read_text(encoding="utf-8"))
    return found[1] if found else "public"
