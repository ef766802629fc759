"""What the API says of each thing: allowlists, so that a new column stays private."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from rest_framework import serializers

from articles.audiences import PUBLIC
from channels.models import Edition, Entry
from channels.queries import TopicNode
from channels.renderers.html import ANCHOR_PREFIX
from channels.search.hits import Hit


def present(
    item: type[serializers.Serializer[Any]], rows: Sequence[Any], **context: Any
) -> list[Any]:
    """Return what `item` says of each of `rows`."""
    one = item(context=context) if context else made_once(item)
    return [one.to_representation(row) for row in rows]


@cache
def made_once(shape: type[serializers.Serializer[Any]]) -> serializers.Serializer[Any]:
    """Return the one serializer of a shape that needs no context and keeps nothing: to make one
    copies all its fields, which takes as long as to say ten rows."""
    return shape()


def article_path(public_id: str, locale: str, edition: int | None = None) -> str:
    as_of = f"&edition={edition}" if edition else ""
    return f"/api/v1/articles/{public_id}/?locale={locale}{as_of}"


CONVERTED_FROM = (
    "The locale that the text was converted from by machine; null for what people wrote."
)


class ConvertedFrom(serializers.CharField):
    """A column that is empty for what people wrote."""

    def __init__(self) -> None:
        super().__init__(allow_null=True, read_only=True, help_text=CONVERTED_FROM)

    def to_representation(self, value: str) -> str:
        return value or None  # type: ignore[return-value]  # DRF's stubs know of no null.


class ArticleItem(serializers.Serializer[Any]):
    """An article in one locale. Context `edition`: that of the caller's question, for `url`."""

    id = serializers.CharField(source="public_id")
    locale = serializers.CharField()
    converted_from = ConvertedFrom()
    slug = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    kind = serializers.CharField()
    topic = serializers.CharField(help_text="The topic's slug, empty for none.")
    products = serializers.ListField(
        child=serializers.CharField(), help_text="What it is about, as printed on the product."
    )
    digest = serializers.CharField(source="content_digest", help_text="Content digest, SHA-256.")
    url = serializers.SerializerMethodField(help_text="Its path in this API.")
    website_url = serializers.SerializerMethodField(
        help_text="Its path on the website; null where it is not for everybody."
    )

    def get_url(self, entry: Entry) -> str:
        return article_path(entry.public_id, entry.locale, self.context.get("edition"))

    def get_website_url(self, entry: Entry) -> str | None:
        return None if entry.audience_rank else f"/{entry.locale}/articles/{entry.slug}/"


class ChangeItem(serializers.Serializer[Any]):
    """A list's item with `change`; of a removed text only id, locale and change are told."""

    id = serializers.CharField()
    locale = serializers.CharField()
    change = serializers.ChoiceField(choices=("added", "changed", "removed"))
    converted_from = ConvertedFrom()
    slug = serializers.CharField(allow_null=True)
    title = serializers.CharField(allow_null=True)
    summary = serializers.CharField(allow_null=True)
    kind = serializers.CharField(allow_null=True)
    topic = serializers.CharField(allow_null=True)
    products = serializers.ListField(child=serializers.CharField(), allow_null=True)
    digest = serializers.CharField(allow_null=True)
    url = serializers.CharField(allow_null=True)
    website_url = serializers.CharField(allow_null=True)

    def to_representation(self, entry: Any) -> dict[str, Any]:
        """Present an entry that `net_changes` annotated with its `change`."""
        told: dict[str, Any] = {"id": entry.public_id, "locale": entry.locale}
        told["change"] = entry.change
        item = {} if entry.change == "removed" else ArticleItem(entry).data
        return told | {str(name): item.get(name) for name in self.fields if name not in told}


class EditionCounts(serializers.Serializer[Any]):
    """Texts: an article in one locale each."""

    added = serializers.IntegerField()
    changed = serializers.IntegerField()
    removed = serializers.IntegerField()
    live = serializers.IntegerField(help_text="All that the edition tells.")


