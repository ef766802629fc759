"""What every face says of its answers: which edition they tell, and who may keep them."""

from __future__ import annotations

import hashlib
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control

R = TypeVar("R", bound=HttpResponseBase)


def told(response: R, *, edition: int, digest: str = "", private: bool = False) -> R:
    """Say on a response which edition it tells, and which text where it tells only one."""
    response.headers["Knowledge-Edition"] = str(edition)
    if digest:
        response.headers["Knowledge-Digest"] = digest
    patch_cache_control(response, no_cache=True, **({"private": True} if private else {}))
    return response


def unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give the response the strong ETag of its bytes; answer 304 to who has them (RFC 9110, 13)."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()}"'
    response.headers["ETag"] = etag
    answer = get_conditional_response(request, etag=etag, response=response) or response
    # Django keeps only what RFC 9110 (15.4.5) asks for; which edition it is must be said, too.
    for name, value in response.items():
        if name.startswith("Knowledge-"):
            answer.headers[name] = value
    return answer
