"""The page that compares any two revisions of a text."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext as _

from articles.admin.article_page import title_of
from articles.admin.compared_versions import versions_of
from articles.admin.comparisons import Rendered, Version, parts_of
from articles.admin.desk import DeskAdmin
from articles.locales import locale_choices
from articles.models import Article, ArticleText, Revision
from articles.numbers import whole_number

MOST_NUMBER = 2_147_483_647  # that the column of revisions' numbers holds
MOST_OFFERED = 200  # newest first
RENDERED = "rendered"  # the view that shows both versions as readers get them


class ComparePages(DeskAdmin):
    """Comparisons of an article's revisions."""

    def rendered(
        self, request: HttpRequest, text: ArticleText, before: Revision, after: Revision
    ) -> Rendered | None:
        """What readers would get of both. This app knows nothing of how it is told."""
        return None

    def get_urls(self) -> list[URLPattern]:
        return [
            self.page_url("<path:object_id>/compare/", self.compare_view, "compare"),
            *super().get_urls(),
        ]

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Compare revision `?from=` with revision `?to=` of the text in `?locale=`; without them,
        the newest with the one before, in the article's source language."""
        article = self.found(request, object_id)
        text = asked_text(request, article)
        offered = list(
            text.revisions.select_related("author").defer("body", "summary")[:MOST_OFFERED]
        )
        newest = offered[0].number if offered else 0
        before, after = asked_revisions(request, text, default=(max(newest - 1, 1), newest))
        old, new = versions_of(text, [before, after])
        as_read = request.GET.get("view") == RENDERED
        return self.page(
            request,
            "admin/articles/compare.html",
            title=_("Compare revisions of %(title)s") % {"title": text},
            article=article,
            article_title=title_of(article),
            text=text,
            language=dict(locale_choices())[text.locale],
            offered=offered,
            from_revision=before,
            to_revision=after,
            **compared(old, new),
            rendered=self.rendered(request, text, before, after) if as_read else None,
            as_read=as_read,
            views=views_of(request),
        )


def compared(before: Version | None, after: Version | None) -> dict[str, Any]:
    """Return what the templates of comparisons show of two versions."""
    return {"before": before, "after": after, "parts": parts_of(before, after)}


def views_of(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """Return the ways to look at a comparison: address, name, and whether it is the present one."""
    now = request.GET.get("view", "")
    views = []
    for value, name in (("", _("Source")), (RENDERED, _("As readers get it"))):
        query = request.GET.copy()
        query.pop("view", None)
        if value:
            query["view"] = value
        views.append((f"?{query.urlencode()}", name, value == (now if now == RENDERED else "")))
    return views


def asked_text(request: HttpRequest, article: Article) -> ArticleText:
    """Return the text in `?locale=`, or the source text, or any. Raises Http404."""
    rows = article.texts.select_related("article__topic", "article__owner", "head", "approved")
    texts = {text.locale: text for text in rows}
    locale = request.GET.get("locale") or article.source_locale
    if locale in texts:
        return texts[locale]
    if "locale" in request.GET or not texts:
        raise Http404
    return next(iter(texts.values()))


def asked_revisions(
    request: HttpRequest, text: ArticleText, *, default: tuple[int, int]
) -> tuple[Revision, Revision]:
    """Return the revisions `?from=` and `?to=`. Raises Http404 where there is none such."""
    numbers = [
        whole_number(request.GET[name], most=MOST_NUMBER) if name in request.GET else number
        for name, number in zip(("from", "to"), default, strict=True)
    ]
    rows = text.revisions.select_related("author").filter(number__in=[n for n in numbers if n])
    found = {revision.number: revision for revision in rows}
    try:
        before, after = (found[number or 0] for number in numbers)
    except KeyError:
        raise Http404 from None
    return before, after
