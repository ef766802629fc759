"""Problem documents (RFC 9457): what went wrong, in one shape for every part of the API."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """A request that is refused. `code` names the kind of problem for programs."""

    def __init__(self, status: int, code: str, detail: str = "", **extensions: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.extensions = extensions


def problem_body(
    status: int, code: str = "", detail: str = "", **extensions: Any
) -> dict[str, Any]:
    """Return the members of RFC 9457 section 3.1; `type` is a relative URN of `code`."""
    body: dict[str, Any] = {
        "type": f"urn:knowledge-hub:problem:{code}" if code else "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
    }
    if detail:
        body["detail"] = detail
    return body | extensions


def problem_response(problem: Problem) -> HttpResponse:
    body = problem_body(problem.status, problem.code, problem.detail, **problem.extensions)
    return HttpResponse(
        json.dumps(body, ensure_ascii=False).encode(),
        status=problem.status,
        content_type=MEDIA_TYPE,
    )
