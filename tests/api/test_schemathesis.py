"""The OpenAPI document and the API agree, for requests that it allows and for all others."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import cycle

import pytest
import schemathesis
from django.conf import settings as django_settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from articles.operations.audit import system_user
from articles.operations.topics import save_topic
from channels.delivery.throttle import WriteThrottle
from channels.operations.outbox import drain
from channels.operations.requests import ask
from channels.voters import Voter
from tests.api.conftest import KeyMaker
from tests.building import publish_texts, write_approved

# The committed document; another test compares it with the one that is told.
# Authors call theirs with other keys, in a test of their own.
schema = schemathesis.openapi.from_path(django_settings.BASE_DIR / "docs" / "openapi.json").exclude(
    tag="authors"
)
# Keys come from the fixture below: made-up ones would all end in the same 401.
schema.config.generation.update(with_security_parameters=False)

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
CSRF_TOKEN = "a" * 32


@pytest.fixture
def known(db: None, index: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Something to tell, without a limit to how often; return the ids that addresses take."""
    monkeypatch.setitem(WriteThrottle.THROTTLE_RATES, "reader-writes", None)
    topic = save_topic(actor=system_user(), slug="phones", names={"en": "Phones"})
    revision = write_approved(topic=topic, public_id="activate-esim")
    publish_texts(revision, write_approved("For agents", audience="agent"))
    article = revision.text.article
    request = ask(
        voter=Voter.of("browser", "somebody"),
        locale="en",
        sentence="The third step shows the old screen.",
        origin="api",
        audience_rank=0,
        article=article,
    )
    drain()
    return {
        "public_id": article.public_id,
        "number": "1",
        "request_id": str(request.pk),
        "search_id": "A" * 22,
    }


@pytest.fixture
def application() -> Iterator[WSGIHandler]:
    """The real handler, which would close the test's connection with each request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield WSGIHandler()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(params=["visitor and key"])  # Without a parameter all tests would have one name.
def callers(key: KeyMaker) -> list[dict[str, str]]:
    """The headers of a visitor and those of the holder of a key, in either order."""
    found = [
        {"X-CSRFToken": CSRF_TOKEN, "Cookie": f"csrftoken={CSRF_TOKEN}"},
        {"Authorization": f"Bearer {key()}"},
    ]
    return random.Random(schema.config.seed).sample(found, k=2)


@pytest.fixture
def turns(callers: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    return cycle(callers)


@pytest.fixture(autouse=True)
def seed() -> None:
    """Shown where a test fails."""
    print(f"The same examples again: schema.config.seed = {schema.config.seed}")


@schema.parametrize()
@settings(max_examples=6, database=None, suppress_health_check=list(HealthCheck))
def test_the_api_keeps_to_its_description(
    case: schemathesis.Case,
    application: WSGIHandler,
    known: dict[str, str],
    callers: list[dict[str, str]],
    turns: Iterator[dict[str, str]],
) -> None:
    """What is valid is asked by both callers, what is refused by each in turn."""
    valid = case.meta is None or case.meta.generation.mode.is_positive
    for headers in callers if valid else [next(turns)]:
        case.call_and_validate(checks=CHECKS, headers=headers, app=application)
    if case.path_parameters:
        # A made-up id is nearly always unknown: ask the same of what there is.
        case.path_parameters = {name: known[name] for name in case.path_parameters}
        for headers in callers if valid else [next(turns)]:
            case.call_and_validate(checks=CHECKS, headers=headers, app=application)
