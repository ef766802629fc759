"""Addresses end with a slash; who leaves it out is sent on with all that they sent."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponsePermanentRedirect
from django.middleware.common import CommonMiddleware


class SentOn(HttpResponsePermanentRedirect):
    """RFC 9110, 15.4.9; Django's 301 would turn a POST into a GET."""

    status_code = HTTPStatus.PERMANENT_REDIRECT


class Slashes(CommonMiddleware):
    response_redirect_class = SentOn
