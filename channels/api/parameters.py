"""What a caller may ask in a query string or send in a body: read strictly, refused by name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from articles.audiences import AUDIENCES
from articles.locales import locales
from articles.models.article import Kind
from channels.api.audiences import CHANNELS
from channels.delivery.negotiation import LARGEST_EDITION
from channels.models import UpdateRequest
from channels.search.facets import FACETS

_DIGITS = re.compile(r"[0-9]{1,10}")


class WholeNumber(serializers.IntegerField):
    """ASCII digits and nothing else: no sign, no fraction, no other script's digits."""

    def to_internal_value(self, data: Any) -> int:
        if not isinstance(data, str) or not _DIGITS.fullmatch(data):
            self.fail("invalid")
        return super().to_internal_value(data)


class Text(serializers.CharField):
    """A JSON string; a number or a truth value is not quietly written out as one."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Locale(serializers.ChoiceField):
    """A content locale; case does not matter in BCP 47 (RFC 5646, section 2.1.1)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=locales(), **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        return super().to_internal_value(data.lower() if isinstance(data, str) else data)


def _edition(**kwargs: Any) -> WholeNumber:
    return WholeNumber(min_value=1, max_value=LARGEST_EDITION, required=False, **kwargs)


class NoQuestion(serializers.Serializer[Any]):
    """For addresses that take no parameters."""


class PageQuestion(serializers.Serializer[Any]):
    limit = WholeNumber(
        min_value=1, max_value=100, default=20, help_text="How many results a page has."
    )
    cursor = serializers.CharField(
        required=False, max_length=1000, help_text="As `next` and `previous` give it; opaque."
    )


class ArticlesQuestion(PageQuestion):
    channel = serializers.ChoiceField(
        choices=tuple(CHANNELS), required=False, help_text="What this channel's readers may read."
    )
    kind = serializers.ChoiceField(choices=Kind.values, required=False)
    topic = serializers.CharField(
        required=False, max_length=60, help_text="A topic's slug; those below it are included."
    )
    locale = Locale(required=False)
    audience = serializers.ChoiceField(
        choices=AUDIENCES,
        required=False,
        help_text="What this audience may read, as far as the caller may read it, too.",
    )
    edition = _edition(help_text="As of this edition.")


class ChangesQuestion(PageQuestion):
    since = WholeNumber(
        min_value=0,
        max_value=LARGEST_EDITION,
        help_text="The edition the caller has; 0 for none, which gives everything.",
    )


class TopicsQuestion(serializers.Serializer[Any]):
    locale = Locale(required=False, help_text="The language of the names.")
    edition = _edition(help_text="As of this edition.")


class Names(serializers.CharField):
    """Some of `known`, parted by commas, each once."""

    default_error_messages = {
        "unknown": "Known are: {known}; each once, parted by commas.",
    }

    def __init__(self, known: Sequence[str], **kwargs: Any) -> None:
        self.known = tuple(known)
        longest = len(",".join(known)) + len(known)  # a blank after each comma
        super().__init__(max_length=longest, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        names = [name.strip() for name in super().to_internal_value(data).split(",")]
        if len(set(names)) < len(names) or not set(names) <= set(self.known):
            self.fail("unknown", known=", ".join(self.known))
        return names


class SuggestQuestion(serializers.Serializer[Any]):
    q = serializers.CharField(max_length=300, help_text="What is typed so far.")
    locale = Locale(required=False)
    limit = WholeNumber(min_value=1, max_value=20, default=8)


class SearchQuestion(serializers.Serializer[Any]):
    FURTHEST = 1000  # Nobody reads further, and every hit before it would have to be made.

    q = serializers.CharField(max_length=300, help_text="As people ask; nothing in it is syntax.")
    locale = Locale(required=False)
    kind = serializers.ChoiceField(choices=Kind.values, required=False)
    topic = serializers.CharField(
        required=False, max_length=60, help_text="A topic's slug; those below it are included."
    )
    product = serializers.CharField(
        required=False, max_length=60, help_text="As printed on the product, and as facets name it."
    )
    audience = serializers.ChoiceField(
        choices=AUDIENCES,
        required=False,
        help_text="What this audience may read, as far as the caller may read it, too.",
    )
    facets = Names(
        FACETS, required=False, help_text=f"What to count the hits by: some of {','.join(FACETS)}."
    )
    limit = WholeNumber(min_value=1, max_value=50, default=20)
    cursor = serializers.CharField(
        required=False, max_length=1000, help_text="As `next` and `previous` give it; opaque."
    )


class RelatedQuestion(serializers.Serializer[Any]):
    locale = Locale(required=False)
    limit = WholeNumber(min_value=1, max_value=20, default=4)


class RequestsQuestion(PageQuestion):
    locale = Locale(required=False)
    state = serializers.ChoiceField(choices=UpdateRequest.State.values, required=False)
    article = serializers.CharField(
        required=False, max_length=40, help_text="An article's id: asked of it, or answered by it."
    )


class Body(serializers.Serializer[Any]):
    """A JSON object that holds nothing but its fields."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := sorted(set(data) - set(self.fields))):
            raise serializers.ValidationError(
                {name[:60]: ["There is no such field."] for name in unknown[:10]}
            )
        return super().to_internal_value(data)


class FeedbackBody(Body):
    sentence = Text(
        min_length=3, max_length=500, help_text="What is wrong or missing, in a sentence."
    )
    locale = Locale(help_text="The locale of the text that is meant.")


class RequestBody(FeedbackBody):
    article = Text(
        required=False, max_length=40, help_text="The article it is about; leave out for none."
    )


class OutcomeBody(Body):
    article = Text(max_length=40, help_text="The id of the article that was among the results.")
    what = serializers.ChoiceField(choices=("opened", "helped", "not_helped"))
