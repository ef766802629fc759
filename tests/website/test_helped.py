"""Whether an answer helped, and what goes with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from articles.models import Article
from channels.operations.outbox import drain
from channels.website import finding
from channels.website.views import helped, requests
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

    monkeypatch.setattr(finding, "note_outcome", note_outcome)
    monkeypatch.setattr(helped, "note_outcome", note_outcome)
    monkeypatch.setattr(requests, "note_outcome", note_outcome)
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


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions that go into the log."""
    asked: list[str] = []

    def noted(found: object, *, query: str, **more: object) -> str:
        asked.append(query)
        return SEARCH

    monkeypatch.setattr(finding, "noted", noted)
    return asked


def test_all_pages_of_a_search_and_all_that_is_left_of_it_are_one(
    client: Client, esim: Article, searches: list[str], index: Path
) -> None:
    for number in range(22):
        kind = "support" if number else "sales"
        published(f"Charger {number}", slug=f"charger-{number}", kind=kind)
    drain()
    first = hrefs(client.get("/en/search/?q=charger"))
    narrower, second = f"?q=charger&kind=support&s={SEARCH}", f"?q=charger&s={SEARCH}&page=2"
    assert {narrower, second} <= set(first)
    # They are equally good: which of them stand on the first page is open.
    chargers = {f"/en/articles/charger-{number}/?s={SEARCH}" for number in range(22)}
    left = hrefs(client.get(f"/en/search/{second}"))
    assert chargers - set(first) == chargers & set(left) != set()
    assert chargers & set(hrefs(client.get(f"/en/search/{narrower}")))
    assert searches == ["charger"]
    assert not any("s=" in href for href in first if href.startswith("/zh-hans/"))


def test_what_is_opened_on_the_kiosk_is_put_down_too(
    client: Client, esim: Article, searches: list[str], put_down: list[dict[str, Any]], index: Path
) -> None:
    drain()
    address = f"/kiosk/en/articles/{esim.public_id}/?s={SEARCH}"
    assert address in hrefs(client.get("/kiosk/en/search/?q=esim"))
    client.get(address)
    assert put_down == [{"search_id": SEARCH, "what": "opened", "public_id": esim.public_id}]


def test_who_asks_for_what_was_not_found_is_put_down(
    client: Client, esim: Article, searches: list[str], put_down: list[dict[str, Any]], index: Path
) -> None:
    drain()
    (form,) = page(client.get("/en/search/?q=bake bread")).find_class("ask")
    fields = dict(form.form_values())
    assert fields["search"] == SEARCH
    too_short = client.post("/en/requests/ask/", fields | {"sentence": "x"})
    assert f'value="{SEARCH}"' in too_short.content.decode()
    assert put_down == []
    assert client.post("/en/requests/ask/", fields).status_code == 302
    assert put_down == [{"search_id": SEARCH, "what": "asked", "public_id": ""}]
