"""What authors are told of each thing: allowlists, so that a new column stays private."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from articles.models import Article, ArticleText, Attachment, Revision, Snippet, Topic
from articles.models.article import AUDIENCE_CHOICES, Kind
from articles.models.revision import Significance
from articles.models.snippet import SnippetKind
from articles.workflow import SNIPPET_STATES, Action, State


def draft_path(public_id: str, locale: str = "") -> str:
    return f"/api/v1/drafts/{public_id}/" + (f"{locale}/" if locale else "")


def snippet_path(key: str) -> str:
    return f"/api/v1/snippets/{key}/"


class TextItem(serializers.Serializer[ArticleText]):
    locale = serializers.CharField()
    slug = serializers.CharField()
    state = serializers.ChoiceField(choices=State.values)
    title = serializers.CharField(source="head.title", default="")
    revision = serializers.IntegerField(
        source="head.number", default=0, help_text="The newest; 0 for none."
    )
    approved = serializers.IntegerField(
        source="approved.number", default=None, allow_null=True, help_text="The approved revision."
    )
    changed_at = serializers.DateTimeField()
    url = serializers.SerializerMethodField()

    def get_url(self, text: ArticleText) -> str:
        return draft_path(text.article.public_id, text.locale)


class DraftItem(serializers.Serializer[Article]):
    """An article as the desk knows it, whatever readers get of it."""

    id = serializers.CharField(source="public_id")
    kind = serializers.ChoiceField(choices=Kind.values)
    topic = serializers.CharField(source="topic.slug", default=None, allow_null=True)
    audience = serializers.ChoiceField(choices=[name for name, _ in AUDIENCE_CHOICES])
    owner = serializers.CharField(source="owner.username", default=None, allow_null=True)
    tags = serializers.ListField(child=serializers.CharField())
    products = serializers.ListField(child=serializers.CharField())
    review_by = serializers.DateField(allow_null=True)
    verified_at = serializers.DateTimeField(allow_null=True)
    source_locale = serializers.CharField()
    version = serializers.IntegerField(help_text="The ETag of what is said about the article.")
    url = serializers.SerializerMethodField()
    texts = TextItem(many=True)

    def get_url(self, article: Article) -> str:
        return draft_path(article.public_id)


class RevisionItem(serializers.Serializer[Revision]):
    number = serializers.IntegerField()
    based_on = serializers.IntegerField(source="based_on.number", default=0)
    title = serializers.CharField()
    significance = serializers.ChoiceField(choices=Significance.values)
    translation_of = serializers.IntegerField(
        source="translation_of.number",
        default=None,
        allow_null=True,
        help_text="The revision of the source language that it says the same as.",
    )
    note = serializers.CharField()
    author = serializers.CharField(source="author.username")
    created_at = serializers.DateTimeField()


class RevisionDetail(RevisionItem):
    summary = serializers.CharField()
    questions = serializers.ListField(child=serializers.CharField())
    body = serializers.CharField(help_text="Markdown, as docs/markdown.md has it.")


class TextDetail(TextItem):
    """A text with its newest revision."""

    newest = RevisionDetail(source="head")


class ReviewStepItem(serializers.Serializer[Any]):
    revision = serializers.IntegerField(source="revision.number")
    action = serializers.ChoiceField(
        choices=[
            step.value for step in (Action.SUBMIT, Action.WITHDRAW, Action.APPROVE, Action.REJECT)
        ]
    )
    person = serializers.CharField(source="person.username")
    reason = serializers.CharField()
    at = serializers.DateTimeField()


class SnippetItem(serializers.Serializer[Snippet]):
    key = serializers.CharField()
    kind = serializers.ChoiceField(choices=SnippetKind.values)
    state = serializers.ChoiceField(
        choices=[state.value for state in SNIPPET_STATES], help_text="Of the newest value."
    )
    revision = serializers.IntegerField(source="head.number", default=0)
    approved = serializers.IntegerField(source="approved.number", default=None, allow_null=True)
    value = serializers.JSONField(
        source="head.value", default=None, help_text="The newest value, by kind."
    )
    url = serializers.SerializerMethodField()

    def get_url(self, snippet: Snippet) -> str:
        return snippet_path(snippet.key)


class SnippetRevisionItem(serializers.Serializer[Any]):
    number = serializers.IntegerField()
    value = serializers.JSONField()
    author = serializers.CharField(source="author.username")
    created_at = serializers.DateTimeField()


class AttachmentItem(serializers.Serializer[Attachment]):
    name = serializers.CharField(help_text="Its content's SHA-256 and ending.")
    original_name = serializers.CharField()
    media_type = serializers.CharField()
    size = serializers.IntegerField(help_text="In bytes.")
    width = serializers.IntegerField(allow_null=True, help_text="In pixels.")
    height = serializers.IntegerField(allow_null=True, help_text="In pixels.")
    pages = serializers.IntegerField(allow_null=True, help_text="Of a PDF.")
    author = serializers.CharField(source="author.username")
    created_at = serializers.DateTimeField()
    markdown = serializers.SerializerMethodField(
        help_text="A target: `![what it shows](media:…)` shows a picture, `[its name](media:…)` "
        "links to a PDF."
    )
    url = serializers.SerializerMethodField()

    def get_markdown(self, attachment: Attachment) -> str:
        return f"media:{attachment.name}"

    def get_url(self, attachment: Attachment) -> str:
        return f"/media/{attachment.name}"


class TaxonomyItem(serializers.Serializer[Topic]):
    """A topic as the desk knows it; readers see a change with the next edition."""

    slug = serializers.CharField()
    parent = serializers.CharField(  # type: ignore[assignment]  # DRF's own is an instance's.
        allow_null=True
    )
    names = serializers.DictField(child=serializers.CharField(), help_text="By locale.")
    url = serializers.CharField()


class EditionMade(serializers.Serializer[Any]):
    """What publishing led to."""

    edition = serializers.IntegerField(source="number")
    published_at = serializers.DateTimeField()
    url = serializers.SerializerMethodField()

    def get_url(self, edition: Any) -> str:
        return f"/api/v1/editions/{edition.number}/"
