"""What editors keep changes what readers find, from the next search on."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AbstractUser

from articles.audiences import AGENT, PUBLIC, rank
from articles.operations.audit import system_user
from channels.operations.best_bets import save_best_bet
from channels.operations.items import Retirement
from channels.operations.publishing import publish
from channels.operations.synonyms import save_synonym
from channels.search.queries import search
from tests.building import published
from tests.search.conftest import Titles


@pytest.fixture
def actor(db: None) -> AbstractUser:
    return system_user()


def test_a_synonym_of_the_editors_is_known_at_once(found: Titles, actor: AbstractUser) -> None:
    published("Plan S", "The small plan.")
    assert found("sparkly") == []
    save_synonym(actor=actor, locale="en", words="sparkly > plan s")
    assert found("sparkly") == ["Plan S"]


def test_a_best_bet_stands_first_and_fits(found: Titles, actor: AbstractUser) -> None:
    published("Router", "The router, the router, the router.")
    wanted = published("Start here", "Nothing of the kind.")
    save_best_bet(actor=actor, locale="en", questions=["my router"], articles=[wanted])
    assert found("router?") == ["Start here", "Router"]
    results = search("my router", locale="en", rank=0)
    assert (results.total, results.fits) == (2, True)
    assert found("router lights") == ["Router"]


def test_a_best_bet_shows_nobody_what_is_not_told_to_them(
    found: Titles, actor: AbstractUser
) -> None:
    published("Router", "The router.")
    secret = published("Secret", "For agents.", audience=AGENT)
    retired = published("Retired", "Gone soon.")
    save_best_bet(actor=actor, locale="en", questions=["router"], articles=[secret, retired])
    assert found("router", audience=PUBLIC) == ["Retired", "Router"]
    publish(items=[Retirement(retired)], actor=actor)
    assert [hit.title for hit in search("router", locale="en", rank=rank(PUBLIC)).hits] == [
        "Router"
    ]
    assert found("router", audience=AGENT) == ["Secret", "Router"]
