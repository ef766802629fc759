"""How the hits of a search divide: each value with its name and how many say it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import override

from articles.locales import locales
from articles.models.article import AUDIENCE_CHOICES, Kind
from channels.queries import TopicNode, with_descendants
from channels.search.queries import search

LOCALE = "locale"  # counted by asking the same in each
FACETS = ("kind", "topic", "product", "audience", LOCALE)


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    count: int


def counts_by_locale(
    q: str, *, rank: int, chosen: Mapping[str, Collection[str]], edition: int
) -> dict[str, int]:
    """Return how many hits `q` has in each content locale that has any. Raises SearchUnavailable.

    At most two statements for each locale.
    """
    counts = {
        locale: search(
            q, locale=locale, rank=rank, chosen=chosen, limit=0, edition=edition, stand_ins=False
        ).total
        for locale in locales()
    }
    return {locale: count for locale, count in counts.items() if count}


def named(
    facet: str, counts: Mapping[str, int], *, locale: str, nodes: Iterable[TopicNode] = ()
) -> list[FacetValue]:
    """Return the values of a facet with their names in `locale`, the most frequent first.

    `nodes` are the topics that the reader may know of; any other is left out. What is in a topic
    counts for those above it as well, as hits are narrowed by them.
    """
    nodes = list(nodes)
    if facet == "topic":
        counts = _rolled_up(counts, nodes)
    names = _names(facet, locale, nodes)
    values = [FacetValue(value, names.get(value, value), count) for value, count in counts.items()]
    return sorted(values, key=lambda one: (-one.count, one.label, one.value))


def _rolled_up(counts: Mapping[str, int], nodes: Sequence[TopicNode]) -> dict[str, int]:
    totals = {
        node.slug: sum(counts.get(slug, 0) for slug in with_descendants(node.slug, nodes))
        for node in nodes
    }
    return {slug: total for slug, total in totals.items() if total}


def _names(facet: str, locale: str, nodes: Iterable[TopicNode]) -> dict[str, str]:
    with override(locale):
        if facet == "kind":
            return {kind.value: str(kind.label) for kind in Kind}
        if facet == "audience":
            return {value: str(label) for value, label in AUDIENCE_CHOICES}
    if facet == "topic":
        return {node.slug: node.name(locale) for node in nodes}
    return dict(settings.LOCALES) if facet == LOCALE else {}
