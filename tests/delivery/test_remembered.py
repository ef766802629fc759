"""What a reader has already: the pointer alone can say that nothing changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from channels.delivery.remembered import Remembered
from channels.models import Edition
from tests.building import publish_texts, published, write_approved

pytestmark = pytest.mark.django_db


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect the statements of the block."""
    collected: list[str] = []
    with CaptureQueriesContext(connection) as queries:
        yield collected
    collected += [query["sql"] for query in queries.captured_queries]


def now() -> tuple[int, str]:
    edition = Edition.objects.latest("number")
    return edition.number, edition.manifest_digest


def test_who_comes_back_is_answered_by_the_pointer_alone(client: Client) -> None:
    address = f"/api/v1/articles/{published().public_id}/"
    known = {"If-None-Match": client.get(address)["ETag"]}
    first = client.get(address, headers=known)
    with statements() as told:
        again = client.get(address, headers=known)
    assert (first.status_code, again.status_code) == (304, 304)
    assert dict(first.items()) == dict(again.items())
    assert len(told) == 1
    assert "channels_rendering" not in told[0]


def test_a_304_does_not_outlive_its_edition(client: Client) -> None:
    article = published("Roaming", "Old.")
    address = f"/api/v1/articles/{article.public_id}/"
    known = {"If-None-Match": client.get(address)["ETag"]}
    assert client.get(address, headers=known).status_code == 304
    publish_texts(write_approved("Roaming", "New.", article=article))
    assert client.get(address, headers=known).status_code == 200


@pytest.mark.parametrize("name", ["html", "voicexml"])
def test_any_of_the_etags_that_a_cache_has_will_do(client: Client, name: str) -> None:
    address = f"/api/v1/articles/{published().public_id}/"
    etag = client.get(address, {"format": name})["ETag"]
    other = f'"{"0" * 64}{etag[65:-1]}"'
    for known in (f"{other}, {etag}", f"{etag}, {other}", f"W/{etag}", "*"):
        answer = client.get(address, {"format": name}, headers={"If-None-Match": known})
        assert (answer.status_code, answer.content) == (304, b""), known
    for unknown in (other, etag.strip('"'), '"*"', "**"):
        answer = client.get(address, {"format": name}, headers={"If-None-Match": unknown})
        assert answer.status_code == 200, unknown


def test_an_edition_of_another_history_is_another_edition() -> None:
    published()
    number, manifest = now()
    remembered: Remembered[str] = Remembered(most=10)
    remembered.keep("question", (number, manifest), "answer")
    assert remembered.recall("question") == "answer"
    remembered.keep("question", (number, "of a database that was restored"), "answer")
    assert remembered.recall("question") is None


def test_memory_is_bounded() -> None:
    published()
    remembered: Remembered[int] = Remembered(most=10)
    for question in range(25):
        remembered.keep(question, now(), question)
    kept = [question for question in range(25) if remembered.recall(question) is not None]
    assert kept == [20, 21, 22, 23, 24]
