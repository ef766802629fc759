"""Many programs at once: one wins, the others are told by whom; a name is used once."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from articles.models import Article, Revision
from tests.api.asserting import assert_problem
from tests.api.authors.program import Program
from tests.conftest import person
from tests.publishing.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)
SAVES = 50


@pytest.fixture
def secret() -> str:
    return Program(person("ada", "author")).secret


def test_of_fifty_saves_of_one_text_exactly_one_wins_and_the_others_get_the_difference(
    secret: str,
) -> None:
    first = Program(secret=secret)
    id = first.article()
    first.text(id, "Roaming", body="First.\n\nLast.\n")

    def save(n: int) -> HttpResponse:
        body = f"First, says {n}.\n\nLast.\n"
        return Program(secret=secret).text(id, "Roaming", body=body, based=1)

    answers = at_once(save, SAVES)
    assert all(isinstance(answer, HttpResponse) for answer in answers), answers
    winners = [answer for answer in answers if answer.status_code == 201]  # type: ignore[attr-defined]
    assert len(winners) == 1
    won = winners[0].json()["newest"]["body"]  # type: ignore[attr-defined]
    for answer in answers:
        if answer is not winners[0]:
            assert isinstance(answer, HttpResponse)
            problem = assert_problem(answer, 412, "stale")
            (difference,) = problem["differences"]
            assert difference["base"] == "First.\n\nLast.\n"
            assert difference["theirs"] == problem["theirs"]["body"] == won
            assert difference["conflict"]
    assert Revision.objects.count() == 2


def test_one_name_used_by_many_at_once_is_done_once(secret: str) -> None:
    def make(_: int) -> HttpResponse:
        return Program(secret=secret).post("drafts/", {"kind": "support"}, key="one")

    answers = at_once(make, 8)
    statuses = {answer.status_code for answer in answers}  # type: ignore[attr-defined]
    assert 201 in statuses
    assert statuses <= {201, 409}
    assert Article.objects.count() == 1
