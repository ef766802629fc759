"""A snippet's value through review, where the snippet is used, and what the value would change."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from articles.document.snippet_texts import users_of
from articles.models import ArticleText, Snippet, SnippetRevision, SnippetStep
from articles.models.article import AUDIENCE_CHOICES
from articles.operations.snippets import reject_snippet, submit_snippet, withdraw_snippet
from articles.snippet_uses import texts_naming, uses_of_snippets
from articles.workflow import State
from channels.api.authors.answers import ReviewStepsAnswer
from channels.api.authors.base import AuthorView
from channels.api.authors.contracts import changes, shows
from channels.api.authors.finding import snippet_of
from channels.api.authors.items import ReviewStepItem, SnippetItem, draft_path
from channels.api.authors.parameters import ReasonBody
from channels.api.authors.preconditions import number_based_on
from channels.api.authors.snippets import told
from channels.api.parameters import PageQuestion, WholeNumber
from channels.live_revisions import texts_telling
from channels.models import Entry, EntrySnippet
from channels.operations.blast_radius import Change
from channels.operations.snippet_effect import effect_of


class SnippetUseItem(serializers.Serializer[ArticleText]):
    article = serializers.CharField(source="article.public_id")
    locale = serializers.CharField()
    title = serializers.CharField(source="head.title")
    state = serializers.ChoiceField(choices=State.values)
    live_since = serializers.IntegerField(
        allow_null=True, help_text="The edition since which the text is live; null for none."
    )
    url = serializers.SerializerMethodField()

    def get_url(self, text: ArticleText) -> str:
        return draft_path(text.article.public_id, text.locale)


class SnippetUsesAnswer(serializers.Serializer[Any]):
    results = SnippetUseItem(many=True)
    next = serializers.CharField(allow_null=True, help_text="Path of the next page.")
    previous = serializers.CharField(allow_null=True, help_text="Path of the page before.")


class EffectQuestion(PageQuestion):
    limit = WholeNumber(
        min_value=1, max_value=20, default=10, help_text="How many texts a page has."
    )


class EffectChangeItem(serializers.Serializer[Change]):
    """What readers of some audiences get otherwise of one text."""

    audiences = serializers.ListField(
        child=serializers.ChoiceField(choices=[name for name, _ in AUDIENCE_CHOICES])
    )
    channels = serializers.ListField(child=serializers.CharField())
    seconds_before = serializers.IntegerField(help_text="Of speech.")
    seconds_after = serializers.IntegerField(help_text="Of speech.")


class EffectItem(serializers.Serializer[Any]):
    """A live text that uses the snippet; without changes it says the same as before."""

    article = serializers.CharField(source="entry.public_id")
    locale = serializers.CharField(source="entry.locale")
    title = serializers.CharField(source="entry.title")
    changes = EffectChangeItem(many=True)
    problems = serializers.ListField(
        child=serializers.CharField(), help_text="Why it could not be told with the value."
    )


class SnippetEffectAnswer(serializers.Serializer[Any]):
    results = EffectItem(many=True)
    next = serializers.CharField(allow_null=True, help_text="Path of the next page.")
    previous = serializers.CharField(allow_null=True, help_text="Path of the page before.")


class SnippetSteps(AuthorView):
    @shows("list_snippet_steps", ReviewStepsAnswer, 404, question=PageQuestion)
    def get(self, request: Request, key: str) -> HttpResponse:
        """Who submitted, took back, approved and sent back which value, the first step first."""
        steps = SnippetStep.objects.filter(revision__snippet=snippet_of(key))
        return self.listed(
            ReviewStepItem, steps.select_related("revision", "person"), order=("pk",)
        )


class SubmittingSnippet(AuthorView):
    @changes("submit_snippet", {200: SnippetItem}, based=True)
    def post(self, request: Request, key: str) -> HttpResponse:
        """Ask for review of the newest value."""
        submit_snippet(actor=self.actor, snippet=snippet_of(key), revision=number_based_on(request))
        return told(key)


class WithdrawingSnippet(AuthorView):
    @changes("withdraw_snippet", {200: SnippetItem}, based=True)
    def post(self, request: Request, key: str) -> HttpResponse:
        """Take the value back from review."""
        withdraw_snippet(
            actor=self.actor, snippet=snippet_of(key), revision=number_based_on(request)
        )
        return told(key)


class SendingBackSnippet(AuthorView):
    @changes("send_back_snippet", {200: SnippetItem}, body=ReasonBody, based=True)
    def post(self, request: Request, key: str) -> HttpResponse:
        """Send the value back to its author with a reason."""
        reject_snippet(
            actor=self.actor,
            snippet=snippet_of(key),
            revision=number_based_on(request),
            reason=self.sent["reason"],
        )
        return told(key)


class SnippetUses(AuthorView):
    @shows("list_snippet_uses", SnippetUsesAnswer, 404, question=PageQuestion)
    def get(self, request: Request, key: str) -> HttpResponse:
        """The texts that use it, also through other snippets, in their newest revision or live."""
        snippet = snippet_of(key)
        keys = {key, *users_of(key, uses_of_snippets())}
        texts = ArticleText.objects.filter(
            texts_naming(keys) | texts_telling(snippet), head__isnull=False
        )
        return self.listed(
            SnippetUseItem,
            texts.select_related("article", "head").defer("head__body"),
            order=("pk",),
            then=_with_live,
        )


class SnippetEffect(AuthorView):
    @shows("list_snippet_effect", SnippetEffectAnswer, 404, question=EffectQuestion)
    def get(self, request: Request, key: str) -> HttpResponse:
        """What publishing the newest value would change in each live text that uses it."""
        snippet = snippet_of(key)
        uses = EntrySnippet.objects.filter(snippet=snippet, entry__until_edition=None)
        return self.listed(
            EffectItem,
            uses.select_related("entry"),
            order=("pk",),
            then=lambda rows: _with_effect(rows, _newest(snippet)),
        )


def _newest(snippet: Snippet) -> SnippetRevision:
    assert snippet.head is not None  # as `snippet_of` finds no other  # noqa: S101
    return snippet.head


def _with_live(texts: list[Any]) -> None:
    rows = Entry.objects.live().own().filter(revision__text__in=texts)
    live = dict(rows.values_list(F("revision__text_id"), "from_edition_id"))
    for text in texts:
        text.live_since = live.get(text.pk)


def _with_effect(uses: list[Any], value: SnippetRevision) -> None:
    effect = effect_of(value, [use.entry_id for use in uses])
    for use in uses:
        entry = use.entry
        use.changes = [
            change
            for change in effect.changes
            if (change.article_id, change.locale) == (entry.article_id, entry.locale)
        ]
        use.problems = [
            problem.message
            for problem in effect.problems
            if (problem.article, problem.locale) == (entry.public_id, entry.locale)
        ]
