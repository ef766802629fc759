"""Who did what, and when: the chain of audit rows, for who proves it elsewhere."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from articles.models import AuditRecord
from articles.roles import ADMINISTER, require
from channels.api.answers import Paged
from channels.api.authors.base import AuthorView
from channels.api.authors.contracts import shows
from channels.api.parameters import PageQuestion, WholeNumber

_MOST = 9_223_372_036_854_775_807


class AuditQuestion(PageQuestion):
    after = WholeNumber(
        min_value=0, max_value=_MOST, default=0, help_text="Only rows with a higher number."
    )
    action = serializers.CharField(required=False, max_length=40)
    actor = serializers.CharField(required=False, max_length=150, help_text="A user name.")
    subject = serializers.CharField(
        required=False, max_length=120, help_text="As a row names it: `article k3v9`, `edition 7`."
    )


class AuditItem(serializers.Serializer[AuditRecord]):
    """docs/decisions/0013 says how `digest` is made of the row and of `previous_digest`."""

    number = serializers.IntegerField(help_text="From 1, without a gap.")
    at = serializers.DateTimeField()
    actor = serializers.CharField(source="actor.username")
    action = serializers.CharField()
    subject = serializers.CharField()
    detail = serializers.JSONField()
    previous_digest = serializers.CharField()
    digest = serializers.CharField()


class AuditAnswer(Paged):
    results = AuditItem(many=True)


class AuditList(AuthorView):
    @shows("list_audit_records", AuditAnswer, question=AuditQuestion)
    def get(self, request: Request) -> HttpResponse:
        """The rows, the first one first. For administrators."""
        require(self.actor, ADMINISTER)
        rows: Any = AuditRecord.objects.select_related("actor")
        rows = rows.filter(number__gt=self.asked["after"])
        for name, column in (
            ("action", "action"),
            ("actor", "actor__username"),
            ("subject", "subject"),
        ):
            if name in self.asked:
                rows = rows.filter(**{column: self.asked[name]})
        return self.listed(AuditItem, rows, order=("number",))
