"""Search: hits of the current edition, best first, and what they divide into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request

from channels.api.answers import SearchAnswer
from channels.api.audiences import rank_asked
from channels.api.base import ApiView, tell
from channels.api.items import FacetItem, HitItem, present
from channels.api.locales import locale_asked
from channels.api.paging import Cursor, Question
from channels.api.parameters import SearchQuestion
from channels.api.schema import reads
from channels.problem import Problem
from channels.queries import TopicNode, current_number, readable_topics, with_descendants
from channels.search.facets import LOCALE, counts_by_locale, named
from channels.search.noted import noted
from channels.search.queries import Results, SearchUnavailable, search


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins. All pages of a search are in one locale and one search of the log; each
    is of the edition that is current when it is asked for."""

    offset: int = 0
    locale: str = ""  # that the first page was told in
    search_id: str = ""


class Search(ApiView):
    @reads("search", SearchAnswer, 503, question=SearchQuestion)
    def get(self, request: Request) -> HttpResponse:
        """What the current edition tells the caller about `q`, best first. Where nothing that fits
        is found in the locale, one that stands in for it answers."""
        asked = self.asked | {"locale": locale_asked(request, self.asked)}
        question = _question(request.path, asked)
        place = _place(question.read(asked.get("cursor")))
        edition = current_number()
        rank = rank_asked(asked, self.viewer)
        counted = asked.get("facets", [])
        wants_topics = "topic" in asked or "topic" in counted
        nodes = readable_topics(edition, rank=rank) if wants_topics else []
        chosen = _chosen(asked, nodes)
        try:
            found = search(
                asked["q"],
                locale=place.locale or asked["locale"],
                rank=rank,
                chosen=chosen,
                counted=[facet for facet in counted if facet != LOCALE],
                limit=asked["limit"],
                offset=place.offset,
                edition=edition,
                stand_ins=not place.locale,
            )
            counts = dict(found.facets)
            if LOCALE in counted:
                counts[LOCALE] = counts_by_locale(
                    asked["q"], rank=rank, chosen=chosen, edition=edition
                )
        except SearchUnavailable:
            raise unavailable() from None
        search_id = place.search_id or noted(
            found, query=asked["q"], locale=asked["locale"], channel="api", rank=rank
        )
        place = Place(place.offset, found.locale, search_id)
        answer = {
            "edition": found.edition,
            "locale": found.locale,
            "total": found.total,
            "fits": found.fits,
            "did_you_mean": found.did_you_mean,
            "results": present(HitItem, found.hits),
            "facets": {
                facet: _presented(facet, counts.get(facet, {}), asked["locale"], nodes)
                for facet in counted
            },
            "search_id": search_id,
            **_links(question, place, found),
        }
        return tell(request, answer, viewer=self.viewer, edition=found.edition, locale=found.locale)


def _question(path: str, asked: dict[str, Any]) -> Question:
    """Return what a cursor belongs to; facets are written as they are asked for."""
    listed = {"facets": ",".join(asked["facets"])} if "facets" in asked else {}
    return Question.of(path, asked | listed)


def _place(cursor: Cursor | None) -> Place:
    """Return where to begin; what stands in a cursor was signed by us."""
    if cursor is None:
        return Place()
    offset, locale, search_id = cursor.key
    return Place(int(offset), str(locale), str(search_id))


def _chosen(asked: dict[str, Any], nodes: Sequence[TopicNode]) -> dict[str, list[str]]:
    """Return what narrows the hits. Raises Problem (400) for a topic that is not there, or has
    nothing for the caller."""
    chosen: dict[str, list[str]] = {
        name: [asked[name]] for name in ("kind", "product") if name in asked
    }
    if "topic" in asked:
        if asked["topic"] not in {node.slug for node in nodes}:
            raise Problem(400, "unknown-topic", "There is no such topic in this edition.")
        chosen["topic"] = with_descendants(asked["topic"], nodes)
    return chosen


def _presented(
    facet: str, counts: Mapping[str, int], locale: str, nodes: Sequence[TopicNode]
) -> list[Any]:
    return present(FacetItem, named(facet, counts, locale=locale, nodes=nodes))


def _links(question: Question, place: Place, found: Results) -> dict[str, str | None]:
    limit = question.limit

    def link(offset: int) -> str:
        key = (offset, place.locale, place.search_id)
        return question.address(Cursor(found.edition, True, key))

    after = place.offset + limit
    more = after < found.total and after <= SearchQuestion.FURTHEST
    before = max(0, place.offset - limit)
    return {
        "next": link(after) if more else None,
        "previous": link(before) if place.offset else None,
    }


def unavailable() -> Problem:
    return Problem(503, "search-unavailable", "Search is being prepared; reading goes on.")
