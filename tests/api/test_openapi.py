"""The API's description says what the API does, and changes only on purpose."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from drf_spectacular.validation import validate_schema

from channels.api.documentation import openapi_bytes

COMMITTED = settings.BASE_DIR / "docs" / "openapi.json"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(openapi_bytes())
    return told


def test_the_committed_document_is_the_one_that_is_told(document: dict[str, Any]) -> None:
    assert document == json.loads(COMMITTED.read_text()), "Run `make openapi` and look at the diff."


def test_the_document_is_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    validate_schema(document)


def test_every_refusal_is_described_as_a_problem(document: dict[str, Any]) -> None:
    for operations in document["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                if status >= "400":
                    assert list(response["content"]) == ["application/problem+json"]
            assert {"400", "401", "403"} <= set(operation["responses"])


def test_readers_are_told_nothing_internal(document: dict[str, Any]) -> None:
    told = json.dumps(
        [
            operation["responses"]
            for operations in document["paths"].values()
            for operation in operations.values()
            if "authors" not in operation["tags"]
        ]
    )
    schemas = document["components"]["schemas"]
    reached: set[str] = set()
    while new := set(re.findall(r"#/components/schemas/(\w+)", told)) - reached:
        reached |= new
        told = json.dumps([schemas[name] for name in new])
    assert "ArticleItem" in reached
    properties = {name for schema in reached for name in schemas[schema].get("properties", {})}
    internal = {"actor", "note", "audience_rank", "voter", "origin", "hidden", "entry_digest"}
    assert not properties & internal


@pytest.mark.django_db
def test_the_page_loads_nothing_inline_and_nothing_from_elsewhere(client: Client) -> None:
    page = client.get("/api/docs/")
    text = page.content.decode()
    assert page.status_code == 200
    assert page["Content-Type"] == "text/html; charset=utf-8"
    assert "<style" not in text
    assert " style=" not in text
    assert "://" not in text
    assert text.count("<script") == text.count('<script src="/')
    script = client.get("/api/docs/?script=")
    assert script["Content-Type"] == "application/javascript"
    assert b"/api/v1/openapi.json" in script.content
