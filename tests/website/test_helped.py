"""Whether an answer helped, and what goes with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from articles.models import Article
from channels.operations.outbox import drain
from channels.website.views import articles, helped
from tests.building import published
from tests.website.conftest import hrefs, page, words

ADDRESS = "/en/articles/activate-esim/"
SEARCH = "abcdefghijklmnopqrstuv"


@pytest.fixture
def put_down(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What goes into the log."""
    rows: list[dict[str, Any]] = []

    def note_outcome(**row: Any) -> None:
        rows.append(row)

    monkeypatch.setattr(articles, "note_outcome", note_outcome)
    monkeypatch.setattr(helped, "note_outcome", note_outcome)
    return rows


def test_who_comes_from_a_search_is_asked_whether_it_helped(
    client: Client, esim: Article, put_down: list[dict[str, Any]]
) -> None:
    response = client.get(f"{ADDRESS}?s={SEARCH}")
    (form,) = page(response).xpath("//section[@class='helped']/form")
    fields = dict(form.form_values())
    assert (fields["search"], fields["article"]) == (SEARCH, esim.public_id)
    assert put_down == [{"search_id": SEARCH, "what": "opened", "public_id": esim.public_id}]
    (canonical,) = page(response).xpath("//link[@rel='canonical']/@href")
    assert canonical.endswith(ADDRESS)


@pytest.mark.parametrize("came_from", ["", "?s=", "?s=short", "?s=%00", f"?s={SEARCH}x"])
def test_nobody_else_is(
    client: Client, esim: Article, put_down: list[dict[str, Any]], came_from: str
) -> None:
    assert not page(client.get(f"{ADDRESS}{came_from}")).find_class("helped")
    assert put_down == []


@pytest.mark.parametrize(
    ("answer", "what", "then"),
    [("yes", "helped", ADDRESS), ("no", "not_helped", f"{ADDRESS}#requests")],
)
def test_the_answer_is_put_down_and_the_reader_is_thanked(
    client: Client,
    esim: Article,
    put_down: list[dict[str, Any]],
    answer: str,
    what: str,
    then: str,
) -> None:
    said = {"search": SEARCH, "article": esim.public_id, "helped": answer}
    response = client.post("/en/search/helped/", said)
    assert (response.status_code, response["Location"]) == (302, then)
    assert put_down == [{"search_id": SEARCH, "what": what, "public_id": esim.public_id}]
    assert "Thank you." in words(client.get(ADDRESS))


def test_what_is_no_answer_is_refused(
    client: Client, esim: Article, secret: Article, put_down: list[dict[str, Any]]
) -> None:
    good = {"search": SEARCH, "article": esim.public_id, "helped": "yes"}
    for changed in (
        {"search": "x"},
        {"search": "\0"},
        {"article": "missing"},
        {"article": "../etc"},
        {"article": secret.public_id},
        {"helped": "maybe"},
        {"helped": ""},
    ):
        assert client.post("/en/search/helped/", good | changed).status_code == 404, changed
    assert client.get("/en/search/helped/").status_code == 405
    assert put_down == []


def test_answering_needs_the_forms_token_and_has_its_limit(
    esim: Article, put_down: list[dict[str, Any]]
) -> None:
    said = {"search": SEARCH, "article": esim.public_id, "helped": "yes"}
    strange = Client(enforce_csrf_checks=True)
    assert strange.post("/en/search/helped/", said).status_code == 403
    answers = {Client().post("/en/search/helped/", said).status_code for _ in range(31)}
    assert answers == {302, 429}


def test_articles_that_go_with_it_stand_at_the_foot(
    client: Client, esim: Article, secret: Article, index: Path, django_assert_num_queries: Any
) -> None:
    published("Move an eSIM", slug="move", topic=esim.topic)
    published("eSIM for agents", audience="agent", slug="agents")
    drain()
    response = client.get(ADDRESS)
    (related,) = page(response).find_class("related")
    assert [a.text_content() for a in related.iter("a")] == ["Move an eSIM"]
    # Not a second time beside it.
    assert hrefs(response).count("/en/articles/move/") == 1
    for number in range(3):
        published(f"Another eSIM {number}", slug=f"another-{number}")
        drain()
        with django_assert_num_queries(8):
            client.get(ADDRESS)


def test_while_the_search_is_down_nothing_stands_there(
    client: Client, esim: Article, index: Path
) -> None:
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert not page(response).find_class("related")
