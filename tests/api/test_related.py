"""GET /api/v1/articles/{id}/related/, and suggestions: for the caller, in the caller's locale."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from channels.operations.outbox import drain
from channels.search.queries import SearchUnavailable
from tests.api.asserting import assert_problem, read
from tests.api.conftest import KeyMaker, with_key
from tests.building import published

pytestmark = pytest.mark.django_db


def titles(answer: dict[str, Any]) -> list[str]:
    return [item["title"] for item in answer["results"]]


def test_an_article_has_others_beside_it(client: Client, index: None, key: KeyMaker) -> None:
    article = published("Activate an eSIM")
    published("Move an eSIM")
    published("eSIM for agents", audience="agent")
    drain()
    path = f"/api/v1/articles/{article.public_id}/related/"
    answer = client.get(path)
    assert titles(read(answer)) == ["Move an eSIM"]
    assert answer["Content-Language"] == "en"
    again = client.get(path, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    agent = with_key(key("agent")).get(path)
    assert sorted(titles(read(agent))) == ["Move an eSIM", "eSIM for agents"]
    assert agent["Cache-Control"].startswith("private")
    # Where the caller's locale has no text, the one that stands in is meant.
    assert titles(read(client.get(f"{path}?locale=zh-hant&limit=1"))) == ["Move an eSIM"]


def test_what_the_caller_may_not_read_is_as_missing(client: Client, index: None) -> None:
    secret = published("For agents", audience="agent")
    chinese = published("账单", locale="zh-hans")
    drain()
    for public_id in (secret.public_id, "missing", "..", "x" * 3000):
        assert_problem(client.get(f"/api/v1/articles/{public_id}/related/"), 404, "not-found")
    path = f"/api/v1/articles/{chinese.public_id}/related/?locale=en"
    assert_problem(client.get(path), 404, "not-found")


@pytest.mark.parametrize(
    "question", ["limit=21", "limit=0", "limit=1000000000", "locale=fr", "q=x"]
)
def test_a_bad_question_is_refused(client: Client, index: None, question: str) -> None:
    article = published()
    drain()
    path = f"/api/v1/articles/{article.public_id}/related/?{question}"
    assert_problem(client.get(path), 400)


def test_without_the_index_it_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def unavailable(*args: Any, **kwargs: Any) -> None:
        raise SearchUnavailable

    monkeypatch.setattr("channels.api.related.related", unavailable)
    path = f"/api/v1/articles/{published().public_id}/related/"
    assert_problem(client.get(path), 503, "search-unavailable")


def test_suggestions_are_the_callers_and_kept_like_any_list(
    client: Client, index: None, key: KeyMaker
) -> None:
    article = published("Activate an eSIM")
    published("Activation for agents", audience="agent")
    drain()
    path = "/api/v1/search/suggest/?q=activ"
    answer = client.get(path)
    told = [{"text": "Activate an eSIM", "locale": "en", "id": article.public_id}]
    assert read(answer) == {"edition": 2, "results": told}
    assert answer["Cache-Control"] == "no-cache"
    assert client.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    agent = with_key(key("agent")).get(path)
    assert len(read(agent)["results"]) == 2
    assert agent["Cache-Control"] == "private, no-cache"
