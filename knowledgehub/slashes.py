"""Addresses end with a slash; who leaves it out is sent on with all that they sent."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponsePermanentRedirect
from django.middleware.common import CommonMiddleware


class Slashes(CommonMiddleware):
    """Answers 308 (RFC 9110, 15.4.9) where Django answers 301, which turns a POST into a GET."""

    response_redirect_class = partial(HttpResponsePermanentRedirect, preserve_request=True)
