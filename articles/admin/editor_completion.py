"""What may stand where an author writes `{{` or `article:`: found by key, title or id."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When

from articles.admin.snippet_forms import summary
from articles.document.blocks import SnippetRef
from articles.document.regional import parts_of
from articles.document.text import clean_line
from articles.models import ArticleText, Snippet

MOST = 12
MOST_TYPED = 80  # characters


def snippets(typed: str) -> list[dict[str, Any]]:
    """Return snippets whose key holds what was typed, those that begin with it first; after an @,
    with each region that they have a value for. One statement."""
    typed, at, region = clean_line(typed[:MOST_TYPED]).lower().partition("@")
    rows = (
        Snippet.objects.filter(key__contains=typed, head__isnull=False)
        .select_related("approved", "head")
        .order_by(_first(key__startswith=typed), "key")
    )
    found = []
    for row in rows[:MOST]:
        told = row.approved or row.head
        value = told.value if told else None
        for place, part in parts_of(value):
            # Regions are offered once one is being typed, or where there is nothing else.
            if place.startswith(region) and (at or not place or "" not in dict(parts_of(value))):
                found.append(
                    {
                        "key": SnippetRef(row.key, place).name,
                        "kind": row.get_kind_display(),
                        "value": summary(row.kind, part if at else value)[:120],
                        "approved": row.approved_id is not None,
                    }
                )
    return found[:MOST]


def articles(typed: str, *, locale: str) -> list[dict[str, Any]]:
    """Return articles whose title in any locale holds what was typed, or whose id begins with it;
    each once, in `locale` where it has a text there. One statement."""
    typed = clean_line(typed[:MOST_TYPED])
    rows = (
        ArticleText.objects.filter(
            Q(head__title__icontains=typed) | Q(article__public_id__startswith=typed),
            head__isnull=False,
        )
        .order_by(_first(locale=locale), "head__title", "pk")
        .values("article__public_id", "head__title", "locale", "article__audience")
    )
    found: dict[str, dict[str, Any]] = {}
    for row in rows[: MOST * 4]:
        found.setdefault(
            row["article__public_id"],
            {
                "id": row["article__public_id"],
                "title": row["head__title"],
                "locale": row["locale"],
                "audience": row["article__audience"],
            },
        )
    return list(found.values())[:MOST]


def _first(**condition: Any) -> Case:
    """Order what meets the condition before the rest."""
    return Case(When(**condition, then=Value(0)), default=Value(1), output_field=IntegerField())
