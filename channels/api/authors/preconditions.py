"""Which revision a write is based on, as its caller says it (RFC 9110, 13.1)."""

from __future__ import annotations

import re

from rest_framework.request import Request

from channels.problem import Problem

# A proxy that compresses makes an ETag weak; the number in it is as good.
_NUMBER = re.compile(r'(?:W/)?"(0|[1-9][0-9]{0,8})"')
_DIGEST = re.compile(r'(?:W/)?"([0-9a-f]{64})"')


def number_based_on(request: Request) -> int:
    """Return the number in `If-Match`; 0 for `If-None-Match: *`, which says that there is nothing
    yet. Raises Problem: 428 without either, 400 for what is none of our ETags."""
    return int(_based_on(request, _NUMBER) or 0)


def digest_based_on(request: Request) -> str:
    """Return the digest in `If-Match`, "" for `If-None-Match: *`. Raises Problem as above."""
    return _based_on(request, _DIGEST)


def etag(version: int | str) -> str:
    return f'"{version}"'


def _based_on(request: Request, form: re.Pattern[str]) -> str:
    match, none_match = request.headers.get("If-Match"), request.headers.get("If-None-Match")
    if match is None and none_match is None:
        raise Problem(
            428,
            "precondition-required",
            "Say in If-Match, with the ETag that you read, what this is based on; for something "
            "new say If-None-Match: *.",
        )
    if match is None:
        if none_match is None or none_match.strip() != "*":
            raise Problem(400, "bad-precondition", "A write takes If-None-Match: * alone.")
        return ""
    found = form.fullmatch(match.strip())
    if found is None or none_match is not None:
        raise Problem(
            400,
            "bad-precondition",
            "Send one ETag in If-Match, as it came with what you read.",
        )
    return found[1]
