"""Searching, and asking for what was not found."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from articles.document.text import clean_line
from channels.search.queries import SearchUnavailable
from channels.website.addresses import page_languages
from channels.website.finding import Found, find_articles
from channels.website.page import render_page
from channels.website.reading import begin

PAGE_SIZE = 20
LAST_PAGE = 50
LONGEST = 200  # characters of a question


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Hits for `?q=`. Without the search index the page says so, and the topics still lead on."""
    reading = begin(get_language())
    query = clean_line(request.GET.get("q", ""))[:LONGEST]
    number = _page_number(request)
    found, is_down = Found([], 0), False
    if query:
        try:
            first = (number - 1) * PAGE_SIZE
            found = find_articles(reading, query, limit=PAGE_SIZE, offset=first)
        except SearchUnavailable:
            is_down = True
    if number > 1 and not (found.hits or is_down):
        raise Http404("There is no such page.")
    is_more = number < LAST_PAGE and found.total > number * PAGE_SIZE
    context = {
        "query": query,
        "found": found,
        "is_down": is_down,
        "previous": _address(query, number - 1) if number > 1 else "",
        "next": _address(query, number + 1) if is_more else "",
    }
    languages = page_languages(
        "search",
        current=reading.locale,
        query=f"?{urlencode({'q': query})}" if query else "",
    )
    return render_page(
        request, "website/search.html", context, reading=reading, languages=languages
    )


def _page_number(request: HttpRequest) -> int:
    """Return the page asked for, from 1. Raises Http404."""
    asked = request.GET.get("page", "1")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 4):
        raise Http404("There is no such page.")
    if not 1 <= int(asked) <= LAST_PAGE:
        raise Http404("There is no such page.")
    return int(asked)


def _address(query: str, number: int) -> str:
    return f"?{urlencode({'q': query, 'page': number})}"
