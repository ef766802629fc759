"""Articles that go with an article."""

from __future__ import annotations

from django.http import HttpResponse
from rest_framework.request import Request

from articles.locales import fallback_chain
from articles.public_ids import is_public_id
from channels.api.answers import RelatedAnswer
from channels.api.base import ApiView, tell
from channels.api.items import ArticleItem, present
from channels.api.locales import locale_asked
from channels.api.parameters import RelatedQuestion
from channels.api.schema import reads
from channels.api.search import unavailable
from channels.delivery.article import not_found
from channels.queries import current_number, entries_at
from channels.search.queries import SearchUnavailable
from channels.search.related import related


class Related(ApiView):
    @reads("list_related", RelatedAnswer, 404, 503, question=RelatedQuestion)
    def get(self, request: Request, public_id: str) -> HttpResponse:
        """What an article's reader may want next, of what the caller may read: found by the rarest
        words of its title, questions and headings."""
        edition = current_number()
        locale = self._told_in(request, public_id, edition)
        try:
            found = related(
                public_id,
                locale=locale,
                rank=self.viewer.rank,
                limit=self.asked["limit"],
                edition=edition,
            )
        except SearchUnavailable:
            raise unavailable() from None
        answer = {"edition": edition, "results": present(ArticleItem, found)}
        return tell(request, answer, viewer=self.viewer, edition=edition, locale=locale)

    def _told_in(self, request: Request, public_id: str, edition: int) -> str:
        """Return the locale in which the caller gets the article. Raises Problem (404)."""
        if not is_public_id(public_id):
            raise not_found()
        entries = entries_at(edition, rank=self.viewer.rank).filter(public_id=public_id)
        told = set(entries.values_list("locale", flat=True))
        for locale in fallback_chain(locale_asked(request, self.asked)):
            if locale in told:
                return locale
        raise not_found()
