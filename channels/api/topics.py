"""Topics: the tree, as an edition tells it."""

from __future__ import annotations

from django.http import HttpResponse
from rest_framework.request import Request

from channels.api.answers import TopicsAnswer
from channels.api.base import ApiView, tell
from channels.api.items import TopicItem, present
from channels.api.locales import locale_asked
from channels.api.parameters import TopicsQuestion
from channels.api.pins import pin
from channels.api.schema import reads
from channels.queries import readable_topics


class TopicList(ApiView):
    @reads("list_topics", TopicsAnswer, 404, question=TopicsQuestion)
    def get(self, request: Request) -> HttpResponse:
        """The tree in reading order: each topic is followed by those below it. Left out are topics
        with nothing for the caller at or below them."""
        edition = pin(asked=self.asked.get("edition"))
        locale = locale_asked(request, self.asked)
        topics = readable_topics(edition, rank=self.viewer.rank)
        results = present(TopicItem, topics, locale=locale)
        return tell(
            request,
            {"edition": edition, "results": results},
            viewer=self.viewer,
            edition=edition,
            pinned="edition" in self.asked,
            locale=locale,
        )
