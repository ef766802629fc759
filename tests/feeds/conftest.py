"""Partners' keys, and a reader that carries one."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from channels.models import ApiKey
from channels.models.api_key import Scope
from channels.operations.api_keys import create_api_key

Fetch = Callable[..., HttpResponse]
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
def partner_key(administrator: User) -> tuple[ApiKey, str]:
    return create_api_key(actor=administrator, name="Phone shop", audience="partner")


@pytest.fixture
def key_without_scope(administrator: User) -> str:
    _, secret = create_api_key(
        actor=administrator, name="Votes only", audience="partner", scopes=[Scope.REQUESTS]
    )
    return secret


@pytest.fixture
def fetch(client: Client, partner_key: tuple[ApiKey, str]) -> Fetch:
    def _fetch(path: str, **headers: str) -> HttpResponse:
        return client.get(path, headers={"Authorization": f"Bearer {partner_key[1]}", **headers})

    return _fetch


def basic(password: str) -> str:
    return "Basic " + base64.b64encode(f"anybody:{password}".encode()).decode()
