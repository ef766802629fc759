"""What approving a text takes, for each kind of article."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from articles.models import Kind, ReviewRule
from articles.models.review import MOST_APPROVALS
from articles.operations.reviewing import rule_for, set_review_rule
from channels.api.authors.base import AuthorView, answer, not_found
from channels.api.authors.contracts import changes, shows
from channels.api.authors.parameters import Number
from channels.api.parameters import Body


class ReviewRuleItem(serializers.Serializer[ReviewRule]):
    kind = serializers.ChoiceField(choices=Kind.values)
    approvals = serializers.IntegerField(help_text="So many people must approve a text.")
    own = serializers.BooleanField(help_text="Whether authors may approve what they wrote.")


class ReviewRulesAnswer(serializers.Serializer[Any]):
    results = ReviewRuleItem(many=True)


class ReviewRuleBody(Body):
    approvals = Number(min_value=1, max_value=MOST_APPROVALS)
    own = serializers.BooleanField()


class ReviewRuleList(AuthorView):
    @shows("list_review_rules", ReviewRulesAnswer)
    def get(self, request: Request) -> HttpResponse:
        """The rules of all kinds, those that nobody set included."""
        return answer({"results": [ReviewRuleItem(rule_for(kind)).data for kind in Kind.values]})


class ReviewRuleOne(AuthorView):
    @changes("set_review_rule", {200: ReviewRuleItem}, body=ReviewRuleBody)
    def put(self, request: Request, kind: str) -> HttpResponse:
        """Say what approving a text of this kind takes from now on. For administrators."""
        if kind not in Kind.values:
            raise not_found("kind")
        return answer(
            ReviewRuleItem(set_review_rule(actor=self.actor, kind=kind, **self.sent)).data
        )
