"""Lists of articles: of a topic, and of all there are."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from channels.queries import topics_by_locale
from channels.website.addresses import address, language_links, page_languages
from channels.website.listing import (
    breadcrumb,
    kind_filters,
    read_kind,
    read_page,
    teasers,
    topic_cards,
    topic_counts,
)
from channels.website.page import SHARED, render_page
from channels.website.reading import RANK, begin
from channels.website.views.errors import not_found_page


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """A topic's own articles, and the topics below it."""
    reading = begin(get_language())
    topics = topics_by_locale(reading.number, rank=RANK)
    hrefs = {
        locale: address("topic", locale=locale, slug=slug)
        for locale, nodes in topics.items()
        if any(node.slug == slug for node in nodes)
    }
    if not hrefs:
        raise Http404("There is no such topic.")
    if reading.locale not in hrefs:
        return not_found_page(request, reading, other_languages=hrefs)
    nodes = topics[reading.locale]
    node = next(node for node in nodes if node.slug == slug)
    kind = read_kind(request)
    entries = reading.best_texts().filter(topic=slug).order_by("title", "pk")
    page = read_page(request, entries.filter(kind=kind) if kind else entries)
    context = {
        "name": node.name(reading.locale),
        "trail": breadcrumb(node.parent, nodes, locale=reading.locale),
        "subtopics": topic_cards(nodes, topic_counts(reading), locale=reading.locale, parent=slug),
        "page": page,
        "articles": teasers(page, locale=reading.locale),
        "kind": kind,
        "kinds": kind_filters(kind),
        "canonical": request.path,
    }
    languages = language_links(
        {locale: address("home", locale=locale) for locale in topics} | hrefs,
        current=reading.locale,
        available=hrefs,
    )
    return render_page(
        request,
        "website/topic.html",
        context,
        reading=reading,
        languages=languages,
        cache=SHARED,
    )


@require_safe
def all_articles(request: HttpRequest) -> HttpResponse:
    """Every article, also those without a topic."""
    reading = begin(get_language())
    kind = read_kind(request)
    entries = reading.best_texts().order_by("title", "pk")
    page = read_page(request, entries.filter(kind=kind) if kind else entries)
    context = {
        "page": page,
        "articles": teasers(page, locale=reading.locale),
        "kind": kind,
        "kinds": kind_filters(kind),
        "canonical": request.path,
    }
    languages = page_languages("articles", current=reading.locale)
    return render_page(
        request,
        "website/articles.html",
        context,
        reading=reading,
        languages=languages,
        cache=SHARED,
    )
