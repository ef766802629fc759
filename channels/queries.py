"""Reading editions: what is told now, and what was told then, for a reader of some rank.

Faces build their pages from these; the text itself comes from `delivery.lookup`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from articles.locales import fallback_chain
from channels.models import Edition, Entry, Pointer, TopicEntry, UpdateRequest

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
    return Pointer.objects.values_list("edition_id", flat=True).get() or 0


def at_edition(rows: QuerySet[M], number: int | None) -> QuerySet[M]:
    """Return those of `rows` (entries of any sort) that edition `number` told (None: the current).

    Pin a request that takes several statements to the number it read first: then it can't mix.
    """
    if number is None:
        return rows.filter(until_edition=None)
    return rows.filter(from_edition_id__lte=number).filter(
        Q(until_edition=None) | Q(until_edition_id__gt=number)
    )


def topics_at(number: int | None) -> list[TopicNode]:
    """Return the topic tree in reading order. One statement."""
    depths: dict[str, int] = {"": -1}
    nodes = []
    for row in at_edition(TopicEntry.objects.order_by("position"), number):
        depths[row.slug] = depths.get(row.parent, -1) + 1
        nodes.append(TopicNode(row.slug, row.parent, depths[row.slug], row.names))
    return nodes


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


def visible_requests(rank: int) -> QuerySet[UpdateRequest]:
    """Return the update requests a reader of this rank may see, most wanted first.

    A request on an article is shown only while that article can be read by them.
    """
    readable = entries_at(None, rank=rank).values("article_id")
    return (
        UpdateRequest.objects.filter(hidden=False, audience_rank__lte=rank)
        .filter(Q(article=None) | Q(article__in=readable))
        .order_by("-votes_count", "-created_at", "-pk")
    )
