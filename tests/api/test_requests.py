"""The readers' side of the API: asking, voting, and who may."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import signing
from django.http import HttpResponse
from django.test import Client

from articles.operations.audit import system_user
from channels.api import requests
from channels.models import UpdateRequest, Vote
from channels.models.api_key import Scope
from channels.operations.items import Retirement
from channels.operations.publishing import publish
from channels.operations.requests import decide, set_hidden
from channels.voters import COOKIE, SALT, Voter
from tests.api.asserting import assert_problem, read
from tests.api.conftest import KeyMaker, with_key
from tests.building import published

pytestmark = pytest.mark.django_db
PATH = "/api/v1/requests/"
SENTENCE = "The third step shows the old screen."


def post(client: Client, path: str = PATH, **body: Any) -> HttpResponse:
    body = {"sentence": SENTENCE, "locale": "en"} | body
    return client.post(path, json.dumps(body), content_type="application/json")


def made(response: HttpResponse) -> dict[str, Any]:
    assert response.status_code == 201, response.content
    told: dict[str, Any] = json.loads(response.content)
    return told


def test_feedback_on_an_article_becomes_a_request_with_one_vote(client: Client) -> None:
    article = published()
    response = post(client, f"/api/v1/articles/{article.public_id}/feedback/")
    told = made(response)
    assert told["article"] == article.public_id
    assert (told["sentence"], told["locale"], told["state"]) == (SENTENCE, "en", "open")
    assert told["votes"] == 1
    assert read(client.get(response["Location"])) == told
    assert UpdateRequest.objects.get().origin == "api"


def test_a_request_may_name_an_article_or_none(client: Client) -> None:
    article = published()
    assert made(post(client))["article"] is None
    assert made(post(client, article=article.public_id))["article"] == article.public_id


def test_the_same_reader_asking_the_same_again_gets_the_request_they_made(client: Client) -> None:
    first = made(post(client))
    again = post(client)
    assert again.status_code == 200
    assert again.json() == first
    assert UpdateRequest.objects.count() == 1


def test_requests_are_listed_most_wanted_first(client: Client) -> None:
    little = made(post(client, sentence="Little wanted"))
    much = made(post(client, sentence="Much wanted"))
    Client().post(f"{PATH}{much['id']}/vote/")
    answer = read(client.get(PATH))
    assert [item["id"] for item in answer["results"]] == [much["id"], little["id"]]
    first = read(client.get(PATH + "?limit=1"))
    second = read(client.get(first["next"]))
    assert [page["results"][0]["id"] for page in (first, second)] == [much["id"], little["id"]]


def test_the_list_is_filtered(client: Client) -> None:
    article = published()
    about = made(post(client, article=article.public_id))
    chinese = made(post(client, locale="zh-hans"))
    declined = UpdateRequest.objects.get(pk=made(post(client, sentence="Free phones"))["id"])
    decide(actor=system_user(), request=declined, state="declined", reason="We sell them.")

    def ids(question: str) -> list[int]:
        return [item["id"] for item in read(client.get(f"{PATH}?{question}"))["results"]]

    assert ids(f"article={article.public_id}") == [about["id"]]
    assert ids("locale=zh-hans") == [chinese["id"]]
    assert ids("state=declined") == [declined.pk]
    assert read(client.get(f"{PATH}{declined.pk}/"))["reason"] == "We sell them."


def test_one_person_has_one_vote_and_can_take_it_back(client: Client) -> None:
    wanted = made(post(Client()))
    path = f"{PATH}{wanted['id']}/vote/"
    for _ in range(2):
        voted = client.post(path)
        assert voted.json() == {"request": wanted["id"], "votes": 2, "voted": True}
    for _ in range(2):
        taken_back = client.delete(path)
        assert taken_back.json() == {"request": wanted["id"], "votes": 1, "voted": False}


def test_a_key_an_account_and_a_browser_are_three_voters(
    client: Client, key: KeyMaker, agent: User
) -> None:
    wanted = made(post(Client()))
    path = f"{PATH}{wanted['id']}/vote/"
    secret = key("public")
    signed_in = Client()
    signed_in.force_login(agent)
    for voter in (client, with_key(secret), with_key(secret), signed_in, signed_in):
        response = voter.post(path)
    assert response.json()["votes"] == 4
    assert COOKIE in client.cookies
    assert COOKIE not in signed_in.cookies


def test_a_made_up_browser_token_is_no_second_voter(client: Client) -> None:
    """It counts as none: the browser gets one of ours, and votes with that."""
    wanted = made(post(client))
    for made_up in ("made-up", signing.dumps("made-up", salt="of somebody else")):
        forged = Client()
        forged.cookies[COOKIE] = made_up
        forged.post(f"{PATH}{wanted['id']}/vote/")
        assert signing.loads(forged.cookies[COOKIE].value, salt=SALT) != "made-up"
        forged.post(f"{PATH}{wanted['id']}/vote/")
    assert Vote.objects.count() == 3
    assert not Vote.objects.filter(voter=Voter.of("browser", "made-up").hash).exists()


def test_nobody_votes_by_reading(client: Client) -> None:
    wanted = made(post(Client()))
    response = client.get(f"{PATH}{wanted['id']}/vote/")
    assert_problem(response, 405, "method-not-allowed")
    assert response["Allow"] == "POST, DELETE, OPTIONS"
    assert Vote.objects.count() == 1


def test_a_closed_request_takes_no_votes(client: Client) -> None:
    wanted = UpdateRequest.objects.get(pk=made(post(Client()))["id"])
    decide(actor=system_user(), request=wanted, state="declined", reason="No.")
    assert_problem(client.post(f"{PATH}{wanted.pk}/vote/"), 409, "refused")


def test_a_browser_must_show_a_csrf_token() -> None:
    browser = Client(enforce_csrf_checks=True)
    assert_problem(post(browser), 403, "csrf")
    token = "a" * 32
    browser.cookies["csrftoken"] = token
    with_token = browser.post(
        PATH,
        json.dumps({"sentence": SENTENCE, "locale": "en"}),
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )
    wanted = made(with_token)
    assert_problem(browser.post(f"{PATH}{wanted['id']}/vote/"), 403, "csrf")
    assert_problem(browser.delete(f"{PATH}{wanted['id']}/vote/"), 403, "csrf")
    assert Vote.objects.count() == 1


def test_a_session_gives_no_way_around_the_csrf_token(agent: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(agent)
    assert_problem(post(browser), 403, "csrf")


def test_a_key_needs_no_csrf_token_but_a_scope(key: KeyMaker) -> None:
    writer = Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {key('partner')}"})
    assert post(writer).status_code == 201
    reader = with_key(key("partner", scopes=(Scope.READ,)))
    assert_problem(post(reader), 403, "missing-scope")
    assert UpdateRequest.objects.count() == 1


def test_what_partners_ask_is_not_shown_to_everybody(client: Client, key: KeyMaker) -> None:
    partner = with_key(key("partner"))
    wanted = made(post(partner, sentence="Our margin is wrong."))
    assert read(client.get(PATH))["results"] == []
    assert_problem(client.get(f"{PATH}{wanted['id']}/"), 404, "not-found")
    assert len(read(partner.get(PATH))["results"]) == 1


def test_a_hidden_article_answers_as_a_missing_one_does(client: Client) -> None:
    hidden = published(audience="agent").public_id
    for public_id in (hidden, "no-such-article"):
        feedback = post(client, f"/api/v1/articles/{public_id}/feedback/")
        about = post(client, article=public_id)
        assert_problem(feedback, 404, "not-found")
        assert feedback.content == about.content
        assert feedback.content == post(client, article="missing").content
        assert client.get(f"{PATH}?article={public_id}").content == feedback.content
    assert not UpdateRequest.objects.exists()


def test_a_hidden_request_answers_as_a_missing_one_does(client: Client) -> None:
    wanted = UpdateRequest.objects.get(pk=made(post(Client()))["id"])
    set_hidden(actor=system_user(), request=wanted, hidden=True)
    missing = wanted.pk + 1
    for ask in (
        lambda pk: client.get(f"{PATH}{pk}/"),
        lambda pk: client.post(f"{PATH}{pk}/vote/"),
        lambda pk: client.delete(f"{PATH}{pk}/vote/"),
    ):
        assert_problem(ask(wanted.pk), 404, "not-found")
        assert ask(wanted.pk).content == ask(missing).content
        assert dict(ask(wanted.pk).headers) == dict(ask(missing).headers)


def test_who_writes_too_often_is_told_when_to_come_back(client: Client) -> None:
    wanted = made(post(Client(REMOTE_ADDR="192.0.2.1")))
    path = f"{PATH}{wanted['id']}/vote/"
    for _ in range(30):
        assert client.delete(path).status_code == 200
    refused = client.delete(path)
    assert_problem(refused, 429, "too-many-requests")
    assert 1 <= int(refused["Retry-After"]) <= 60
    # A header that anybody can send gives no fresh start, and reading goes on.
    assert client.delete(path, headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 429
    assert client.get(PATH).status_code == 200
    assert Client(REMOTE_ADDR="192.0.2.9").delete(path).status_code == 200


def test_listing_requests_takes_a_constant_number_of_statements(
    client: Client, django_assert_num_queries: Any
) -> None:
    article = published()
    for size in (1, 10):
        for number in range(size):
            voter = Client(REMOTE_ADDR=f"192.0.2.{size + number}")
            made(post(voter, sentence=f"Request {size} {number}", article=article.public_id))
        with django_assert_num_queries(2):
            client.get(PATH)


def test_a_list_shows_the_requests_of_the_edition_that_it_names(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = published()
    made(post(client, article=article.public_id))
    publish(items=[Retirement(article)], actor=system_user())
    assert read(client.get(PATH))["results"] == []
    # As if the article were retired after a request had read which edition is current.
    monkeypatch.setattr(requests, "pin", lambda: 1)
    monkeypatch.setattr(requests, "current_number", lambda: 1)
    (wanted,) = read(client.get(f"{PATH}?article={article.public_id}"))["results"]
    assert read(client.get(f"{PATH}{wanted['id']}/")) == wanted
