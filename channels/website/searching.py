"""A search as a page shows it: what was asked, what was found, how to go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest

from articles.document.text import clean_line
from channels.queries import readable_topics
from channels.search.queries import SearchUnavailable
from channels.search.recording import is_search_id
from channels.website.finding import FROM, Found, find_articles, find_elsewhere
from channels.website.listing import topic_cards, topic_counts
from channels.website.narrowing import (
    FACETS,
    narrowings,
    question,
    read_chosen,
    with_topics_below,
)
from channels.website.reading import RANK, Reading

PAGE_SIZE = 20
MOST_WEAK = 5  # hits that are shown where nothing fits
LAST_PAGE = 50
LONGEST = 200  # characters of a question


def asked_and_found(
    request: HttpRequest, reading: Reading, *, channel: str, box: Callable[[str], str]
) -> dict[str, Any]:
    """Return what a page says of the search that its address asks for: `?q=`, narrowed by `?kind=`
    and `?topic=`. Raises Http404 for a page or a narrowing that there is not.

    `box` gives the address of the search in a locale.
    """
    query = clean_line(request.GET.get("q", ""))[:LONGEST]
    number = _page_number(request)
    nodes = readable_topics(reading.number, rank=RANK)
    chosen = read_chosen(request, nodes)
    known = request.GET.get(FROM, "")
    known = known if is_search_id(known) else ""
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
                # Another page of it, or less of it, is the same search.
                channel="" if known or number > 1 else channel,
            )
            if not (found.fits or chosen):
                elsewhere = find_elsewhere(reading, query, box=box)
        except SearchUnavailable:
            is_down = True
    if number > 1 and not (found.hits or is_down):
        raise Http404("There is no such page.")
    # What does not fit is not worth many pages, nor narrowing.
    is_weak = not (found.fits or chosen)
    is_more = number < LAST_PAGE and found.total > number * PAGE_SIZE and not is_weak
    counts = {} if query else topic_counts(reading)
    search_id = known or found.search_id
    carried = {FROM: search_id} if search_id else {}
    same = {**chosen, **carried}
    return {
        "query": query,
        "asked": question(query, chosen) if query else "",
        "found": found,
        "hits": found.hits[:MOST_WEAK] if is_weak else found.hits,
        "elsewhere": elsewhere,
        "is_down": is_down,
        "is_narrowed": bool(chosen),
        "unnarrowed": question(query, carried),
        "meant": question(found.did_you_mean, chosen),
        "narrowings": []
        if is_weak
        else narrowings(
            query,
            chosen,
            found.facets,
            nodes,
            locale=reading.locale,
            total=found.total,
            carried=carried,
        ),
        "search_id": search_id,
        "came_from": f"?{FROM}={search_id}" if search_id else "",
        "help_phone": settings.HELP_PHONE,
        "topics": topic_cards(nodes, counts, locale=reading.locale),
        "previous": question(query, same, page=number - 1) if number > 1 else "",
        "next": question(query, same, page=number + 1) if is_more else "",
    }


def _page_number(request: HttpRequest) -> int:
    """Return the page asked for, from 1. Raises Http404."""
    asked = request.GET.get("page", "1")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 4):
        raise Http404("There is no such page.")
    if not 1 <= int(asked) <= LAST_PAGE:
        raise Http404("There is no such page.")
    return int(asked)
