"""What the article's page says of its translations and of its freshness."""

from __future__ import annotations

from django import template
from django.utils import timezone

from articles.admin.translations import Shown, shown_translations
from articles.freshness import Freshness, freshness, is_orphaned, next_review
from articles.models import Article

register = template.Library()


@register.simple_tag
def translation_of(article: Article, locale: str) -> Shown | None:
    """Return how the article stands in `locale`. The page asks once for each of its languages, and
    the article remembers the answers."""
    if not hasattr(article, "_shown_translations"):
        article._shown_translations = shown_translations(article)  # type: ignore[attr-defined]
    shown: Shown | None = article._shown_translations.get(locale)  # type: ignore[attr-defined]
    return shown


@register.simple_tag
def freshness_of(article: Article) -> dict[str, object]:
    """Return how the article stands to its day of review, and when the next one would be."""
    today = timezone.localdate()
    state = freshness(article.review_by, today=today)
    return {
        "state": state.value,
        "label": state.label,
        "calls": state in (Freshness.OVERDUE, Freshness.SOON),
        "orphaned": is_orphaned(article),
        "next": next_review(article.kind, today=today),
    }
