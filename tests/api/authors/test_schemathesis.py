"""The authors' side and its description agree, for requests that it allows and for all others."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from django.conf import settings as django_settings
from django.contrib.auth.models import User
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
from articles.operations.remarks import add_remark
from articles.operations.topics import save_topic
from channels.delivery.throttle import WriteThrottle
from channels.operations.releases import create_release
from tests.api.authors.program import Program
from tests.api.authors.test_snippets import picture, upload
from tests.building import snippet, write_approved

schema = schemathesis.openapi.from_path(django_settings.BASE_DIR / "docs" / "openapi.json").include(
    tag="authors"
)
schema.config.generation.update(with_security_parameters=False)

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture
def known(publisher: User, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Something at each address, and a key that may do anything with it."""
    monkeypatch.setitem(WriteThrottle.THROTTLE_RATES, "author-writes", None)
    program = Program(publisher)
    save_topic(actor=system_user(), slug="phones", names={"en": "Phones"})
    revision = write_approved("Roaming", public_id="roaming-abroad")
    snippet("name", "text", "Tidewave")
    release = create_release(actor=publisher, name="May", items=[revision])
    remark = add_remark(actor=publisher, revision=revision, words="Why?")
    return {
        "secret": program.secret,
        "public_id": "roaming-abroad",
        "locale": "en",
        "number": "1",
        "key": "name",
        "slug": "phones",
        "name": upload(program, picture()).json()["name"],
        "release_id": str(release.pk),
        "item_id": str(release.items.get().pk),
        "remark_id": str(remark.pk),
        "kind": "sales",
    }


@pytest.fixture
def application(known: dict[str, str]) -> Iterator[WSGIHandler]:
    """The real handler, which would close the test's connection with each request; the test client,
    used before, connects the signals anew."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield WSGIHandler()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=2,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_the_authors_side_keeps_to_its_description(
    case: schemathesis.Case, application: WSGIHandler, known: dict[str, str]
) -> None:
    headers = {"Authorization": f"Bearer {known['secret']}"}
    case.call_and_validate(checks=CHECKS, headers=headers, app=application)
    # A made-up id is nearly always unknown, a made-up ETag none: ask the same of what there is.
    if case.path_parameters:
        case.path_parameters = {name: known[name] for name in case.path_parameters}
    headers |= {"If-Match": '"1"'}
    for name in ("If-Match", "If-None-Match", "Idempotency-Key"):
        case.headers.pop(name, None)
    case.call_and_validate(checks=CHECKS, headers=headers, app=application)
