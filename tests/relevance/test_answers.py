"""A search that answers worse than it did fails here, before anybody measures it.

The figures of the bench are more exact, and they are taken on the half that nobody tunes on; here
all plain questions on the demo are asked, as people type them.
"""

from __future__ import annotations

import json

import pytest

from tests.bench.relevance.answers import Answer, figures
from tests.demo import DEMO as DEMO_JOB
from tests.relevance.sets import DEMO
from tests.server import QUICK, installation

pytestmark = pytest.mark.server

# The shares of questions whose answer stands among the first three, and of those with no hit at
# all; measured, with a margin.
MOST_WITHOUT = 0.05
LEAST = {"en": 0.92, "zh-hans": 0.92, "zh-hant": 0.88}


@pytest.fixture(scope="module")
def answers() -> list[Answer]:
    job = ("tests.bench.relevance.asking_job", DEMO, "all", "--alone", "--kind", "plain")
    with installation(QUICK, content=DEMO_JOB) as hub:
        return [Answer(**answer) for answer in json.loads(hub.job(*job))["answers"]]


@pytest.mark.parametrize("locale", LEAST)
def test_a_plain_question_has_its_answer_among_the_first_three(
    answers: list[Answer], locale: str
) -> None:
    found = figures([answer for answer in answers if answer.locale == locale])
    assert found["@3"] >= LEAST[locale]


@pytest.mark.parametrize("locale", LEAST)
def test_hardly_a_plain_question_is_left_without_a_hit(answers: list[Answer], locale: str) -> None:
    found = figures([answer for answer in answers if answer.locale == locale])
    assert found["nothing"] <= MOST_WITHOUT
