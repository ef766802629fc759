"""The list of articles as it is narrowed, to be opened in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import URLPattern
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from articles.admin.article_list import ArticleListPages
from articles.admin.article_page import title_of
from articles.admin.desk import refuse_null, require_role
from articles.locales import locales
from articles.models import Article, ArticleText
from articles.spreadsheets import csv_lines
from articles.workflow import State

BATCH = 500  # articles read at once


class ArticleDownload(ArticleListPages):
    def get_urls(self) -> list[URLPattern]:
        return [
            self.page_url("download/", self.download_view, "download"),
            *super().get_urls(),
        ]

    def download_view(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the articles of the list, all its pages, as CSV."""
        require_role(request, self.opens)
        refuse_null(request)
        try:
            found = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            raise SuspiciousOperation("A list that there is not.") from None
        # Which articles is asked once: a list that changes meanwhile neither repeats nor skips.
        ids = list(found.values_list("pk", flat=True))
        name = f"articles-{timezone.localdate().isoformat()}.csv"
        return StreamingHttpResponse(
            csv_lines(self._rows(request, ids, translation.get_language() or "en")),
            content_type="text/csv; charset=utf-8",
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
                "Cache-Control": "private, no-store",
            },
        )

    def _rows(
        self, request: HttpRequest, ids: Sequence[int], language: str
    ) -> Iterator[Sequence[Any]]:
        # What is streamed is made after the request's language is gone.
        with translation.override(language):
            heading = self.heading()
        yield heading
        for start in range(0, len(ids), BATCH):
            some = ids[start : start + BATCH]
            with translation.override(language):
                by_id = self.get_queryset(request).in_bulk(some)
                rows = [self.row(by_id[pk]) for pk in some if pk in by_id]
            yield from rows

    def heading(self) -> list[str]:
        about = [_("id"), _("title"), _("kind"), _("topic"), _("audience"), _("owner")]
        for locale in locales():
            about += [f"{locale}: {_('state')}", f"{locale}: {_('last changed')}"]
        return about

    def row(self, article: Article) -> list[Any]:
        texts = {text.locale: text for text in article.texts.all()}
        cells = [
            article.public_id,
            title_of(article),
            article.get_kind_display(),
            article.topic or "",
            article.get_audience_display(),
            article.owner or "",
        ]
        for locale in locales():
            cells += _about(texts.get(locale))
        return cells


def _about(text: ArticleText | None) -> list[Any]:
    if text is None:
        return ["", ""]
    return [State(text.state).label, _moment(text.changed_at)]


def _moment(at: datetime) -> str:
    """Return a time as spreadsheets read it, in the installation's time zone."""
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")
