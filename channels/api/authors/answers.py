"""The shapes of whole answers, as OpenAPI tells them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from channels.api.answers import Paged, ProblemBody
from channels.api.authors.items import (
    AttachmentItem,
    DraftItem,
    ReviewStepItem,
    RevisionItem,
    SnippetItem,
    SnippetRevisionItem,
    TaxonomyItem,
)


class DraftsAnswer(Paged):
    results = DraftItem(many=True)


class RevisionsAnswer(Paged):
    results = RevisionItem(many=True)


class ReviewStepsAnswer(Paged):
    results = ReviewStepItem(many=True)


class SnippetsAnswer(Paged):
    results = SnippetItem(many=True)


class SnippetRevisionsAnswer(Paged):
    results = SnippetRevisionItem(many=True)


class AttachmentsAnswer(Paged):
    results = AttachmentItem(many=True)


class TaxonomyAnswer(serializers.Serializer[Any]):
    results = TaxonomyItem(many=True, help_text="In reading order: below each topic its own.")


class Difference(serializers.Serializer[Any]):
    """A field that is not the same in what was sent, in its base and in what came first."""

    field = serializers.CharField()
    changed_by = serializers.ChoiceField(choices=("you", "them", "both"))
    base = serializers.JSONField()
    theirs = serializers.JSONField()
    yours = serializers.JSONField()
    merged = serializers.JSONField(help_text="Both changes; what clashes stands between marks.")
    conflict = serializers.BooleanField(help_text="Whether somebody must choose.")


class StaleBody(ProblemBody):
    """Another change came first. `base` is what the write was based on, `theirs` what there is."""

    current = serializers.IntegerField(
        required=False, help_text="The number of the revision that there is now; 0 for none."
    )
    base = serializers.JSONField(required=False)
    theirs = serializers.JSONField(required=False)
    differences = Difference(many=True, required=False)
