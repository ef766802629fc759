"""Search: hits of the current edition, best first."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from rest_framework.request import Request

from channels.api.answers import SearchAnswer
from channels.api.base import ApiView, tell
from channels.api.items import HitItem, present
from channels.api.locales import locale_asked
from channels.api.parameters import SearchQuestion
from channels.api.schema import reads
from channels.problem import Problem
from channels.search.queries import Results, SearchUnavailable, search


class Search(ApiView):
    @reads("search", SearchAnswer, 503, question=SearchQuestion)
    def get(self, request: Request) -> HttpResponse:
        """What the current edition tells the caller about `q`."""
        asked = self.asked | {"locale": locale_asked(request, self.asked)}
        try:
            found = search(rank=self.viewer.rank, **asked)
        except SearchUnavailable:
            raise Problem(
                503, "search-unavailable", "Search is being prepared; reading goes on."
            ) from None
        answer = {
            "edition": found.edition,
            "total": found.total,
            "results": present(HitItem, found.hits),
            **_links(request.path, asked, found),
        }
        return tell(request, answer, viewer=self.viewer, edition=found.edition)


def _links(path: str, asked: dict[str, Any], found: Results) -> dict[str, str | None]:
    offset, limit = asked["offset"], asked["limit"]

    def link(offset: int) -> str:
        return f"{path}?{urlencode(asked | {'offset': offset})}"

    more = offset + limit < found.total and offset + limit <= SearchQuestion.FURTHEST
    return {
        "next": link(offset + limit) if more else None,
        "previous": link(max(0, offset - limit)) if offset else None,
    }
