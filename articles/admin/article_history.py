"""The revisions of a text, any two of which can be compared, and its way through review."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles.admin.article_page import title_of
from articles.admin.compared_versions import with_texts
from articles.locales import locale_choices
from articles.models import ArticleText

MOST_REVISIONS = 200  # newest first


def history_page(request: HttpRequest, text: ArticleText) -> dict[str, Any]:
    """Return what the history page shows; the last change is chosen to be compared."""
    revisions = list(
        text.revisions.select_related("author").defer("body", "summary")[:MOST_REVISIONS]
    )
    newest = revisions[0].number if revisions else 0
    return {
        "title": _("History of %(title)s") % {"title": text},
        "article": text.article,
        "article_title": title_of(with_texts(text.article)),
        "text": text,
        "language": dict(locale_choices())[text.locale],
        "revisions": revisions,
        "before": max(newest - 1, 1),
        "after": newest,
    }
