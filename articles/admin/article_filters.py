"""By what the list of articles can be narrowed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.locales import locale_choices, locales
from articles.models import Article, ArticleText, Topic
from articles.workflow import State


class TopicFilter(admin.SimpleListFilter):
    """Articles of a topic or of any topic below it."""

    title = _("topic")
    parameter_name = "topic"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        topics = Topic.objects.order_by("path").prefetch_related("names")
        return [(topic.slug, "— " * (topic.depth - 1) + str(topic)) for topic in topics]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        slug = self.value()
        if slug is None or slug not in dict(self.lookup_choices):
            return queryset
        return queryset.filter(topic__path__startswith=Topic.objects.get(slug=slug).path)


class LocaleFilter(admin.SimpleListFilter):
    """Articles that have a text in a locale; with a state, one in that state."""

    title = _("language")
    parameter_name = "locale"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return locale_choices()

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if self.value() not in locales():
            return queryset
        return queryset.filter(_has_text(locale=self.value()))


class StateFilter(admin.SimpleListFilter):
    """Articles that have a text in a state; with a locale, in that one."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(state.value, str(state.label)) for state in State]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if self.value() not in State.values:
            return queryset
        wanted = {"state": self.value()}
        if (locale := request.GET.get("locale", "")) in locales():
            wanted["locale"] = locale
        return queryset.filter(_has_text(**wanted))


def _has_text(**wanted: Any) -> Exists:
    return Exists(ArticleText.objects.filter(article=OuterRef("pk"), **wanted))
