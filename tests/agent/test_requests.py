"""What agents ask for and vote for, on an article and on what is missing."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Article
from articles.operations.audit import system_user
from channels.agent import page
from channels.delivery.throttle import WriteThrottle
from channels.models import UpdateRequest, Vote
from channels.operations.items import Retirement
from channels.operations.requests import ask, decide, vote
from channels.voters import Voter, account_voter
from tests.agent.conftest import Desk, Page
from tests.building import publish_texts, published

pytestmark = pytest.mark.django_db

SENTENCE = "The price is out of date."


@pytest.fixture
def article(db: None) -> Article:
    return published("Prices", "Ten.", public_id="prices")


def asked(article: Article | None = None, sentence: str = SENTENCE) -> UpdateRequest:
    return ask(
        voter=Voter.of("browser", "somebody"),
        locale="en",
        sentence=sentence,
        origin="website",
        audience_rank=0,
        article=article,
    )


def test_an_agent_says_what_an_article_needs_and_votes_for_it_by_that(
    desk: Desk, agent: User, article: Article
) -> None:
    page = desk.post("/agent/articles/prices/ask/?kind=support", sentence=SENTENCE, locale="en")
    request = UpdateRequest.objects.get()
    assert (request.article, request.origin, request.audience_rank) == (article, "agent", 3)
    assert Vote.objects.get().voter == account_voter(agent.pk).hash
    assert page.response.redirect_chain[0][0] == "/agent/articles/prices/?kind=support#requests"
    assert SENTENCE in page.text
    assert "Thank you" in page.text


def test_an_agent_asks_for_what_is_not_written(desk: Desk, article: Article) -> None:
    desk.post("/agent/ask/", sentence="Satellite phones", locale="zh-hans")
    request = UpdateRequest.objects.get()
    assert (request.article, request.locale, request.origin) == (None, "zh-hans", "agent")


def test_a_sentence_that_says_nothing_is_handed_back_with_the_reason(
    desk: Desk, article: Article, subtests: pytest.Subtests
) -> None:
    for sentence in ("", "ab", "x" * 501, "\x00\x00", " \n "):
        with subtests.test(sentence=sentence):
            page = desk.post("/agent/articles/prices/ask/", sentence=sentence, locale="en")
            assert page.status == 400
            assert "Say in a sentence" in page.text
            assert page.tree.xpath("//input[@name='sentence'][@aria-invalid='true']")
            assert not UpdateRequest.objects.exists()


def test_nothing_can_be_asked_of_an_article_that_is_not_there(desk: Desk) -> None:
    page = desk.post("/agent/articles/never-was/ask/", sentence=SENTENCE, locale="en")
    assert page.status == 404
    assert not UpdateRequest.objects.exists()


def test_an_agent_votes_once_and_takes_it_back(desk: Desk, article: Article) -> None:
    request = asked(article)
    address = f"/agent/requests/{request.pk}/vote/"
    for _ in range(2):
        page = desk.post(address, at="prices")
    request.refresh_from_db()
    assert request.votes_count == 2
    assert page.tree.xpath("//button[@aria-pressed='true']")
    desk.post(address, at="prices", retract="1")
    request.refresh_from_db()
    assert request.votes_count == 1


def test_a_vote_is_never_given_by_following_a_link(desk: Desk, article: Article) -> None:
    request = asked(article)
    assert desk.client.get(f"/agent/requests/{request.pk}/vote/").status_code == 405
    assert desk.client.get("/agent/articles/prices/ask/").status_code == 405


def test_a_vote_from_a_foreign_page_is_refused(agent: User, article: Article) -> None:
    request = asked(article)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(agent)
    assert strict.post(f"/agent/requests/{request.pk}/vote/").status_code == 403
    request.refresh_from_db()
    assert request.votes_count == 1


def test_the_most_wanted_comes_first_on_the_first_page(desk: Desk) -> None:
    asked(sentence="Less wanted")
    more = asked(sentence="More wanted")
    vote(voter=Voter.of("browser", "another"), request=more)
    text = desk.open("/agent/").text
    assert text.index("More wanted") < text.index("Less wanted")


def test_a_declined_request_stays_with_its_reason_and_takes_no_votes(
    desk: Desk, article: Article
) -> None:
    request = asked(article)
    decide(actor=system_user(), request=request, state="declined", reason="It is right.")
    page = desk.open("/agent/articles/prices/")
    assert "declined: It is right." in page.text
    assert not page.tree.xpath("//button[@class='vote']")
    page = desk.post(f"/agent/requests/{request.pk}/vote/", at="prices")
    assert "This was closed in the meantime." in page.text


def test_an_unknown_request_takes_no_vote(desk: Desk) -> None:
    for number in ("0", "99999", "9" * 31):
        assert desk.client.post(f"/agent/requests/{number}/vote/").status_code == 404, number


def test_a_hidden_request_is_not_there(desk: Desk, article: Article) -> None:
    request = asked(article)
    UpdateRequest.objects.filter(pk=request.pk).update(hidden=True)
    assert SENTENCE not in desk.open("/agent/articles/prices/").text
    assert desk.client.post(f"/agent/requests/{request.pk}/vote/").status_code == 404


def test_many_requests_take_no_more_statements(
    desk: Desk, article: Article, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        asked(article, sentence=f"Number {number}")
        asked(sentence=f"General {number}")
    with django_assert_max_num_queries(18):
        desk.open("/agent/articles/prices/")
    with django_assert_max_num_queries(18):
        desk.open("/agent/")


def test_where_a_vote_leads_back_to_is_never_another_site(desk: Desk, article: Article) -> None:
    request = asked(article)
    response = desk.client.post(
        f"/agent/requests/{request.pk}/vote/", {"at": "//elsewhere.example/"}
    )
    assert response.headers["Location"] == "/agent/#requests"


@pytest.fixture
def three_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not thirty, which take their time to send."""
    monkeypatch.setitem(WriteThrottle.THROTTLE_RATES, "reader-writes", "3/min")


