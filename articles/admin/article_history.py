"""The revisions of a text, and what changed between any two of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles.admin.article_page import title_of
from articles.admin.comparisons import as_text, compare
from articles.locales import locale_choices
from articles.models import ArticleText, Revision

MOST_REVISIONS = 200  # newest first


def history_page(request: HttpRequest, text: ArticleText) -> dict[str, Any]:
    """Return what the history page shows; without a choice, the last change."""
    revisions = list(
        text.revisions.select_related("author").defer("body", "summary")[:MOST_REVISIONS]
    )
    newest = revisions[0].number if revisions else 0
    after = _chosen(request, text, "to", newest)
    before = _chosen(request, text, "from", max(newest - 1, 1))
    return {
        "title": _("History of %(title)s") % {"title": text},
        "article": text.article,
        "article_title": title_of(text.article),
        "text": text,
        "language": dict(locale_choices())[text.locale],
        "revisions": revisions,
        "before": before,
        "after": after,
        "diff": compare(as_text(before), as_text(after)),
    }


def _chosen(request: HttpRequest, text: ArticleText, name: str, default: int) -> Revision | None:
    """The revision that was asked for, or the default where that is none of this text."""
    asked = request.GET.get(name, "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else default
    return text.revisions.select_related("author").filter(number=number).first() or (
        text.revisions.select_related("author").filter(number=default).first()
    )
