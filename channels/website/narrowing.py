"""Narrowing what was found: by kind and topic, each choice a link that says how many are left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.utils.translation import gettext

from articles.document.text import clean_line
from articles.operations.products import MAX_PRODUCT
from channels.queries import TopicNode, with_descendants
from channels.search.facets import named
from channels.website.listing import read_kind

FACETS = ("kind", "topic", "product")
MOST_CHOICES = 5


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    href: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Narrowing:
    """By one facet: what is chosen, with the way to take it back, and what else can be."""

    name: str
    chosen: Choice | None
    choices: Sequence[Choice]


def read_chosen(request: HttpRequest, nodes: Sequence[TopicNode]) -> dict[str, str]:
    """Return what `?kind=`, `?topic=` and `?product=` narrow to. Raises Http404."""
    chosen = {
        "kind": read_kind(request),
        "topic": request.GET.get("topic", ""),
        "product": clean_line(request.GET.get("product", "")),
    }
    if chosen["topic"] and chosen["topic"] not in {node.slug for node in nodes}:
        raise Http404("There is no such topic.")
    if len(chosen["product"]) > MAX_PRODUCT:
        raise Http404("There is no such product.")
    return {facet: value for facet, value in chosen.items() if value}


def with_topics_below(
    chosen: Mapping[str, str], nodes: Sequence[TopicNode]
) -> dict[str, list[str]]:
    """Return the values to search for."""
    return {
        facet: with_descendants(value, nodes) if facet == "topic" else [value]
        for facet, value in chosen.items()
    }


def narrowings(
    query: str,
    chosen: Mapping[str, str],
    facets: Mapping[str, Mapping[str, int]],
    nodes: Sequence[TopicNode],
    *,
    locale: str,
    total: int,
    carried: Mapping[str, str] | None = None,
) -> list[Narrowing]:
    """Return what can be chosen, and what is. A choice that would leave all of it is none; links
    take along what is `carried`."""
    names = {"kind": gettext("Kind"), "topic": gettext("Topic"), "product": gettext("Product")}
    along = carried or {}
    found = []
    for facet in FACETS:
        values = named(facet, facets.get(facet, {}), locale=locale, nodes=nodes)
        rest = {other: value for other, value in chosen.items() if other != facet}
        choices = [
            Choice(one.label, question(query, {**rest, facet: one.value, **along}), one.count)
            for one in values
            if one.count < total
        ]
        mine = None
        if value := chosen.get(facet):
            labels = {
                one.value: one.label for one in named(facet, {value: 1}, locale=locale, nodes=nodes)
            }
            mine = Choice(labels[value], question(query, {**rest, **along}))
        if mine or choices:
            found.append(Narrowing(names[facet], mine, choices[:MOST_CHOICES]))
    return found


def question(query: str, chosen: Mapping[str, str], *, page: int = 1) -> str:
    """Return the query string of a page of a narrowed search."""
    at = {"page": str(page)} if page > 1 else {}
    return f"?{urlencode({'q': query, **chosen, **at})}"
