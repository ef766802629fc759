"""What a cache may keep, and how little is sent to whoever has it already."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.api.conftest import KeyMaker, with_key
from tests.building import published

pytestmark = pytest.mark.django_db
LISTS = [
    f"/api/v1/{path}"
    for path in (
        "articles/",
        "editions/",
        "changes/?since=0",
        "topics/",
        "requests/",
        "editions/1/",
    )
]


def again(client: Client, path: str, etag: str) -> HttpResponse:
    return client.get(path, headers={"If-None-Match": etag})


def test_whoever_has_the_answer_gets_no_body(client: Client, subtests: pytest.Subtests) -> None:
    published()
    for path in LISTS:
        with subtests.test(path):
            first = client.get(path)
            for etag in (first["ETag"], f"W/{first['ETag']}", f'"other", {first["ETag"]}', "*"):
                response = again(client, path, etag)
                assert (response.status_code, response.content) == (304, b"")
                for name in ("ETag", "Knowledge-Edition", "Cache-Control", "Vary"):
                    assert response[name] == first[name]
            for etag in ('"other"', "garbage", "", first["ETag"].strip('"')):
                assert again(client, path, etag).status_code == 200


def test_a_publish_changes_the_etag(client: Client) -> None:
    published("One")
    before = client.get("/api/v1/articles/")["ETag"]
    published("Two")
    assert again(client, "/api/v1/articles/", before).status_code == 200


def test_the_etag_is_the_same_every_time_with_a_cursor_inside(client: Client) -> None:
    published("One")
    published("Two")
    first, second = (client.get("/api/v1/articles/?limit=1") for _ in range(2))
    assert first.json()["next"]
    assert first["ETag"] == second["ETag"]


def test_what_a_key_opens_stays_private(
    client: Client, key: KeyMaker, subtests: pytest.Subtests
) -> None:
    published()
    partner = with_key(key())
    for path in LISTS:
        with subtests.test(path):
            assert "private" not in client.get(path)["Cache-Control"]
            answer = partner.get(path)
            assert answer["Cache-Control"].startswith("private")
            assert {"Authorization", "Accept-Language"} <= set(answer["Vary"].split(", "))


def test_reading_asks_for_no_cookie_and_sets_none(
    client: Client, subtests: pytest.Subtests
) -> None:
    for path in LISTS:
        with subtests.test(path):
            answer = client.get(path)
            assert "Cookie" not in answer.headers.get("Vary", "")
            assert not answer.cookies
