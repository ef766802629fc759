"""What the article's page says of its texts' reviews."""

from __future__ import annotations

from django import template

from articles.admin.review_standing import Standing, standings_of
from articles.models import Article

register = template.Library()


@register.simple_tag
def standing_of_text(article: Article, locale: str) -> Standing | None:
    """Return how far the article's text in `locale` has come. The page asks once for each of its
    languages, and the article remembers the answers."""
    if not hasattr(article, "_review_standings"):
        article._review_standings = standings_of(article)  # type: ignore[attr-defined]
    standing: Standing | None = article._review_standings.get(locale)  # type: ignore[attr-defined]
    return standing
