"""Lists of articles: of a topic, and of all there are."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from channels.queries import readable_topics
from channels.website.addresses import page_languages
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


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """A topic's own articles, and the topics below it."""
    reading = begin(get_language())
    nodes = readable_topics(reading.number, rank=RANK)
    node = next((node for node in nodes if node.slug == slug), None)
    if node is None:
        raise Http404("There is no such topic.")
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
    languages = page_languages("topic", current=reading.locale, slug=slug)
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
