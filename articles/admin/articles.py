"""The list of articles: what we know, in which languages, and how far each text has come."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.admin.article_download import ArticleDownload
from articles.admin.article_filters import (
    AudienceFilter,
    ChangedFilter,
    DueFilter,
    KindFilter,
    LocaleFilter,
    OwnerFilter,
    StandingFilter,
    StateFilter,
    TopicFilter,
)
from articles.admin.article_list import LAST_CHANGE
from articles.admin.article_page import in_locale_order, title_of
from articles.admin.bulk_pages import BulkPages
from articles.admin.compare_views import ComparePages
from articles.admin.freshness import FreshnessPages
from articles.admin.my_work import MyWorkPages
from articles.admin.review_views import ReviewPages
from articles.admin.saved_views import SavedViewPages
from articles.admin.tag_filter import TagFilter
from articles.admin.text_views import TextPages
from articles.admin.translations import TranslationPages
from articles.models import Article, ArticleText
from articles.roles import WRITE
from articles.workflow import State


@admin.register(Article)
class ArticleAdmin(
    BulkPages,
    SavedViewPages,
    ArticleDownload,
    ComparePages,
    ReviewPages,
    TranslationPages,
    FreshnessPages,
    MyWorkPages,
    TextPages,
):
    more_pages = (
        (_("My work"), "articles_my_work", WRITE),
        (_("Translations"), "articles_translations", WRITE),
        (_("Freshness"), "articles_freshness", WRITE),
    )
    list_display: tuple[str, ...] = (
        "title",
        "states",
        "kind",
        "topic",
        "audience",
        "owner",
        "last_change",
    )
    list_filter: ClassVar[tuple[type[admin.ListFilter], ...]] = (
        StateFilter,
        LocaleFilter,
        OwnerFilter,
        KindFilter,
        TopicFilter,
        AudienceFilter,
        TagFilter,
        StandingFilter,
        DueFilter,
        ChangedFilter,
    )
    list_per_page = 50
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        texts = ArticleText.objects.select_related("head").defer("head__body", "head__summary")
        return (
            super()
            .get_queryset(request)
            .select_related("topic", "owner")
            .prefetch_related("topic__names", Prefetch("texts", queryset=texts))
        )

    @admin.display(description=_("title"))
    def title(self, article: Article) -> str:
        return title_of(article)

    @admin.display(description=_("texts"))
    def states(self, article: Article) -> SafeString:
        return format_html_join(
            " ",
            '<span class="desk-state desk-state-{}"><b>{}</b> {}{}</span>',
            (
                (text.state, text.locale, State(text.state).label, self.told_since(article, text))
                for text in in_locale_order(article.texts.all())
            ),
        )

    @admin.display(description=_("last changed"), ordering=LAST_CHANGE)
    def last_change(self, article: Article) -> datetime | None:
        return max((text.changed_at for text in article.texts.all()), default=None)

    def told_since(self, article: Article, text: ArticleText) -> str:
        """What channels add to a text's state: since when it is told. Nothing is known here."""
        return ""
