"""The desk's pages on freshness: what is to be reviewed, and what nobody looks after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles.admin.article_views import to_article
from articles.admin.desk import DeskAdmin, actor_of, refusals_told, require_role
from articles.admin.narrowing import NarrowForm, page_of, without_page
from articles.freshness import Freshness, freshness, is_orphaned
from articles.living import titles_of
from articles.models import Article
from articles.operations.freshness import due_articles, orphaned_articles, verify_unchanged
from articles.roles import WRITE

ORPHANED = "orphaned"
LISTS = {
    Freshness.OVERDUE.value: gettext_lazy("overdue"),
    Freshness.SOON.value: gettext_lazy("due soon"),
    ORPHANED: gettext_lazy("without an owner"),
    Freshness.UNDATED.value: gettext_lazy("without a date"),
    Freshness.FRESH.value: gettext_lazy("not due yet"),
}


class FreshnessFilter(NarrowForm):
    show = forms.ChoiceField(
        label=gettext_lazy("Show"),
        required=False,
        choices=[("", gettext_lazy("overdue and due soon")), *LISTS.items()],
    )
    field_order = ("show", "kind", "topic", "owner")

    def found(self) -> QuerySet[Article]:
        today = timezone.localdate()
        match self.cleaned_data.get("show"):
            case None | "":
                return due_articles(Freshness.OVERDUE, Freshness.SOON, today=today)
            case "orphaned":
                return orphaned_articles()
            case one:
                return due_articles(Freshness(one), today=today)


@dataclass(frozen=True, slots=True)
class Row:
    article: Article
    title: str
    state: Freshness
    orphaned: bool


class VerifyForm(forms.Form):
    based_on = forms.IntegerField(min_value=1, max_value=2_147_483_647)


class FreshnessPages(DeskAdmin):
    """The lists of what is due, and saying that an article still holds."""

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page_url("freshness/", self.freshness_view, "freshness"),
            self.page_url("<path:object_id>/verify/", self.verify_view, "verify"),
            *super().get_urls(),
        ]

    def freshness_view(self, request: HttpRequest) -> HttpResponse:
        require_role(request, WRITE)
        form = FreshnessFilter(request)
        found = form.narrowed(form.found()).order_by(F("review_by").asc(nulls_last=True), "pk")
        page, articles = page_of(request, found)
        return self.page(
            request,
            "admin/articles/freshness.html",
            title=_("Freshness"),
            form=form,
            page=page,
            rows=_rows(articles),
            query=without_page(request),
        )

    @method_decorator(require_POST)
    def verify_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Say that all of the article still holds; from a list, lead back to it."""
        article = self.found(request, object_id)
        form = VerifyForm(request.POST)
        if form.is_valid():
            with refusals_told(request):
                verified = verify_unchanged(
                    actor=actor_of(request), article=article, based_on=form.cleaned_data["based_on"]
                )
                messages.success(
                    request,
                    _("Verified unchanged. To be reviewed again by %(day)s.")
                    % {"day": _day(verified)},
                )
        else:
            messages.error(request, _("Say which version of the article you have read."))
        if "list" in request.POST:
            query = QueryDict(request.POST["list"][:2000]).urlencode()
            return HttpResponseRedirect(f"{reverse('admin:articles_freshness')}?{query}")
        return to_article(article)


def _day(article: Article) -> str:
    return date_format(article.review_by, "DATE_FORMAT") if article.review_by else "–"


def _rows(articles: Sequence[Article]) -> list[Row]:
    titles, today = titles_of(articles), timezone.localdate()
    return [
        Row(
            article,
            titles[article.pk],
            freshness(article.review_by, today=today),
            is_orphaned(article),
        )
        for article in articles
    ]
