"""What callers say a search led to."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from channels.models import SearchOutcome
from channels.search.recording import new_search_id
from tests.api.asserting import assert_problem
from tests.building import published

pytestmark = pytest.mark.django_db
Flush = Callable[[], int]


def post(client: Client, search_id: str, **body: Any) -> HttpResponse:
    path = f"/api/v1/searches/{search_id}/outcomes/"
    return client.post(path, json.dumps(body), content_type="application/json")


@pytest.mark.parametrize("what", ["opened", "helped", "not_helped"])
def test_an_outcome_is_noted(client: Client, search_log: Flush, what: str) -> None:
    article, search_id = published(), new_search_id()
    for _ in range(2):
        response = post(client, search_id, article=article.public_id, what=what)
        assert response.status_code == 202
    told = json.loads(response.content)
    assert told == {"search_id": search_id, "article": article.public_id, "what": what}
    search_log()
    kept = SearchOutcome.objects.get()
    assert (kept.search_id, kept.public_id, kept.what) == (search_id, article.public_id, what)


def test_what_a_reader_cannot_read_they_cannot_have_opened(
    client: Client, search_log: Flush
) -> None:
    hidden = published(audience="agent")
    answers = [
        post(client, new_search_id(), article=name, what="opened")
        for name in (hidden.public_id, "bcdfghjkmnpq", "x", "<b>")
    ]
    for answer in answers:
        assert_problem(answer, 404)
        assert answer.content == answers[0].content
    assert search_log() == 0


@pytest.mark.parametrize("search_id", ["x", "x" * 21, "x" * 23, "é" * 22, "x" * 21 + "."])
def test_an_id_that_is_none_is_missing(client: Client, search_id: str) -> None:
    article = published()
    assert_problem(post(client, search_id, article=article.public_id, what="opened"), 404)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"article": "bcdfghjkmnpq"},
        {"what": "opened"},
        {"article": "bcdfghjkmnpq", "what": "bought"},
        {"article": "bcdfghjkmnpq", "what": "asked"},
        {"article": 7, "what": "opened"},
        {"article": "x" * 41, "what": "opened"},
        {"article": "a\u0000b", "what": "opened"},
        {"article": "bcdfghjkmnpq", "what": "opened", "who": "me"},
        {"article": "bcdfghjkmnpq", "what": ["opened"]},
    ],
)
def test_a_body_that_says_something_else_is_refused(client: Client, body: dict[str, Any]) -> None:
    assert_problem(post(client, new_search_id(), **body), 400)


def test_it_asks_little_and_waits_for_no_write(
    client: Client, search_log: Flush, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    article = published()
    with django_assert_max_num_queries(2):
        post(client, new_search_id(), article=article.public_id, what="opened")


def test_it_is_throttled_as_other_writes(client: Client, search_log: Flush) -> None:
    article, search_id = published(), new_search_id()
    statuses = [
        post(client, search_id, article=article.public_id, what="opened").status_code
        for _ in range(31)
    ]
    assert statuses[0] == 202
    assert statuses[-1] == 429
