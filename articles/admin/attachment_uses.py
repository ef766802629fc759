"""Where an attachment is used: the texts and snippets whose revisions name it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.models import ArticleText, Attachment, AttachmentUse, Snippet

MOST = 100  # texts on the page of one attachment


@dataclass(frozen=True, slots=True)
class Uses:
    """`texts` know as `in_newest` whether their newest revision still names it."""

    texts: Sequence[ArticleText]
    snippets: Sequence[Snippet]
    more: bool  # whether there are more texts than shown


def uses_of(name: str) -> Uses:
    """Look up who names the attachment. Two statements."""
    newest = AttachmentUse.objects.filter(name=name, revision=OuterRef("head"))
    named = AttachmentUse.objects.filter(name=name, revision__isnull=False)
    texts = (
        ArticleText.objects.filter(pk__in=named.values("revision__text"))
        .select_related("article", "head")
        .annotate(in_newest=Exists(newest))
        .order_by("-in_newest", "article_id", "locale")
    )
    found = list(texts[: MOST + 1])
    by_snippets = AttachmentUse.objects.filter(name=name, snippet_revision__isnull=False)
    snippets = Snippet.objects.filter(pk__in=by_snippets.values("snippet_revision__snippet"))
    return Uses(found[:MOST], list(snippets.order_by("key")[:MOST]), len(found) > MOST)


def with_use_counts(attachments: QuerySet[Attachment]) -> QuerySet[Attachment]:
    """Have each attachment know, as `in_articles` and `in_snippets`, how many ever named it."""
    uses = AttachmentUse.objects.filter(name=OuterRef("name")).order_by().values("name")
    return attachments.annotate(
        in_articles=_counted(uses, "revision__text__article"),
        in_snippets=_counted(uses, "snippet_revision__snippet"),
    )


def _counted(uses: QuerySet[AttachmentUse, Any], what: str) -> Coalesce:
    counted = uses.annotate(found=Count(F(what), distinct=True)).values("found")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


class UsedFilter(admin.SimpleListFilter):
    title = _("use")
    parameter_name = "used"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Used")), ("no", _("Never used"))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Attachment]
    ) -> QuerySet[Attachment]:
        uses = Exists(AttachmentUse.objects.filter(name=OuterRef("name")))
        match self.value():
            case "yes":
                return queryset.filter(uses)
            case "no":
                return queryset.filter(~uses)
        return queryset


class TypeFilter(admin.SimpleListFilter):
    title = _("type")
    parameter_name = "type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("picture", _("Pictures")), ("pdf", _("PDFs"))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Attachment]
    ) -> QuerySet[Attachment]:
        match self.value():
            case "picture":
                return queryset.filter(width__isnull=False)
            case "pdf":
                return queryset.filter(pages__isnull=False)
        return queryset
