"""The shapes of whole answers, as OpenAPI tells them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from channels.api.items import (
    ArticleItem,
    ChangeItem,
    EditionItem,
    FacetItem,
    HitItem,
    RequestItem,
    SuggestionItem,
    TopicItem,
)


class Answer(serializers.Serializer[Any]):
    edition = serializers.IntegerField(help_text="The edition that answers; 0 before the first.")


class Paged(serializers.Serializer[Any]):
    next = serializers.CharField(allow_null=True, help_text="Path of the next page.")
    previous = serializers.CharField(allow_null=True, help_text="Path of the page before.")


class PageAnswer(Answer, Paged):
    """A page of what one edition tells."""


class ArticlesAnswer(PageAnswer):
    results = ArticleItem(many=True)


class EditionsAnswer(PageAnswer):
    results = EditionItem(many=True)


class RequestsAnswer(PageAnswer):
    results = RequestItem(many=True)


class SearchAnswer(PageAnswer):
    locale = serializers.CharField(help_text="That the results are in: it may stand in for yours.")
    total = serializers.IntegerField()
    fits = serializers.BooleanField(
        help_text="Whether the first result is likely to answer; if not, say so to your readers."
    )
    did_you_mean = serializers.CharField(
        help_text="The question with its slips mended; empty where there are none."
    )
    results = HitItem(many=True)
    facets = serializers.DictField(
        child=FacetItem(many=True),
        help_text="For each that was asked for: its values, the most frequent first.",
    )
    search_id = serializers.CharField(
        help_text="By which to say what became of the search; the same on all of its pages. Empty "
        "where no log is kept."
    )


class SuggestAnswer(Answer):
    results = SuggestionItem(many=True)


class RelatedAnswer(Answer):
    results = ArticleItem(many=True, help_text="The nearest first.")


class TopicsAnswer(Answer):
    results = TopicItem(many=True, help_text="In reading order: below each topic its own.")


class ChangesAnswer(PageAnswer):
    since = serializers.IntegerField()
    complete = serializers.BooleanField(
        help_text="Whether nothing of `edition` is left to come: only then has the caller it all."
    )
    results = ChangeItem(many=True)


class ArticleAnswer(serializers.Serializer[Any]):
    """The document of an article, cut for the caller's audience."""

    id = serializers.CharField()
    locale = serializers.CharField()
    kind = serializers.CharField()
    audience = serializers.CharField()
    slug = serializers.CharField()
    topic = serializers.CharField()
    digest = serializers.CharField()
    url = serializers.CharField(help_text="Its path on the website.")
    converted_from = serializers.CharField(
        required=False,
        help_text="The locale that the text was converted from by machine; not there otherwise.",
    )
    title = serializers.CharField()
    summary = serializers.CharField()
    questions = serializers.ListField(child=serializers.CharField())
    body = serializers.DictField(help_text="The tree of blocks; each node names its `type`.")


class Complaint(serializers.Serializer[Any]):
    field = serializers.CharField()
    detail = serializers.CharField()


class ProblemBody(serializers.Serializer[Any]):
    """RFC 9457, section 3.1; `errors` names each parameter or field that is not valid."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(required=False)
    errors = Complaint(many=True, required=False)  # type: ignore[assignment]


class OutcomeAnswer(serializers.Serializer[Any]):
    search_id = serializers.CharField()
    article = serializers.CharField()
    what = serializers.ChoiceField(choices=("opened", "helped", "not_helped"))