def test_who_writes_too_often_is_asked_for_patience(
    desk: Desk, article: Article, three_a_minute: None
) -> None:
    request = asked(article)
    address = f"/agent/requests/{request.pk}/vote/"
    for _ in range(3):
        assert desk.client.post(address, {"at": "prices"}).status_code == 302
    refused = desk.client.post(address, {"at": "prices", "retract": "1"})
    asking = desk.client.post(
        "/agent/articles/prices/ask/", {"sentence": "Not lost.", "locale": "en"}
    )
    for response in (refused, asking):
        assert response.status_code == 429
        assert 1 <= int(response.headers["Retry-After"]) <= 60
        assert "try again in a minute" in Page(response).text
        assert "Prices" in Page(response).text
    assert (
        Page(asking).tree.xpath("string(//input[@name='sentence'][@value!='']/@value)")
        == "Not lost."
    )
    request.refresh_from_db()
    assert request.votes_count == 2
    assert desk.open("/agent/").status == 200


def test_another_agent_at_the_same_address_may_go_on(
    desk: Desk, article: Article, reviewer: User, three_a_minute: None
) -> None:
    address = f"/agent/requests/{asked(article).pk}/vote/"
    assert [desk.client.post(address).status_code for _ in range(4)] == [302, 302, 302, 429]
    colleague = Client()
    colleague.force_login(reviewer)
    assert colleague.post(address).status_code == 302


def test_a_page_shows_the_wishes_of_the_edition_that_it_tells(
    desk: Desk, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(article)
    publish_texts(Retirement(article))
    assert SENTENCE not in desk.open("/agent/").text
    # As if the article were retired after a request had read which edition is current.
    monkeypatch.setattr(page, "current_number", lambda: 1)
    for address in ("/agent/", "/agent/articles/prices/"):
        assert SENTENCE in desk.open(address).text, address
