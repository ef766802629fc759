"""Retiring from the editors' desk: an article, and in the same edition what links to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import URLPattern
from django.utils.translation import gettext as _

from articles.admin.article_page import in_locale_order, title_of
from articles.admin.article_views import to_article
from articles.admin.desk import CONFLICT, DeskAdmin, actor_of, require_role, tell
from articles.exceptions import OperationRefused
from articles.models import Article
from articles.roles import PUBLISH
from channels.models import Edition, Entry, EntryLink
from channels.operations.items import Retirement
from channels.operations.releases import publish_together

MOST_LINKING = 200  # articles that one page suggests


@dataclass(frozen=True, slots=True)
class Linking:
    """A live article that can be retired along."""

    article: Article
    entries: list[Entry]
    chosen: bool


class AlsoForm(forms.Form):
    """Further live articles to retire, by their public ids."""

    also = forms.ModelMultipleChoiceField(
        Article.objects.none(), required=False, to_field_name="public_id"
    )

    def __init__(self, data: QueryDict, *, article: Article) -> None:
        super().__init__(data)
        live = Entry.objects.live().filter(article=OuterRef("pk"))
        others = Article.objects.filter(Exists(live)).exclude(pk=article.pk)
        self.fields["also"].queryset = others.prefetch_related("texts__head")  # type: ignore[attr-defined]


class RetiringPages(DeskAdmin):
    def get_urls(self) -> list[URLPattern]:
        return [
            self.page_url("retire/<int:article_id>/", self.retire_view, "retire"),
            *super().get_urls(),
        ]

    def retire_view(self, request: HttpRequest, article_id: int) -> HttpResponse:
        """Ask again, then tell an article no more, in no language, and those chosen with it."""
        require_role(request, PUBLISH)
        article = get_object_or_404(Article, pk=article_id)
        also: list[Article] = []
        if request.method == "POST":
            form = AlsoForm(request.POST, article=article)
            if form.is_valid():
                also = list(form.cleaned_data["also"])
                if _retire(request, [article, *also]):
                    return to_article(article)
            else:
                message = _("Something that was chosen is not live any more. Look again.")
                messages.error(request, message)
        linking = linking_to([article, *also])
        return self.page(
            request,
            "admin/channels/retire.html",
            title=_("Retire “%s”?") % title_of(article),
            status=CONFLICT if request.method == "POST" else 200,
            article=article,
            entries=in_locale_order(Entry.objects.live().filter(article=article)),
            linking=with_entries(also, linking[:MOST_LINKING]),
            more=max(0, len(linking) - MOST_LINKING),
        )


def _retire(request: HttpRequest, retired: list[Article]) -> Edition | None:
    try:
        edition = publish_together(
            actor=actor_of(request),
            name=_("Retired: %s") % ", ".join(map(title_of, retired)),
            items=[Retirement(article) for article in retired],
        )
    except OperationRefused as refusal:
        tell(request, refusal)
        return None
    messages.success(request, _("Published in edition %d.") % edition.number)
    return edition


def linking_to(retired: Collection[Article]) -> list[int]:
    """Return the ids of the other live articles with a link to one of the `retired`."""
    links = EntryLink.objects.filter(
        target__in=[article.public_id for article in retired], entry__until_edition=None
    )
    ids = links.exclude(entry__article__in=retired).values_list("entry__article", flat=True)
    return list(ids.order_by("entry__article").distinct())


def with_entries(chosen: Iterable[Article], linking: Iterable[int]) -> list[Linking]:
    """Return both with what is live of them, the chosen first."""
    ticked = {article.pk for article in chosen}
    entries: dict[int, list[Entry]] = {pk: [] for pk in (*ticked, *linking)}
    for entry in Entry.objects.live().filter(article__in=entries).order_by("pk"):
        entries[entry.article_id].append(entry)
    articles = Article.objects.in_bulk(entries)
    return [
        Linking(articles[pk], in_locale_order(rows), chosen=pk in ticked)
        for pk, rows in entries.items()
    ]
