"""The list of articles: what may be asked of it, and how what was asked is answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import ShowFacets
from django.contrib.admin.views.main import (
    ORDER_VAR,
    SEARCH_VAR,
    ChangeList,
)
from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.article_changelist import ArticleChangeList
from articles.admin.article_filters import texts_asked_for
from articles.admin.desk import DeskAdmin
from articles.full_text.index import texts_with
from articles.full_text.words import MOST_ASKED, asked_words
from articles.models import Article, ArticleText

LIST = "admin:articles_article_changelist"
LONGEST_ADDRESS = 120  # characters, of a slug
_LAST = ArticleText.objects.filter(article=OuterRef("pk")).order_by().values("article")
LAST_CHANGE = Subquery(_LAST.annotate(last=Max("changed_at")).values("last"))


class ArticleListPages(DeskAdmin):
    """Narrowing and searching. What else narrows the list is another class in `list_filter`, with
    a parameter of its own."""

    show_facets = ShowFacets.NEVER  # each would be counted
    show_full_result_count = False
    search_fields = ("public_id",)  # not used: see get_search_results
    search_help_text = gettext_lazy("Words, address or id")

    def filter_parameters(self) -> tuple[str, ...]:
        """Return what may be asked for and kept under a name."""
        return (SEARCH_VAR, ORDER_VAR, *self.filters())

    def kept_filters(self, asked: Mapping[str, str]) -> dict[str, str]:
        """Return what is asked for, without the page of it, in the order of its names."""
        return {name: asked[name] for name in sorted(self.filter_parameters()) if asked.get(name)}

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {
            "kept_query": urlencode(self.kept_filters(request.GET.dict())),
            "search_note": search_note(request.GET.get(SEARCH_VAR, "")),
        }
        return super().changelist_view(request, context | (extra_context or {}))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ArticleChangeList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        """Narrow by all that is asked of texts, the words typed among it: it is about one text."""
        texts = texts_asked_for(request)
        typed = search_term.strip()
        if not typed:
            return (queryset if texts is None else queryset.filter(_of(texts))), False
        among = ArticleText.objects.all() if texts is None else texts
        found = Q(pk__in=())
        asked = asked_words(typed)
        if asked.words:
            found |= _of(among.filter(pk__in=texts_with(asked)))
        if len(typed) <= LONGEST_ADDRESS and not any(map(str.isspace, typed)):
            found |= _of(among.filter(slug__icontains=typed))
            by_id = Q(public_id__icontains=typed)
            found |= by_id if texts is None else by_id & _of(texts)
        return queryset.filter(found), False


def _of(texts: QuerySet[ArticleText]) -> Q:
    return Q(pk__in=texts.values("article"))


def search_note(typed: str) -> str:
    """Return what must be said of what was typed into the search box, "" for nothing."""
    if not typed.strip():
        return ""
    asked = asked_words(typed)
    if not asked.words:
        return _("Type at least one letter or digit to find something.")
    if asked.cut:
        return _("Only the first %d words are looked for.") % MOST_ASKED
    return ""


def list_address(asked: Mapping[str, str]) -> str:
    """Return the list's address with these parameters."""
    query = urlencode(asked)
    return reverse(LIST) + (f"?{query}" if query else "")
