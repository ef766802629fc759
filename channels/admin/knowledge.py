"""The articles' and snippets' pages with what channels know of them: where they are live, who
uses them, what readers ask for. `articles` itself knows nothing of channels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.articles import ArticleAdmin
from articles.admin.snippet_forms import summary
from articles.admin.snippet_page import UsingText
from articles.admin.snippets import SnippetAdmin
from articles.audiences import rank
from articles.locales import locales
from articles.models import Article, ArticleText, Snippet, SnippetRevision
from articles.models.article import AUDIENCE_CHOICES
from articles.roles import PUBLISH
from articles.workflow import State
from channels.admin.bulk_retiring import RetiringTogether
from channels.admin.comparing import RenderedComparisons
from channels.admin.differences import differences, still_told_to
from channels.admin.front import ToldWorkPages
from channels.admin.live_filter import LiveFilter
from channels.admin.live_texts import live_texts
from channels.admin.snippet_effect import effect_context, ways_on
from channels.admin.snippet_uses import with_live
from channels.admin.speaking import program
from channels.admin.typed_preview_views import NEW, TypedPreviewPages
from channels.admin.waiting import MOST_NAMED, live_uses, with_blast_radius
from channels.live_revisions import texts_telling
from channels.models import Entry, SnippetEntry, UpdateRequest

MOST_REQUESTS = 10


class ToldArticleAdmin(RenderedComparisons, TypedPreviewPages, ToldWorkPages, ArticleAdmin):
    bulk = (*ArticleAdmin.bulk, RetiringTogether)
    list_filter = (*ArticleAdmin.list_filter, LiveFilter)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        live = Entry.objects.live().own().only("article_id", "locale", "from_edition_id")
        return (
            super()
            .get_queryset(request)
            .prefetch_related(Prefetch("entries", live, "live_entries"))
        )

    @admin.display(description=_("texts, live since edition"))
    def states(self, article: Article) -> SafeString:
        return super().states(article)

    def told_since(self, article: Any, text: ArticleText) -> str:
        since = {entry.locale: entry.from_edition_id for entry in article.live_entries}
        return f" · {since[text.locale]}" if text.locale in since else ""

    def heading(self) -> list[str]:
        since = (f"{locale}: {gettext('live since edition')}" for locale in locales())
        return [*super().heading(), *since]

    def row(self, article: Any) -> list[Any]:
        since = {entry.locale: entry.from_edition_id for entry in article.live_entries}
        return [*super().row(article), *(since.get(locale, "") for locale in locales())]

    def converted(self, articles: Sequence[Article]) -> dict[tuple[int, str], str]:
        rows = Entry.objects.live().filter(article__in=articles).exclude(converted_from="")
        return {
            (article_id, locale): origin
            for article_id, locale, origin in rows.values_list(
                "article_id", "locale", "converted_from"
            )
        }

    def told_of_new(self) -> dict[str, Any]:
        return {"audiences": AUDIENCE_CHOICES, "speaks": bool(program()), "draft": {"pk": NEW}}

    def told(self, request: HttpRequest, article: Article) -> dict[str, Any]:
        live = Entry.objects.live().filter(article=article).select_related("revision")
        entries = list(live.order_by("locale"))
        # A live text with a newer draft has no such step of its own, yet its article can go.
        newer_drafts_only = all(text.state != State.PUBLISHED for text in article.texts.all())
        may_retire = bool(entries) and newer_drafts_only and request.user.has_perm(PUBLISH)
        return {
            "retire": reverse("admin:channels_retire", args=[article.pk]) if may_retire else "",
            "put": reverse("admin:channels_release_put"),
            "live": live_texts(article, entries),
            "audiences": [
                choice for choice in AUDIENCE_CHOICES if rank(choice[0]) >= rank(article.audience)
            ],
            "speaks": bool(program()),
            "differences": differences(article, entries),
            "still_told_to": still_told_to(article, entries),
            "publish": reverse("admin:channels_publish_article", args=[article.pk])
            if request.user.has_perm(PUBLISH)
            else "",
            "requests": UpdateRequest.objects.open()
            .on(article.pk)
            .order_by("-votes_count", "-pk")[:MOST_REQUESTS],
        }


class ToldSnippetAdmin(SnippetAdmin):
    list_display = (*SnippetAdmin.list_display, "live", "used")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Snippet]:
        live = SnippetEntry.objects.filter(until_edition=None).select_related("revision")
        return (
            super()
            .get_queryset(request)
            .prefetch_related(Prefetch("entries", live, "live_entries"))
        )

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Count the uses of the page's snippets in one statement."""
        changelist = super().get_changelist_instance(request)
        rows = list(changelist.result_list)
        uses = live_uses([snippet.pk for snippet in rows])
        for snippet in rows:
            snippet.live_uses = uses.get(snippet.pk, 0)
        changelist.result_list = rows
        return changelist

    @admin.display(description=_("live"))
    def live(self, snippet: Any) -> str:
        live = next((entry.revision_id for entry in snippet.live_entries), None)
        if live is None:
            return "–"
        return str(_("this value") if live == snippet.head_id else _("an older value"))

    @admin.display(description=_("live texts that use it"))
    def used(self, snippet: Any) -> int:
        return int(snippet.live_uses)

    def texts_using(self, snippet: Snippet, keys: Iterable[str]) -> Q:
        return super().texts_using(snippet, keys) | texts_telling(snippet)

    def with_live(self, snippet: Snippet, uses: list[UsingText]) -> list[UsingText]:
        return with_live(snippet, uses)

    def live_value(self, snippet: Any) -> SnippetRevision | None:
        return next((entry.revision for entry in snippet.live_entries), None)

    def effect(
        self, request: HttpRequest, snippet: Snippet, revision: SnippetRevision
    ) -> dict[str, Any]:
        return {"template": "admin/channels/snippet_effect.html"} | effect_context(
            request, snippet, revision, live=self.live_value(snippet)
        )

    def told(self, request: HttpRequest, snippet: Snippet) -> dict[str, Any]:
        (waiting,) = with_blast_radius([snippet])
        live = waiting.live
        is_waiting = snippet.approved_id and (
            live is None or live.revision_id != snippet.approved_id
        )
        return {
            "live": summary(snippet.kind, live.revision.value) if live else "",
            "live_pk": live.revision_id if live else None,
            "since": live.from_edition_id if live else None,
            "uses": waiting.uses,
            "titles": waiting.titles,
            "more": max(0, waiting.uses - MOST_NAMED),
            **ways_on(request, snippet, waits=bool(is_waiting)),
        }


admin.site.unregister(Article)
admin.site.register(Article, ToldArticleAdmin)
admin.site.unregister(Snippet)
admin.site.register(Snippet, ToldSnippetAdmin)
