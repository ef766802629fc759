"""Both engines answer alike: the demo's questions, in three languages, asked of the one and of the
other."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.demo import DEMO as DEMO_JOB
from tests.server import QUICK, installation

pytestmark = pytest.mark.server

QUESTIONS = 90
EXACT = (
    "total",
    "facets",
    "did_you_mean",
    "frequencies",
    "documents",
    "average_length",
    "begins",
)


@pytest.fixture(scope="module")
def answers(opensearch: Any) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    with installation(QUICK, content=DEMO_JOB) as hub, opensearch.clone() as clone:
        said = json.loads(hub.job("tests.search.comparing_job", clone.url, str(QUESTIONS)))
    return list(zip(said["embedded"], said["opensearch"], strict=True))


def test_what_is_counted_is_the_same(
    answers: list[tuple[dict[str, Any], dict[str, Any]]], subtests: pytest.Subtests
) -> None:
    assert len(answers) >= QUESTIONS
    assert len({one["locale"] for one, _ in answers}) == 3
    for one, other in answers:
        with subtests.test(question=one["question"]):
            assert {name: one[name] for name in EXACT} == {name: other[name] for name in EXACT}


@pytest.mark.parametrize("answer", ["top", "top_of_few"])
def test_the_first_three_are_the_same(
    answers: list[tuple[dict[str, Any], dict[str, Any]]], answer: str
) -> None:
    differ = [one["question"] for one, other in answers if one[answer] != other[answer]]
    assert len(differ) <= len(answers) * 0.05, differ
