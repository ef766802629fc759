"""GET /api/v1/search/: a thin layer over searching."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils.safestring import mark_safe

from channels.operations.outbox import drain
from channels.search.queries import Hit, Results, SearchUnavailable
from tests.api.asserting import assert_problem, read
from tests.building import published

pytestmark = pytest.mark.django_db
HIT = Hit(
    "activate-esim",
    "en",
    "activate-an-esim",
    "Activate an eSIM",
    "In five steps.",
    mark_safe("Open the <mark>settings</mark>."),
    "support",
    "esim",
    "public",
)


class Recorder:
    """Answers every question with a hundred hits, and remembers the question."""

    asked: dict[str, Any]

    def search(self, q: str, **asked: Any) -> Results:
        self.asked = {"q": q, **asked}
        return Results([HIT] * asked["limit"], 100, 7)


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    recorder = Recorder()
    monkeypatch.setattr("channels.api.search.search", recorder.search)
    return recorder


def test_hits_say_where_they_lead_and_which_edition_told_them(
    client: Client, recorder: Recorder
) -> None:
    answer = client.get("/api/v1/search/?q=settings&locale=en&limit=1")
    body = read(answer)
    assert body["results"] == [
        {
            "id": "activate-esim",
            "locale": "en",
            "converted_from": None,
            "slug": "activate-an-esim",
            "title": "Activate an eSIM",
            "summary": "In five steps.",
            "snippet": "Open the <mark>settings</mark>.",
            "kind": "support",
            "topic": "esim",
            "url": "/api/v1/articles/activate-esim/?locale=en",
        }
    ]
    assert (body["edition"], body["total"]) == (7, 100)
    assert answer["Knowledge-Edition"] == "7"


def test_a_visitor_searches_as_a_visitor_in_their_language(
    client: Client, recorder: Recorder
) -> None:
    client.get("/api/v1/search/?q=esim", headers={"Accept-Language": "zh-HK"})
    assert recorder.asked == {"q": "esim", "locale": "zh-hant", "rank": 0, "limit": 20, "offset": 0}


def test_pages_lead_on_and_back_and_end(client: Client, recorder: Recorder) -> None:
    first = read(client.get("/api/v1/search/?q=e-SIM%20%26%20co&limit=40"))
    second = read(client.get(first["next"]))
    third = read(client.get(second["next"]))
    assert recorder.asked["q"] == "e-SIM & co"
    assert recorder.asked["offset"] == 80
    assert first["previous"] is None
    assert third["next"] is None
    assert read(client.get(third["previous"]))["previous"] == second["previous"]


def test_what_was_published_is_found(client: Client, index: None) -> None:
    article = published("Activate an eSIM", "Open the settings.")
    published("For agents", "Open the settings, too.", audience="agent")
    drain()
    answer = read(client.get("/api/v1/search/?q=settings"))
    assert [hit["id"] for hit in answer["results"]] == [article.public_id]
    assert answer["total"] == 1
    assert read(client.get("/api/v1/search/?q=settings&offset=1"))["results"] == []


def test_without_its_index_search_says_so_and_reading_goes_on(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable(*args: Any, **kwargs: Any) -> Results:
        raise SearchUnavailable

    monkeypatch.setattr("channels.api.search.search", unavailable)
    assert_problem(client.get("/api/v1/search/?q=esim"), 503, "search-unavailable")
    assert client.get("/api/v1/articles/").status_code == 200
