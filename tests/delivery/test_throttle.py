"""How often a key may write: its holder has an allowance of their own, wherever they call from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from articles.operations.audit import system_user
from channels.delivery.throttle import WriteThrottle
from channels.models.api_key import Scope
from channels.operations.api_keys import create_api_key
from tests.requests.asking import asked

pytestmark = pytest.mark.django_db

ALLOWED = 3
HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"


@pytest.fixture(autouse=True)
def few_writes_are_allowed_and_none_was_made(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The throttle counts in the cache, which outlives a test."""
    monkeypatch.setitem(WriteThrottle.THROTTLE_RATES, WriteThrottle.scope, f"{ALLOWED}/min")
    cache.clear()
    yield
    cache.clear()


class Writer:
    """Whoever writes from an address, with a key or without one."""

    def __init__(self, address: str, secret: str = "") -> None:
        headers = {"Authorization": f"Api-Key {secret}"} if secret else {}
        self.client = Client(REMOTE_ADDR=address, headers=headers)
        self.path = f"/api/v1/requests/{asked().pk}/vote/"

    def write(self) -> HttpResponse:
        return self.client.delete(self.path)

    def write_often(self) -> list[int]:
        """Write once more than is allowed; return the statuses."""
        return [self.write().status_code for _ in range(ALLOWED + 1)]


def new_key(name: str) -> str:
    scopes = (Scope.READ, Scope.REQUESTS)
    return create_api_key(actor=system_user(), name=name, audience="public", scopes=scopes)[1]


def test_two_keys_and_a_visitor_at_one_address_take_nothing_from_each_other() -> None:
    writers = {
        "the first key": Writer(HERE, new_key("Shop")),
        "the second key": Writer(HERE, new_key("Bank")),
        "the visitor": Writer(HERE),
    }
    statuses = {who: writer.write_often() for who, writer in writers.items()}
    assert statuses == {who: [*[200] * ALLOWED, 429] for who in writers}


def test_a_key_has_one_allowance_at_all_its_addresses() -> None:
    secret = new_key("Shop")
    Writer(HERE, secret).write_often()
    assert Writer(ELSEWHERE, secret).write().status_code == 429


def test_a_key_that_wrote_too_often_is_told_when_to_come_back_and_may_read() -> None:
    writer = Writer(HERE, new_key("Shop"))
    writer.write_often()
    refused = writer.write()
    assert refused.status_code == 429
    assert refused["Content-Type"] == "application/problem+json"
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert writer.client.get("/api/v1/requests/").status_code == 200
