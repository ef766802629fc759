"""What people remark on a revision, until it is settled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from articles.models import Remark
from articles.numbers import whole_number
from articles.operations.remarks import MAX_REMARK, add_remark, reopen_remark, settle_remark
from channels.api.answers import Paged
from channels.api.authors.base import AuthorView, answer, not_found
from channels.api.authors.contracts import changes, shows
from channels.api.authors.finding import MOST, revision_of, text_of
from channels.api.authors.parameters import Number
from channels.api.parameters import Body, PageQuestion, Text


class RemarkItem(serializers.Serializer[Remark]):
    id = serializers.IntegerField()
    revision = serializers.IntegerField(source="revision.number")
    line = serializers.IntegerField(
        allow_null=True, help_text="Of the body, from 1; null for all of the text."
    )
    words = serializers.CharField()
    author = serializers.CharField(source="author.username")
    created_at = serializers.DateTimeField()
    settled_by = serializers.CharField(source="settled_by.username", default=None, allow_null=True)
    settled_at = serializers.DateTimeField(allow_null=True)


class RemarksAnswer(Paged):
    results = RemarkItem(many=True)


class RemarkBody(Body):
    revision = Number(min_value=1, max_value=MOST)
    line = Number(required=False, min_value=1, max_value=MOST)
    words = Text(max_length=MAX_REMARK)


class RemarkList(AuthorView):
    @shows("list_remarks", RemarksAnswer, 404, question=PageQuestion)
    def get(self, request: Request, public_id: str, locale: str) -> HttpResponse:
        """What was remarked on any revision of the text, the first remark first."""
        remarks = Remark.objects.filter(revision__text=text_of(public_id, locale))
        rows = remarks.select_related("revision", "author", "settled_by")
        return self.listed(RemarkItem, rows, order=("pk",))

    @changes("add_remark", {201: RemarkItem}, body=RemarkBody)
    def post(self, request: Request, public_id: str, locale: str) -> HttpResponse:
        """Remark something on a line of a revision, or on all of it."""
        revision = revision_of(text_of(public_id, locale), self.sent["revision"])
        remark = add_remark(
            actor=self.actor,
            revision=revision,
            words=self.sent["words"],
            line=self.sent.get("line"),
        )
        return _told(remark, status=201)


class SettlingRemark(AuthorView):
    @changes("settle_remark", {200: RemarkItem})
    def post(self, request: Request, public_id: str, locale: str, remark_id: str) -> HttpResponse:
        """Say that a remark is dealt with."""
        return self._done(settle_remark, public_id, locale, remark_id)

    def _done(
        self, step: Callable[..., Remark], public_id: str, locale: str, remark_id: str
    ) -> HttpResponse:
        text, wanted = text_of(public_id, locale), whole_number(remark_id, most=MOST)
        found = Remark.objects.filter(revision__text=text, pk=wanted).first() if wanted else None
        if found is None:
            raise not_found("remark on this text")
        return _told(step(actor=self.actor, remark=found))


class ReopeningRemark(SettlingRemark):
    @changes("reopen_remark", {200: RemarkItem})
    def post(self, request: Request, public_id: str, locale: str, remark_id: str) -> HttpResponse:
        """Say that a settled remark is not dealt with after all."""
        return self._done(reopen_remark, public_id, locale, remark_id)


def _told(remark: Remark, *, status: int = 200) -> HttpResponse:
    data: dict[str, Any] = RemarkItem(remark).data
    return answer(data, status=status)
