"""The list of articles narrowed to those with a tag."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Min, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.models import Article, ArticleTag
from articles.operations.tagging import folded, tagged

MOST_SHOWN = 60  # tags that the list offers; any other can be asked for by its address


class TagFilter(admin.SimpleListFilter):
    """Articles with a tag, in whatever case and width it is asked for."""

    title = _("tag")
    parameter_name = "tag"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer the tags that most articles have, and the one that was asked for, by name."""
        # Counted in the index alone; the names are read of one row each.
        tags = ArticleTag.objects.values("folded").annotate(uses=Count("pk"), oldest=Min("pk"))
        shown = tags.order_by("-uses", "folded").values_list("oldest", flat=True)[:MOST_SHOWN]
        rows = ArticleTag.objects.filter(pk__in=list(shown))
        names = dict(rows.values_list("folded", "name"))
        if asked := self.value():
            names.setdefault(asked, asked)
        return sorted(names.items())

    def value(self) -> str | None:
        """Return the tag as the offered ones are named, so that the one asked for is marked."""
        asked = super().value()
        return folded(asked) if asked else None

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        asked = super().value()  # of a tag that nobody can see, nothing is left to be offered
        return queryset.filter(tagged(asked)) if asked else queryset
