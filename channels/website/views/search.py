"""Searching, and asking for what was not found."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from articles.document.text import clean_line
from channels.queries import readable_topics
from channels.search.queries import SearchUnavailable
from channels.website.addresses import page_languages
from channels.website.finding import FROM, Found, find_articles, find_elsewhere
from channels.website.listing import topic_cards, topic_counts
from channels.website.narrowing import (
    FACETS,
    narrowings,
    question,
    read_chosen,
    with_topics_below,
)
from channels.website.page import render_page
from channels.website.reading import RANK, begin

PAGE_SIZE = 20
MOST_WEAK = 5  # hits that are shown where nothing fits
LAST_PAGE = 50
LONGEST = 200  # characters of a question


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Hits for `?q=`, narrowed by `?kind=` and `?topic=`. Without the search index the page says
    so, and the topics still lead on."""
    reading = begin(get_language())
    query = read_query(request)
    number = read_number(request)
    nodes = readable_topics(reading.number, rank=RANK)
    chosen = read_chosen(request, nodes)
    found, elsewhere, is_down = Found(), [], False
    if query:
        try:
            found = find_articles(
                reading,
                query,
                limit=PAGE_SIZE,
                offset=(number - 1) * PAGE_SIZE,
                chosen=with_topics_below(chosen, nodes),
                counted=FACETS,
                channel="website",
            )
            if not (found.fits or chosen):
                elsewhere = find_elsewhere(reading, query)
        except SearchUnavailable:
            is_down = True
    if number > 1 and not (found.hits or is_down):
        raise Http404("There is no such page.")
    # What does not fit is not worth many pages, nor narrowing.
    is_weak = not (found.fits or chosen)
    is_more = number < LAST_PAGE and found.total > number * PAGE_SIZE and not is_weak
    counts = {} if query else topic_counts(reading)
    context = {
        "query": query,
        "found": found,
        "hits": found.hits[:MOST_WEAK] if is_weak else found.hits,
        "elsewhere": elsewhere,
        "is_down": is_down,
        "is_narrowed": bool(chosen),
        "unnarrowed": question(query, {}),
        "meant": question(found.did_you_mean, chosen),
        "narrowings": []
        if is_weak
        else narrowings(
            query, chosen, found.facets, nodes, locale=reading.locale, total=found.total
        ),
        "came_from": f"?{FROM}={found.search_id}" if found.search_id else "",
        "help_phone": settings.HELP_PHONE,
        "topics": topic_cards(nodes, counts, locale=reading.locale),
        "previous": question(query, chosen, page=number - 1) if number > 1 else "",
        "next": question(query, chosen, page=number + 1) if is_more else "",
    }
    languages = page_languages(
        "search", current=reading.locale, query=question(query, chosen) if query else ""
    )
    return render_page(
        request, "website/search.html", context, reading=reading, languages=languages
    )


def read_query(request: HttpRequest) -> str:
    return clean_line(request.GET.get("q", ""))[:LONGEST]


def read_number(request: HttpRequest) -> int:
    """Return the page asked for, from 1. Raises Http404."""
    asked = request.GET.get("page", "1")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 4):
        raise Http404("There is no such page.")
    if not 1 <= int(asked) <= LAST_PAGE:
        raise Http404("There is no such page.")
    return int(asked)
