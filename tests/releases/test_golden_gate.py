"""A release that would lose a golden query is shown, and by setting refused."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from articles.audiences import AGENT, PUBLIC
from articles.exceptions import InvalidInput
from articles.models import Article
from articles.operations.audit import system_user
from channels.models import Release
from channels.operations.best_bets import save_best_bet
from channels.operations.golden_gate import lost_queries
from channels.operations.golden_queries import save_golden_query
from channels.operations.items import Retirement, Wanted
from channels.operations.outbox import drain
from channels.operations.planning import draw_up
from channels.operations.publishing import publish
from channels.operations.release_check import check_release
from channels.operations.release_publishing import publish_release
from channels.operations.releases import add_items
from channels.queries import current_number
from channels.search.judging import MOST_JUDGED
from channels.search.trial import Trial
from tests.building import publish_texts, published, write_approved
from tests.releases.planning import release_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]


def golden(query: str, article: Article, *, within: int = 1, audience: str = PUBLIC) -> None:
    drain()
    save_golden_query(
        actor=system_user(),
        locale="en",
        audience=audience,
        query=query,
        article=article,
        within=within,
    )


def verdict(release: Release) -> tuple[list[str], list[str]]:
    checked = check_release(actor=system_user(), release=release)
    named = [line for line in checked.warnings if "golden" in line.lower()]
    return checked.problems, named


@pytest.fixture
def router(db: None) -> Article:
    article = published("Restart the router", "Press the red button of the router.")
    published("Bills", "A bill comes each month.")
    golden("how do I restart my router", article)
    return article


def test_a_text_that_no_longer_answers_is_shown(router: Article) -> None:
    release = release_of(write_approved("The box", "It is white.", article=router))
    problems, named = verdict(release)
    assert problems == []
    assert len(named) == 1
    assert "how do I restart my router" in named[0]
    assert "The box" in named[0]  # as the article is called now


def test_a_text_that_answers_better_is_shown_as_what_takes_the_place(router: Article) -> None:
    better = "How do I restart my router? Restart your router so: restart the router."
    release = release_of(write_approved("How do I restart my router", better))
    _, (line,) = verdict(release)
    assert "from place 1 to 2" in line


def test_a_retirement_loses_it(router: Article) -> None:
    release = release_of(write_approved("Other", "Other words."))
    add_items(
        actor=system_user(), release=release, version=release.version, items=[Retirement(router)]
    )
    release.refresh_from_db()
    _, (line,) = verdict(release)
    assert "would not be found" in line


def test_what_leaves_it_in_its_place_says_nothing(router: Article) -> None:
    release = release_of(
        write_approved("Restart the router", "Press the blue button.", article=router),
        write_approved("Other", "Other words."),
    )
    assert verdict(release) == ([], [])


def test_a_query_that_is_lost_already_is_not_lost_by_the_release(router: Article) -> None:
    golden("monthly bill", router)
    release = release_of(write_approved("Other", "Other words."))
    assert verdict(release) == ([], [])


def test_what_others_read_takes_no_place_from_a_reader(router: Article) -> None:
    secret = write_approved("How do I restart my router", "Restart my router.", audience=AGENT)
    assert verdict(release_of(secret)) == ([], [])


def test_by_setting_it_is_refused_and_nothing_is_published(
    router: Article, settings: Settings
) -> None:
    settings.SEARCH_GATE = "refuse"
    changed = write_approved("The box", "It is white.", article=router)
    release = release_of(changed)
    problems, named = verdict(release)
    assert len(problems) == 1
    assert named == []
    edition = current_number()
    with pytest.raises(InvalidInput, match="how do I restart my router"):
        publish_release(actor=system_user(), release=release, version=release.version)
    with pytest.raises(InvalidInput, match="how do I restart my router"):
        publish(items=[changed], actor=system_user())
    assert current_number() == edition
    publish_texts(write_approved("Other", "Other words."))
    assert current_number() == edition + 1


def test_a_search_that_is_down_is_said_and_stops_nobody(
    router: Article, settings: Settings, index: Path
) -> None:
    settings.SEARCH_GATE = "refuse"
    (index / "state.json").unlink()
    release = release_of(write_approved("The box", "It is white.", article=router))
    problems, (line,) = verdict(release)
    assert problems == []
    assert "were not looked at" in line
    publish_release(actor=system_user(), release=release, version=release.version)


def test_only_queries_that_the_edition_touches_are_asked(
    router: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = Mock(return_value=1)
    monkeypatch.setattr(Trial, "place", places)
    assert verdict(release_of(write_approved("Other", "Other words."))) == ([], [])
    assert places.call_count == 0
    verdict(release_of(write_approved("The router", "It is white.")))
    assert places.call_count == 2  # now and then


def test_an_article_that_begins_to_be_told_and_is_pinned_takes_the_place(router: Article) -> None:
    white = write_approved("The box", "It is white.")
    save_best_bet(
        actor=system_user(),
        locale="en",
        questions=["how do I restart my router"],
        articles=[white.text.article],
    )
    _, (line,) = verdict(release_of(white))
    assert "from place 1 to 2" in line


def test_many_texts_and_queries_take_no_more_statements(router: Article) -> None:
    def statements(count: int) -> int:
        for number in range(count):
            golden(f"restart router {count} {number}", router, within=20)
        texts = [
            write_approved(f"Router {count} {number}", "Restart it.") for number in range(count)
        ]
        candidate, _ = draw_up(Wanted.of(texts), base=current_number())
        with CaptureQueriesContext(connection) as counted:
            lost_queries(candidate)
        return len(counted)

    assert statements(2) == statements(9)


def test_a_slip_in_a_golden_query_is_read_as_readers_have_it_read(router: Article) -> None:
    golden("ruoter", router)
    release = release_of(write_approved("Router", "Router: a router is a router."))
    _, named = verdict(release)
    assert [line for line in named if "ruoter" in line and "from place 1 to 2" in line]


def test_many_texts_that_begin_hide_none_that_is_found(router: Article) -> None:
    release = release_of(
        *(write_approved(f"Router {n}", "It is a white router.") for n in range(MOST_JUDGED + 5))
    )
    assert verdict(release) == ([], [])
