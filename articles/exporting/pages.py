"""One text as a Markdown file with front matter."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from articles.exported_form import DIALECT, DIALECT_FIELD, with_files
from articles.models import Article, ArticleText, Revision


def page(text: ArticleText, revision: Revision, *, addresses: Sequence[str], draft: bool) -> str:
    """Return the file for `revision`; `addresses` are the old ones of `text`."""
    article: Article = text.article
    fields: dict[str, Any] = {
        "title": revision.title,
        "description": revision.summary,
        "questions": revision.questions,
        "article_id": article.public_id,
        "locale": text.locale,
        "slug": text.slug,
        "kind": article.kind,
        "topic": article.topic.slug if article.topic else "",
        "audience": article.audience,
        "tags": article.tags,
        "products": article.products,
        "owner": article.owner.username if article.owner else "",
        "review_by": article.review_by.isoformat() if article.review_by else "",
        "source_locale": article.source_locale,
        "aliases": [address for address in addresses if address.startswith("/")],
        "former_slugs": [address for address in addresses if not address.startswith("/")],
        "draft": "true" if draft else "",
        DIALECT_FIELD: DIALECT,
    }
    lines = [line for name, value in fields.items() for line in _lines(name, value)]
    return "\n".join(["---", *lines, "---", with_files(revision.body)])


def _lines(name: str, value: str | list[str]) -> list[str]:
    """Return a field as YAML; what is empty is not said, but for lists that may be emptied."""
    if isinstance(value, list):
        if not value:
            return [f"{name}: []"] if name in ("tags", "products") else []
        return [f"{name}:", *(f"- {_quoted(item)}" for item in value)]
    return [f"{name}: {_quoted(value)}"] if value else []


def _quoted(text: str) -> str:
    """A JSON string is one in YAML, too, but for the line ends that only YAML knows."""
    quoted = json.dumps(text, ensure_ascii=False)
    for line_end in "\x85\u2028\u2029":
        quoted = quoted.replace(line_end, f"\\u{ord(line_end):04x}")
    return quoted
