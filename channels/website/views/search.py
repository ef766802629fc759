"""Searching, and asking for what was not found."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from channels.website.addresses import address, page_languages
from channels.website.page import render_page
from channels.website.reading import begin
from channels.website.searching import asked_and_found


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Hits for `?q=`. Without the search index the page says so, and the topics still lead on."""
    reading = begin(get_language())

    def box(locale: str) -> str:
        return address("search", locale=locale)

    context = asked_and_found(request, reading, channel="website", box=box)
    languages = page_languages("search", current=reading.locale, query=context["asked"])
    return render_page(
        request, "website/search.html", context, reading=reading, languages=languages
    )