class EditionItem(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    cause = serializers.ChoiceField(choices=Edition.Cause.values)
    published_at = serializers.DateTimeField()
    manifest_digest = serializers.CharField(
        help_text="SHA-256 of what the edition changed and the digest before it."
    )
    previous_digest = serializers.CharField(help_text="Empty for the first edition.")
    counts = EditionCounts(source="*")


class TopicItem(serializers.Serializer[Any]):
    """Context `locale`: the language of the names."""

    slug = serializers.CharField()
    name = serializers.SerializerMethodField()
    parent = serializers.CharField(  # type: ignore[assignment]  # DRF's own is an instance's.
        help_text="The slug of the topic above, empty at the top."
    )
    depth = serializers.IntegerField(help_text="0 at the top.")

    def get_name(self, node: TopicNode) -> str:
        return node.name(self.context["locale"])


class HitItem(serializers.Serializer[Any]):
    id = serializers.CharField(source="public_id")
    locale = serializers.CharField()
    converted_from = ConvertedFrom()
    slug = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    kind = serializers.CharField()
    topic = serializers.CharField()
    audience = serializers.CharField()
    snippet_html = serializers.CharField(
        help_text="The passage that answers: escaped HTML; the words found are in `<mark>`."
    )
    anchor = serializers.CharField(help_text="Of the passage's section; empty for the top.")
    heading = serializers.CharField(help_text="Of the passage's section; empty for the top.")
    url = serializers.CharField(
        read_only=True, help_text="Its path in this API, with the place of the section in its HTML."
    )
    website_url = serializers.CharField(
        allow_null=True,
        read_only=True,
        help_text="Its path on the website, down to the section; null where it is not for "
        "everybody.",
    )

    def to_representation(self, hit: Hit) -> dict[str, Any]:
        """Say the hit at once: field by field, a page of hits took as long as its passages."""
        place = f"#{ANCHOR_PREFIX}{hit.anchor}" if hit.anchor else ""
        website_url = f"/{hit.locale}/articles/{hit.slug}/{place}"
        return {
            "id": hit.public_id,
            "locale": hit.locale,
            "converted_from": hit.converted_from or None,
            "slug": hit.slug,
            "title": hit.title,
            "summary": hit.summary,
            "kind": hit.kind,
            "topic": hit.topic,
            "audience": hit.audience,
            "snippet_html": hit.snippet_html,
            "anchor": hit.anchor,
            "heading": hit.heading,
            "url": article_path(hit.public_id, hit.locale) + place,
            "website_url": website_url if hit.audience == PUBLIC else None,
        }


class FacetItem(serializers.Serializer[Any]):
    value = serializers.CharField()
    label = serializers.CharField(  # type: ignore[assignment]  # DRF's own is an instance's.
        help_text="Its name in the caller's language."
    )
    count = serializers.IntegerField()


class SuggestionItem(serializers.Serializer[Any]):
    text = serializers.CharField()
    locale = serializers.CharField()
    id = serializers.CharField(
        source="public_id",
        help_text="Of the article that has this title or question; empty for what is often asked.",
    )


class RequestItem(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    sentence = serializers.CharField()
    locale = serializers.CharField()
    article = serializers.CharField(
        source="article.public_id",
        default=None,
        allow_null=True,
        help_text="The article it is about; null for none.",
    )
    answered_by = serializers.CharField(
        source="answer",
        default=None,
        allow_null=True,
        help_text="The article that answers it, or will; null where the caller can't read it.",
    )
    state = serializers.ChoiceField(choices=("open", "planned", "in_work", "published", "declined"))
    reason = serializers.CharField(help_text="Why it was declined.")
    published_in = serializers.IntegerField(
        source="published_in_id", allow_null=True, help_text="The edition that answered it."
    )
    votes = serializers.IntegerField(source="votes_count")
    created_at = serializers.DateTimeField()


class VoteItem(serializers.Serializer[Any]):
    """What has become of the caller's vote."""

    request = serializers.IntegerField()
    votes = serializers.IntegerField()
    voted = serializers.BooleanField()
