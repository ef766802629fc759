"""By what the list of articles can be narrowed. A value that is not known narrows nothing.

Filters on texts (language, state, last change) and the words typed mean one and the same text, so
they are asked for together, in `texts_asked_for`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.admin.freshness import LISTS, ORPHANED
from articles.freshness import Freshness
from articles.locales import locale_choices, locales
from articles.models import Article, ArticleText, Kind, Topic
from articles.models.article import AUDIENCE_CHOICES
from articles.operations.freshness import due_articles, orphaned_articles
from articles.translation_standings import articles_standing
from articles.translations import Standing
from articles.workflow import State

CHANGED = {
    "today": _("today"),
    "week": _("in the last 7 days"),
    "month": _("in the last 30 days"),
}
MINE, NOBODYS = "me", "none"


class ArticleFilter(admin.SimpleListFilter):
    """One choice among some."""

    def choices_of(self, request: HttpRequest) -> list[tuple[str, Any]]:
        raise NotImplementedError

    def narrowed(
        self, request: HttpRequest, articles: QuerySet[Article], chosen: str
    ) -> QuerySet[Article]:
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return self.choices_of(request)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        chosen = self.value()
        if chosen is None or chosen not in dict(self.lookup_choices):
            return queryset
        return self.narrowed(request, queryset, chosen)


class TextFilter(ArticleFilter):
    """Part of what `texts_asked_for` looks at."""

    def narrowed(
        self, request: HttpRequest, articles: QuerySet[Article], chosen: str
    ) -> QuerySet[Article]:
        return articles


class KindFilter(ArticleFilter):
    title = _("kind")
    parameter_name = "kind"

    def choices_of(self, request: HttpRequest) -> list[tuple[str, Any]]:
        return list(Kind.choices)

    def narrowed(
        self, request: HttpRequest, articles: QuerySet[Article], chosen: str
    ) -> QuerySet[Article]:
        return articles.filter(kind=chosen)


class AudienceFilter(ArticleFilter):
    title = _("audience")
    parameter_name = "audience"

    def choices_of(self, request: HttpRequest) -> list[tuple[str, Any]]:
        return list(AUDIENCE_CHOICES)

    def narrowed(
        self, request: HttpRequest, articles: QuerySet[Article], chosen: str
    ) -> QuerySet[Article]:
        return articles.filter(audience=chosen)


class TopicFilter(ArticleFilter):
    """Articles of a topic or of any topic below it."""

    title = _("topic")
    parameter_name = "topic"

    def choices_of(self, request: HttpRequest) -> list[tuple[str, Any]]:
        self.topics = {
            topic.slug: topic for topic in Topic.objects.order_by("path").prefetch_related("names")
        }
        return [
            (slug, "— " * (topic.depth - 1) + str(topic)) for slug, topic in self.topics.items()
        ]

    def narrowed(
        self, request: HttpRequest, articles: QuerySet[Article], chosen: str
    ) -> QuerySet[Article]:
        return articles.filter(topic__path__startswith=self.topics[chosen].path)


class OwnerFilter(ArticleFilter):
    """`me`, `none`, or a name; those who have left are there while they own something."""

    title = _("owner")
    parameter_name = "owner"

    def choices_of(self, request: HttpRequest) -> list[tuple[str, Any]]:
        owns = Exists(Article.objects.filter(owner=OuterRef("pk")))
        people = User.objects.filter(Q(is_staff=True, is_active=True) | owns)
        names = people.order_by("username").values_list("username", flat=True)
        return [(MINE, _("me")), (NOBODYS, _("nobody")), *((name, name) for name in names)]

    def narrowed(
        self, request: HttpRequest, articles: QuerySet[Article], chosen: str
    ) -> QuerySet[Article]:
        match chosen:
            case "me":
                return articles.filter(owner=request.user.pk)
            case "none":
                return articles.filter(owner=None)
        return articles.filter(owner__username=chosen)


class DueFilter(ArticleFilter):
    """Articles to be looked at again, of those that are not retired."""

    title = _("review by")
    parameter_name = "due"

    def choices_of(self, request: HttpRequest) -> list[tuple[str, Any]]:
        return list(LISTS.items())

    def narrowed(
        self, request: HttpRequest, articles: QuerySet[Article], chosen: str
    ) -> QuerySet[Article]:
        found = (
            orphaned_articles()
            if chosen == ORPHANED
            else due_articles(Freshness(chosen), today=timezone.localdate())
        )
        return articles.filter(pk__in=found.values("pk"))


class StandingFilter(ArticleFilter):
    """Articles with a translation that is missing or behind; with a language, that one."""

    title = _("translation")
    parameter_name = "translation"

    def choices_of(self, request: HttpRequest) -> list[tuple[str, Any]]:
        wanted = (Standing.MISSING, Standing.BEHIND, Standing.MAYBE)
        return [(one.value, one.label) for one in wanted]

    def narrowed(
        self, request: HttpRequest, articles: QuerySet[Article], chosen: str
    ) -> QuerySet[Article]:
        locale = asked_locale(request)
        found = articles_standing((Standing(chosen),), locales=(locale,) if locale else locales())
        return articles.filter(pk__in=found.values("pk"))


class LocaleFilter(TextFilter):
    title = _("language")
    parameter_name = "locale"

    def choices_of(self, request: HttpRequest) -> list[tuple[str, Any]]:
        return locale_choices()


class StateFilter(TextFilter):
    title = _("state")
    parameter_name = "state"

    def choices_of(self, request: HttpRequest) -> list[tuple[str, Any]]:
        return list(State.choices)


class ChangedFilter(TextFilter):
    title = _("last changed")
    parameter_name = "changed"

    def choices_of(self, request: HttpRequest) -> list[tuple[str, Any]]:
        return list(CHANGED.items())


def asked_locale(request: HttpRequest) -> str:
    """Return the language that was asked for, "" for any."""
    locale = request.GET.get(LocaleFilter.parameter_name, "")
    return locale if locale in locales() else ""


def texts_asked_for(request: HttpRequest) -> QuerySet[ArticleText] | None:
    """Return the texts that the filters ask for, None where they ask for nothing.

    Where a translation is missing, the language says which one, and the rest is about the texts
    that there are.
    """
    wanted = Q()
    asked = request.GET
    if asked.get(StandingFilter.parameter_name) != Standing.MISSING and (
        locale := asked_locale(request)
    ):
        wanted &= Q(locale=locale)
    if (state := asked.get(StateFilter.parameter_name)) in State.values:
        wanted &= Q(state=state)
    if (changed := asked.get(ChangedFilter.parameter_name)) in CHANGED:
        wanted &= Q(changed_at__gte=_since(changed or "", now=timezone.now()))
    return ArticleText.objects.filter(wanted) if wanted else None


def _since(changed: str, *, now: datetime) -> datetime:
    match changed:
        case "today":
            return timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        case "week":
            return now - timedelta(days=7)
    return now - timedelta(days=30)
