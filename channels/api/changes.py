"""Changes: what a partner who has edition N must do to have the current one."""

from __future__ import annotations

from django.http import HttpResponse
from rest_framework.request import Request

from channels.api.answers import ChangesAnswer
from channels.api.articles import TEXT_ORDER
from channels.api.base import ApiView, tell
from channels.api.items import ChangeItem, present
from channels.api.paging import Question, read_page
from channels.api.parameters import ChangesQuestion
from channels.api.pins import pin
from channels.api.schema import reads
from channels.delivery.changes import net_changes
from channels.problem import Problem


class ChangeList(ApiView):
    @reads("list_changes", ChangesAnswer, 404, question=ChangesQuestion)
    def get(self, request: Request) -> HttpResponse:
        """The net changes from edition `since` to the one that was current at the first page, for
        this caller. Only where `complete` is true is nothing of that edition left to come."""
        since = self.asked["since"]
        question = Question.of(request.path, self.asked)
        cursor = question.read(self.asked.get("cursor"))
        edition = pin(cursor=cursor.edition if cursor else None)
        if since > edition:
            raise Problem(400, "unknown-edition", f"The current edition is {edition}.")
        page = read_page(
            net_changes(since=since, until=edition, rank=self.viewer.rank),
            order=TEXT_ORDER,
            question=question,
            cursor=cursor,
            edition=edition,
        )
        results = present(ChangeItem, page.rows)
        answer = page.answer(edition, results)
        answer |= {"since": since, "complete": page.next is None}
        return tell(request, answer, viewer=self.viewer, edition=edition)
