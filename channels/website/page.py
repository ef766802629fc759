"""What every page of the website has: its languages, its edition, and the headers that say so."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from channels.delivery.responses import unless_known
from channels.languages import html_lang
from channels.website.addresses import LanguageLink, page_languages
from channels.website.reading import Reading

# Pages with a form carry a token that is one reader's own.
SHARED, PERSONAL = "no-cache", "private, no-cache"


def render_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    reading: Reading,
    languages: list[LanguageLink] | None = None,
    status: int = 200,
    cache: str = PERSONAL,
) -> HttpResponse:
    """Answer with a page. Without `languages` the switch leads to the home page."""
    if languages is None:
        languages = page_languages("home", current=reading.locale)
    page = {
        "site_name": settings.SITE_NAME,
        "reading": reading,
        "lang": html_lang(reading.locale),
        "origin": f"{request.scheme}://{request.get_host()}",
        "languages": languages,
    }
    response = render(request, template, page | context, status=status)
    response["Knowledge-Edition"] = str(reading.number)
    response["Cache-Control"] = cache
    return unless_known(request, response) if cache == SHARED else response
