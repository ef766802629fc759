"""Callers of the API: visitors, and holders of keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from channels.models.api_key import Scope
from channels.operations.api_keys import create_api_key

KeyMaker = Callable[..., str]
BOTH = (Scope.READ, Scope.REQUESTS)


@pytest.fixture(autouse=True)
def nobody_has_written_yet() -> Iterator[None]:
    """The throttle counts in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def key(administrator: User) -> KeyMaker:
    """Make a key and return its secret."""

    def make(
        audience: str = "partner",
        *,
        scopes: tuple[str, ...] = BOTH,
        now: datetime | None = None,
        expires_at: datetime | None = None,
    ) -> str:
        _, secret = create_api_key(
            actor=administrator,
            name="a partner",
            audience=audience,
            scopes=scopes,
            now=now,
            expires_at=expires_at,
        )
        return secret

    return make


def with_key(secret: str) -> Client:
    return Client(headers={"Authorization": f"Api-Key {secret}"})
