"""What a reader did with an answer of the search: opened it, and whether it helped."""

from __future__ import annotations

from django.http import HttpResponse
from rest_framework.request import Request

from articles.public_ids import is_public_id
from channels.api.answers import OutcomeAnswer
from channels.api.base import ApiView, done
from channels.api.parameters import OutcomeBody
from channels.api.schema import writes
from channels.delivery.article import not_found
from channels.problem import Problem
from channels.queries import entries_at
from channels.search.recording import is_search_id, note_outcome


class Outcomes(ApiView):
    @writes("note_outcome", {202: OutcomeAnswer}, 404, body=OutcomeBody)
    def post(self, request: Request, search_id: str) -> HttpResponse:
        """Say what a reader did with a result of a search. Saying the same again changes nothing.

        It is noted within seconds, without who said it. `search_id` is what the search answered.
        """
        if not is_search_id(search_id):
            raise Problem(404, "not-found", "There is no search with this id.")
        public_id, what = self.sent["article"], self.sent["what"]
        told = entries_at(None, rank=self.viewer.rank)
        if not (is_public_id(public_id) and told.filter(public_id=public_id).exists()):
            raise not_found()
        note_outcome(search_id=search_id, public_id=public_id, what=what)
        answer = {"search_id": search_id, "article": public_id, "what": what}
        return done(OutcomeAnswer(answer).data, status=202)
