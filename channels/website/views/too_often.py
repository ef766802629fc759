"""The page for who sends too much in a short time."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from channels.delivery.throttle import TOO_OFTEN
from channels.website.page import render_page
from channels.website.reading import begin


def too_often(request: HttpRequest, wait: int, *, back: str) -> HttpResponse:
    """Ask for patience: 429, with the seconds to wait (RFC 6585, 4). `back` is the form's page."""
    response = render_page(
        request,
        "website/too_often.html",
        {"sentence": TOO_OFTEN, "back": back},
        reading=begin(get_language()),
        status=HTTPStatus.TOO_MANY_REQUESTS,
    )
    response["Retry-After"] = str(wait)
    return response
