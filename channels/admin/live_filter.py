"""Narrowing the list of articles by what readers have."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.article_filters import ArticleFilter, asked_locale
from articles.models import Article
from channels.models import Entry


class LiveFilter(ArticleFilter):
    """Articles that are live; with a language, in that one."""

    title = _("what readers have")
    parameter_name = "live"

    def choices_of(self, request: HttpRequest) -> list[tuple[str, Any]]:
        return [
            ("yes", _("live now")),
            ("changed", _("live, with a newer revision")),
            ("no", _("not live")),
        ]

    def narrowed(
        self, request: HttpRequest, articles: QuerySet[Article], chosen: str
    ) -> QuerySet[Article]:
        live = Entry.objects.live()
        if locale := asked_locale(request):
            live = live.filter(locale=locale)
        if chosen == "changed":
            live = live.exclude(revision__text__head=F("revision"))
        found = live.values("article")
        return articles.exclude(pk__in=found) if chosen == "no" else articles.filter(pk__in=found)
