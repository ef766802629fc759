"""The one shape of errors, and the headers that every answer to a read carries."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse


def assert_problem(response: HttpResponse, status: int, code: str = "") -> dict[str, Any]:
    """The response is a problem document (RFC 9457) of this status; return its members."""
    assert response.status_code == status, (response.status_code, response.content[:500])
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    body: dict[str, Any] = json.loads(response.content)
    assert body["status"] == status
    assert body["type"].startswith("urn:knowledge-hub:problem:")
    assert body["title"]
    assert body["detail"]
    assert "Traceback" not in response.content.decode()
    if code:
        assert body["type"].endswith(f":{code}")
    return body


def read(response: HttpResponse) -> dict[str, Any]:
    """The response answers a read with JSON; return it."""
    assert response.status_code == 200, response.content[:500]
    assert response["Content-Type"] == "application/json"
    assert response["Knowledge-Edition"].isdecimal()
    assert response["ETag"].startswith('"')
    assert "Authorization" in response["Vary"]
    body: dict[str, Any] = json.loads(response.content)
    return body
