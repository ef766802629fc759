"""The page for what is not there: it looks for an old address, then helps to find the way."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import get_language

from articles.document.text import clean_line
from channels.delivery.responses import told
from channels.languages import html_lang
from channels.queries import topics_at
from channels.search.queries import SearchUnavailable
from channels.website.finding import find_articles
from channels.website.former import address_of_old_path
from channels.website.listing import Teaser, topic_cards, topic_counts
from channels.website.page import render_page
from channels.website.reading import Reading, begin

SUGGESTIONS = 5

_NOT_WORDS = re.compile(r"[\W_]+|\.\w+$")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Lead an imported site's old address to where it is told today, else say what there is.

    The project's `handler404` for all that is not the API's.
    """
    reading = begin(get_language() or settings.LANGUAGE_CODE)
    if request.method in ("GET", "HEAD"):
        path = request.path
        variants = (request.get_full_path(), path, path.rstrip("/"), f"{path}/")
        if (present := address_of_old_path(reading, variants)) is not None:
            # Asked for again every time: an address may come to lead elsewhere.
            return told(HttpResponsePermanentRedirect(present), edition=reading.number)
    return not_found_page(request, reading)


def not_found_page(
    request: HttpRequest,
    reading: Reading,
    *,
    other_languages: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Answer 404 with a search box, the topics, and where another language has the text.

    What is hidden and what is missing get the same page.
    """
    nodes = topics_at(reading.number)
    elsewhere = [
        (html_lang(locale), settings.LOCALES[locale], href)
        for locale, href in (other_languages or {}).items()
    ]
    query = _words_of(request.path)
    context = {
        "topics": topic_cards(nodes, topic_counts(reading), locale=reading.locale),
        "elsewhere": elsewhere,
        "query": query,
        "suggestions": _suggestions(reading, query) if request.method == "GET" else (),
    }
    return render_page(request, "404.html", context, reading=reading, status=404)


def _suggestions(reading: Reading, query: str) -> Sequence[Teaser]:
    """Return articles that the address may have meant; none while the search is down."""
    if not query:
        return ()
    try:
        found = find_articles(reading, query, limit=SUGGESTIONS)
    except SearchUnavailable:
        return ()
    return [hit.article for hit in found.hits]


def _words_of(path: str) -> str:
    """Return the words of an address's last part, to search for."""
    last = path.rstrip("/").rpartition("/")[2]
    return clean_line(_NOT_WORDS.sub(" ", last))[:100]
