"""Editions: the numbered states of everything published."""

from __future__ import annotations

from django.http import HttpResponse
from rest_framework.request import Request

from articles.numbers import whole_number
from channels.api.answers import EditionsAnswer
from channels.api.base import ApiView, tell
from channels.api.items import EditionItem, present
from channels.api.paging import Question, read_page
from channels.api.parameters import PageQuestion
from channels.api.pins import pin
from channels.api.schema import reads
from channels.delivery.negotiation import LARGEST_EDITION
from channels.models import Edition
from channels.problem import Problem
from channels.queries import current_edition


class EditionList(ApiView):
    @reads("list_editions", EditionsAnswer, question=PageQuestion)
    def get(self, request: Request) -> HttpResponse:
        """All editions, the newest first."""
        question = Question.of(request.path, self.asked)
        cursor = question.read(self.asked.get("cursor"))
        edition = pin(cursor=cursor.edition if cursor else None)
        page = read_page(
            Edition.objects.filter(number__lte=edition),
            order=["-number"],
            question=question,
            cursor=cursor,
            edition=edition,
        )
        results = present(EditionItem, page.rows)
        return tell(request, page.answer(edition, results), viewer=self.viewer, edition=edition)


class CurrentEdition(ApiView):
    @reads("get_current_edition", EditionItem, 404)
    def get(self, request: Request) -> HttpResponse:
        """The edition that readers get."""
        edition = current_edition()
        if edition is None:
            raise Problem(404, "not-found", "Nothing was published yet.")
        return tell(request, EditionItem(edition).data, viewer=self.viewer, edition=edition.number)


class EditionDetail(ApiView):
    @reads("get_edition", EditionItem, 404)
    def get(self, request: Request, number: str) -> HttpResponse:
        """One edition. What is said of it never changes."""
        known = whole_number(number, most=LARGEST_EDITION)
        edition = Edition.objects.filter(number=known).first() if known else None
        if edition is None:
            raise Problem(404, "not-found", "There is no such edition.")
        return tell(
            request,
            EditionItem(edition).data,
            viewer=self.viewer,
            edition=edition.number,
            pinned=True,
        )
