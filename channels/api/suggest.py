"""Suggestions: what the caller may be about to ask."""

from __future__ import annotations

from django.http import HttpResponse
from rest_framework.request import Request

from channels.api.answers import SuggestAnswer
from channels.api.base import ApiView, tell
from channels.api.items import SuggestionItem, present
from channels.api.locales import locale_asked
from channels.api.parameters import SuggestQuestion
from channels.api.schema import reads
from channels.api.search import unavailable
from channels.queries import current_number
from channels.search.queries import SearchUnavailable
from channels.search.suggesting import suggest
from channels.search.unanswered import frequent_queries


class Suggest(ApiView):
    @reads("suggest", SuggestAnswer, 503, question=SuggestQuestion)
    def get(self, request: Request) -> HttpResponse:
        """Titles and questions of what the caller may read that go on from `q`, the last word of
        which may be half typed."""
        edition = current_number()
        try:
            suggestions = suggest(
                self.asked["q"],
                locale=locale_asked(request, self.asked),
                rank=self.viewer.rank,
                limit=self.asked["limit"],
                edition=edition,
                frequent=frequent_queries,
            )
        except SearchUnavailable:
            raise unavailable() from None
        answer = {"edition": edition, "results": present(SuggestionItem, suggestions)}
        return tell(request, answer, viewer=self.viewer, edition=edition)
