"""Reading editions: what is told now, and what was told then, for a reader of some rank.

Faces build their pages from these; the text itself comes from `delivery.lookup`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection
from django.db.models import (
    BooleanField,
    ExpressionWrapper,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from articles.locales import fallback_chain
from articles.locales import locales as content_locales
from channels.models import Edition, Entry, Pointer, TopicEntry, UpdateRequest
from channels.models.update_request import UpdateRequestQuerySet

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class TopicNode:
    """A topic as an edition tells it, in the reading order of the tree."""

    slug: str
    parent: str
    depth: int  # 0 at the top
    names: dict[str, str]

    def name(self, locale: str) -> str:
        """Return its name in `locale`, or in the locale that stands in for it, or its slug."""
        for candidate in fallback_chain(locale):
            if candidate in self.names:
                return self.names[candidate]
        return next(iter(self.names.values()), self.slug)


def current_edition() -> Edition | None:
    """Return the edition that readers get; None before the first. One statement."""
    return Pointer.objects.select_related("edition").get().edition


def current_number() -> int:
    """Return the number of the edition that readers get, 0 before the first. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT edition_id FROM channels_pointer WHERE id = 1")
        (number,) = cursor.fetchone()
    return number or 0


def at_edition(rows: QuerySet[M], number: int | None) -> QuerySet[M]:
    """Return those of `rows` (entries of any sort) that edition `number` told (None: the current).

    Pin a request that takes several statements to the number it read first: then it can't mix.
    """
    if number is None:
        return rows.filter(until_edition=None)
    return rows.filter(
        Q(until_edition=None) | Q(until_edition_id__gt=number), from_edition_id__lte=number
    )


def topics_at(number: int | None) -> list[TopicNode]:
    """Return the topic tree in reading order. One statement."""
    return _nodes(at_edition(TopicEntry.objects.order_by("position"), number))


def readable_topics(
    number: int | None, *, rank: int, locales: Collection[str] | None = None
) -> list[TopicNode]:
    """Return the topics that lead readers of this rank to a text, of `locales` if given.

    A topic with nothing for them at or below it may be a secret by its name alone, so that to
    them it is missing. In reading order; one statement.
    """
    entries = entries_at(number, rank=rank)
    if locales is not None:
        entries = entries.filter(locale__in=locales)
    rows = at_edition(TopicEntry.objects.order_by("position"), number)
    rows = rows.annotate(leads=_leads(entries))
    return _leading(list(rows), "leads")


def topics_by_locale(number: int | None, *, rank: int) -> dict[str, list[TopicNode]]:
    """Return for each content locale the topics that lead readers of this rank to a text in it,
    or to one that stands in. In reading order; one statement."""
    entries = entries_at(number, rank=rank)
    places = {locale: f"leads_{place}" for place, locale in enumerate(content_locales())}
    leads = {
        name: _leads(entries.filter(locale__in=fallback_chain(locale)))
        for locale, name in places.items()
    }
    rows = list(at_edition(TopicEntry.objects.order_by("position"), number).annotate(**leads))
    return {locale: _leading(rows, name) for locale, name in places.items()}


def with_descendants(slug: str, nodes: Iterable[TopicNode]) -> list[str]:
    """Return `slug` and the slugs of all topics below it, in reading order."""
    found = {slug}
    for node in nodes:  # Reading order: a parent comes before its children.
        if node.parent in found:
            found.add(node.slug)
    return [node.slug for node in nodes if node.slug in found] or [slug]


def entries_at(number: int | None, *, rank: int) -> QuerySet[Entry]:
    """Return what edition `number` tells readers of this rank; filter and order it further."""
    return at_edition(Entry.objects.visible_to(rank), number)


def visible_requests(rank: int, *, edition: int | None = None) -> UpdateRequestQuerySet:
    """Return the update requests a reader of this rank may see, most wanted first.

    A request on an article is shown only where `edition` (None: the current) tells them of it; so
    is, as `answer` (a public id or None), the article that answers it or will.
    """
    readable = entries_at(edition, rank=rank)
    answer = readable.filter(article=OuterRef("answered_by")).values("public_id")[:1]
    return (
        UpdateRequest.objects.filter(hidden=False, audience_rank__lte=rank)
        .filter(Q(article=None) | Q(article__in=readable.values("article_id")))
        .annotate(answer=Subquery(answer))
        .order_by("-votes_count", "-created_at", "-pk")
    )


def _leads(entries: QuerySet[Entry]) -> ExpressionWrapper:
    return ExpressionWrapper(Q(slug__in=entries.values("topic")), output_field=BooleanField())


def _leading(rows: Sequence[Any], leads: str) -> list[TopicNode]:
    """Return the rows that say so in their attribute `leads`, and those above them."""
    kept = {row.slug for row in rows if getattr(row, leads)}
    for row in reversed(rows):  # Against the reading order: a topic comes before the one above.
        if row.slug in kept:
            kept.add(row.parent)
    return _nodes(row for row in rows if row.slug in kept)


def _nodes(rows: Iterable[TopicEntry]) -> list[TopicNode]:
    """Return the rows, which come in reading order, with how deep each stands."""
    depths: dict[str, int] = {"": -1}
    nodes = []
    for row in rows:
        depths[row.slug] = depths.get(row.parent, -1) + 1
        nodes.append(TopicNode(row.slug, row.parent, depths[row.slug], row.names))
    return nodes
