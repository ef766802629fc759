"""Golden queries: questions that must go on finding their article, and whether they do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from articles.admin.article_forms import LINE
from articles.admin.article_page import title_of
from articles.admin.desk import actor_of, refusals_told, require_role
from articles.audiences import PUBLIC
from articles.exceptions import OperationRefused
from articles.models.article import AUDIENCE_CHOICES
from articles.roles import WRITE
from channels.admin.kept_words import (
    LONGEST_TYPED,
    KeptAdmin,
    KeptForm,
    LocaleFilter,
    article_named,
    page_of,
)
from channels.models import GoldenQuery
from channels.operations.golden_queries import (
    check_golden_queries,
    remove_golden_query,
    save_golden_query,
)


class GoldenForm(KeptForm):
    query = forms.CharField(
        label=gettext_lazy("Question"),
        max_length=LONGEST_TYPED,
        widget=LINE,
        help_text=gettext_lazy("As a reader types or says it."),
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Readers"), choices=AUDIENCE_CHOICES, initial=PUBLIC
    )
    article = forms.CharField(
        label=gettext_lazy("Article"),
        max_length=LONGEST_TYPED,
        widget=LINE,
        help_text=gettext_lazy("The one they must find: its id, its address, or its whole title."),
    )
    within = forms.IntegerField(
        label=gettext_lazy("Among the first"),
        min_value=1,
        max_value=GoldenQuery.MOST_WITHIN,
        initial=3,
    )
    field_order = ("locale", "query", "audience", "article", "within", "note")


class StandingFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("lost", gettext_lazy("does not hold")),
            ("holds", gettext_lazy("holds")),
            ("unseen", gettext_lazy("not looked at yet")),
        ]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[GoldenQuery]
    ) -> QuerySet[GoldenQuery]:
        holds = Q(position__gte=1, position__lte=F("within"))
        match self.value():
            case "lost":
                return queryset.filter(position__isnull=False).exclude(holds)
            case "holds":
                return queryset.filter(holds)
            case "unseen":
                return queryset.filter(position=None)
        return queryset


@admin.register(GoldenQuery)
class GoldenQueryAdmin(KeptAdmin):
    form_class = GoldenForm
    new_title = gettext_lazy("New golden query")
    list_display = (
        "query",
        "language",
        "audience",
        "wanted",
        "within",
        "standing",
        "checked_at",
        "note",
    )
    list_filter = (LocaleFilter, StandingFilter, "audience")
    search_fields = ("query", "note")

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page_url("check/", self.check_view, "goldenquery_check"),
            self.page_url("<path:object_id>/check/", self.check_view, "goldenquery_check_one"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[GoldenQuery]:
        every = super().get_queryset(request).select_related("article")
        return every.prefetch_related("article__texts__head")

    @admin.display(description=gettext_lazy("article"))
    def wanted(self, golden: GoldenQuery) -> str:
        return title_of(golden.article)

    @admin.display(description=gettext_lazy("state"), ordering="position")
    def standing(self, golden: GoldenQuery) -> SafeString:
        return standing_of(golden)

    def typed_of(self, kept: GoldenQuery) -> dict[str, Any]:
        return {
            "locale": kept.locale,
            "query": kept.query,
            "audience": kept.audience,
            "article": kept.article.public_id,
            "within": kept.within,
            "note": kept.note,
        }

    def told(self, form: KeptForm, kept: GoldenQuery | None) -> dict[str, Any]:
        if kept is None:
            return {}
        return {
            "article_title": title_of(kept.article),
            "article_url": page_of(kept.article),
            "standing": standing_of(kept),
        }

    def save(self, request: HttpRequest, typed: dict[str, Any], kept: GoldenQuery | None) -> str:
        article = article_named(typed.pop("article"), typed["locale"], field="article")
        actor = actor_of(request)
        saved = save_golden_query(actor=actor, golden=kept, article=article, **typed)
        try:
            check_golden_queries(actor=actor, golden=saved)
        except OperationRefused:  # It is saved; search has no answer just now.
            return _("Saved.")
        saved.refresh_from_db()
        if saved.holds:
            return _("Saved. It holds: the article is number %(place)d.") % {
                "place": saved.position
            }
        return _("Saved. It does not hold yet.")

    def remove(self, request: HttpRequest, kept: GoldenQuery) -> None:
        remove_golden_query(actor=actor_of(request), golden=kept)

    @method_decorator(require_POST)
    def check_view(self, request: HttpRequest, object_id: str = "") -> HttpResponse:
        """Search for all that are kept, or for one."""
        require_role(request, WRITE)
        golden = self.found(request, object_id) if object_id else None
        with refusals_told(request):
            looked, lost = check_golden_queries(actor=actor_of(request), golden=golden)
            said = ngettext(
                "%(count)d question was searched for:",
                "%(count)d questions were searched for:",
                looked,
            ) % {"count": looked}
            verdict = (
                _("all hold.")
                if not lost
                else ngettext("%(count)d does not hold.", "%(count)d do not hold.", lost)
                % {"count": lost}
            )
            (messages.warning if lost else messages.success)(request, f"{said} {verdict}")
        if golden:
            page = reverse("admin:channels_goldenquery_change", args=[golden.pk])
            return HttpResponseRedirect(page)
        return HttpResponseRedirect(self.list_url())


def standing_of(golden: GoldenQuery) -> SafeString:
    """Say whether it held when it was last looked at, and where the article stood."""
    if golden.holds is None:
        return format_html('<span class="desk-state">{}</span>', _("not looked at yet"))
    said = _("number %(place)d") % {"place": golden.position} if golden.position else _("not found")
    return format_html(
        '<span class="desk-state desk-state-{}">{}</span> {}',
        "published" if golden.holds else "failed",
        _("holds") if golden.holds else _("does not hold"),
        said,
    )
