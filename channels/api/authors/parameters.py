"""What authors may ask in a query string or send in a body: read strictly, refused by name."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from articles.audiences import AUDIENCES
from articles.freshness import Freshness
from articles.locales import default_locale
from articles.models.article import Kind
from articles.models.revision import Significance
from articles.models.snippet import SnippetKind
from articles.models.tag import MAX_TAG
from articles.operations.products import MAX_PRODUCT, MAX_PRODUCTS
from articles.operations.tagging import MAX_TAGS
from articles.operations.validation import MAX_QUESTIONS
from articles.workflow import SNIPPET_STATES, State
from channels.api.parameters import Body, Locale, PageQuestion, Text


class Number(serializers.IntegerField):
    """A JSON number without a fraction; a text or a truth value is none."""

    def to_internal_value(self, data: Any) -> int:
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("invalid")
        return super().to_internal_value(data)


class Day(serializers.DateField):
    """A date like 2026-03-29, and nothing else that could be read as one."""

    def to_internal_value(self, value: Any) -> Any:
        if not isinstance(value, str):
            self.fail("invalid", format="YYYY-MM-DD")
        return super().to_internal_value(value)


class DraftsQuestion(PageQuestion):
    ORPHANED = "orphaned"

    kind = serializers.ChoiceField(choices=Kind.values, required=False)
    topic = serializers.CharField(required=False, max_length=60, help_text="A topic's slug.")
    audience = serializers.ChoiceField(choices=AUDIENCES, required=False)
    owner = serializers.CharField(required=False, max_length=150, help_text="A user name.")
    tag = serializers.CharField(
        required=False, max_length=MAX_TAG, help_text="In any case and width."
    )
    locale = Locale(required=False, help_text="With a text in this locale.")
    state = serializers.ChoiceField(
        choices=State.values, required=False, help_text="With a text in this state."
    )
    due = serializers.ChoiceField(
        choices=(*Freshness.values, ORPHANED),
        required=False,
        help_text="For review; `orphaned` are those that nobody looks after.",
    )


class DraftBody(Body):
    """What is said about an article, whatever its texts."""

    kind = serializers.ChoiceField(choices=Kind.values)
    topic = Text(required=False, allow_null=True, max_length=60, help_text="A topic's slug.")
    audience = serializers.ChoiceField(choices=AUDIENCES, required=False)
    owner = Text(required=False, allow_null=True, max_length=150, help_text="A user name.")
    tags = serializers.ListField(
        child=Text(max_length=MAX_TAG),
        required=False,
        max_length=MAX_TAGS,
        help_text="For editors alone; a comma ends a tag.",
    )
    products = serializers.ListField(
        child=Text(max_length=MAX_PRODUCT),
        required=False,
        max_length=MAX_PRODUCTS,
        help_text="As printed on the product; the same in all languages.",
    )
    review_by = Day(required=False, allow_null=True)
    source_locale = Locale(required=False, help_text=f"By default {default_locale()}.")


class NewDraftBody(DraftBody):
    id = Text(required=False, max_length=40, help_text="Its public id; made up if left out.")


class DraftChangeBody(DraftBody):
    """What is left out stays as it is."""

    kind = serializers.ChoiceField(choices=Kind.values, required=False)


class TextBody(Body):
    """A whole text: what is left out is empty, but the slug, which stays."""

    title = Text(max_length=1000)
    summary = Text(required=False, allow_blank=True, default="", max_length=5000)
    questions = serializers.ListField(
        child=Text(max_length=1000), required=False, default=list, max_length=MAX_QUESTIONS
    )
    body = Text(allow_blank=True, trim_whitespace=False, help_text="Markdown, up to 1 MB.")
    slug = Text(required=False, max_length=120, help_text="Its address; another one renames it.")
    significance = serializers.ChoiceField(
        choices=Significance.values,
        required=False,
        default=Significance.CONTENT.value,
        help_text="What the change means for who read or translated the text before it.",
    )
    translation_of = Number(
        required=False,
        min_value=1,
        max_value=2_147_483_647,
        help_text="The revision of the source language that it says the same as.",
    )
    note = Text(required=False, allow_blank=True, default="", max_length=300)


class ReasonBody(Body):
    reason = Text(max_length=2000, help_text="Why it is sent back.")


class SnippetsQuestion(PageQuestion):
    kind = serializers.ChoiceField(choices=SnippetKind.values, required=False)
    state = serializers.ChoiceField(
        choices=[state.value for state in SNIPPET_STATES], required=False
    )


class SnippetBody(Body):
    kind = serializers.ChoiceField(
        choices=SnippetKind.values, required=False, help_text="Needed for a new snippet."
    )
    value = serializers.JSONField(
        help_text="As the kind wants it, for all locales or by locale; where regions differ, "
        "`everywhere` and, by region, `regions`."
    )


class TopicBody(Body):
    names = serializers.DictField(child=Text(max_length=1000), help_text="By locale.")
    parent = Text(  # type: ignore[assignment]  # DRF's own is an instance's.
        required=False, allow_null=True, max_length=60, help_text="The slug of the topic above."
    )
