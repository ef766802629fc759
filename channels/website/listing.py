"""Lists of articles as a page shows them: what each says, where it leads, and page by page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest

from articles.models.article import Kind
from channels.languages import html_lang
from channels.models import Entry
from channels.queries import TopicNode, with_descendants
from channels.website.addresses import address, text_address
from channels.website.reading import Reading

PAGE_SIZE = 30


@dataclass(frozen=True, slots=True)
class Teaser:
    """An article in a list."""

    public_id: str
    title: str
    summary: str
    kind: str
    href: str
    lang: str  # BCP 47
    stands_in: str  # the text's language by its own name where it is not the page's, else ""


@dataclass(frozen=True, slots=True)
class TopicCard:
    """A topic with what is in it; `count` includes the topics below."""

    slug: str
    name: str
    href: str
    count: int
    children: tuple[TopicCard, ...] = ()


def teaser(entry: Any, *, locale: str) -> Teaser:
    """Return how an entry, or a search hit, stands in a list of the site's `locale`."""
    return Teaser(
        public_id=entry.public_id,
        title=entry.title,
        summary=entry.summary,
        kind=str(Kind(entry.kind).label),
        href=text_address(
            locale=locale,
            text_locale=entry.locale,
            slug=entry.slug,
            public_id=entry.public_id,
        ),
        lang=html_lang(entry.locale),
        stands_in="" if entry.locale == locale else settings.LOCALES.get(entry.locale, ""),
    )


def teasers(entries: Iterable[Entry], *, locale: str) -> list[Teaser]:
    return [teaser(entry, locale=locale) for entry in entries]


def topic_counts(reading: Reading) -> dict[str, int]:
    """Return how many articles stand directly in each topic. One statement."""
    counted = reading.best_texts().values("topic").annotate(count=Count("pk"))
    return {row["topic"]: row["count"] for row in counted}


def topic_cards(
    nodes: list[TopicNode], counts: dict[str, int], *, locale: str, parent: str = ""
) -> tuple[TopicCard, ...]:
    """Return the topics below `parent` that have articles, as a tree."""
    cards = []
    for node in nodes:
        if node.parent != parent:
            continue
        count = sum(counts.get(slug, 0) for slug in with_descendants(node.slug, nodes))
        if count:
            href = address("topic", locale=locale, slug=node.slug)
            children = topic_cards(nodes, counts, locale=locale, parent=node.slug)
            cards.append(TopicCard(node.slug, node.name(locale), href, count, children))
    return tuple(cards)


def breadcrumb(topic: str, nodes: list[TopicNode], *, locale: str) -> list[tuple[str, str]]:
    """Return (name, address) of `topic` and those above it, the top first."""
    by_slug = {node.slug: node for node in nodes}
    trail = []
    while node := by_slug.pop(topic, None):
        trail.append((node.name(locale), address("topic", locale=locale, slug=node.slug)))
        topic = node.parent
    return trail[::-1]


def read_kind(request: HttpRequest) -> str:
    """Return the kind that the list is narrowed to, "" for all. Raises Http404."""
    kind = request.GET.get("kind", "")
    if kind and kind not in Kind.values:
        raise Http404("There is no such kind of article.")
    return kind


def kind_filters(chosen: str) -> list[tuple[str, str, bool]]:
    """Return (query, label, whether chosen) for each kind."""
    return [(f"?kind={kind.value}", str(kind.label), kind.value == chosen) for kind in Kind]


def read_page(request: HttpRequest, rows: QuerySet[Any]) -> Page[Any]:
    """Return the page of `rows` that `?page=` asks for. Raises Http404. Two statements."""
    try:
        return Paginator(rows, PAGE_SIZE).page(request.GET.get("page", 1))
    except InvalidPage:
        raise Http404("There is no such page.") from None
