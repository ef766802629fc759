"""Two revisions of a text, word by word."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from articles.comparing import Piece, word_diff
from articles.models import Revision
from channels.api.authors.base import AuthorView, answer
from channels.api.authors.contracts import shows
from channels.api.authors.finding import MOST, revision_of, text_of
from channels.api.parameters import WholeNumber

_PARTS = ("title", "summary", "questions", "body")


class DifferencesQuestion(serializers.Serializer[Any]):
    before = WholeNumber(min_value=1, max_value=MOST, help_text="A revision's number.")
    after = WholeNumber(min_value=1, max_value=MOST, help_text="Another one's.")


class PieceItem(serializers.Serializer[Piece]):
    kind = serializers.ChoiceField(choices=("same", "removed", "added"))
    text = serializers.CharField()


class PartItem(serializers.Serializer[Any]):
    """One part in which they differ; questions stand on lines of their own."""

    part = serializers.ChoiceField(choices=_PARTS)
    pieces = PieceItem(many=True)


class DifferencesAnswer(serializers.Serializer[Any]):
    before = serializers.IntegerField()
    after = serializers.IntegerField()
    results = PartItem(many=True, help_text="Empty where both say the same.")


class Differences(AuthorView):
    @shows("compare_revisions", DifferencesAnswer, 404, question=DifferencesQuestion)
    def get(self, request: Request, public_id: str, locale: str) -> HttpResponse:
        """What went and what came between two revisions, word by word, in Chinese too."""
        text = text_of(public_id, locale)
        before, after = (revision_of(text, self.asked[side]) for side in ("before", "after"))
        parts = [(part, _said(before, part), _said(after, part)) for part in _PARTS]
        results = [
            {"part": part, "pieces": word_diff(old, new)} for part, old, new in parts if old != new
        ]
        asked = {"before": before.number, "after": after.number}
        return answer(DifferencesAnswer({**asked, "results": results}).data)


def _said(revision: Revision, part: str) -> str:
    said = getattr(revision, part)
    return said if isinstance(said, str) else "\n".join(said)
