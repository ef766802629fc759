"""Articles that somebody must care for: those that say something and are not retired."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from articles.locales import locales
from articles.models import Article, ArticleText
from articles.workflow import State


def living_articles() -> QuerySet[Article]:
    """Return the articles with a text in at least one language that is not retired."""
    texts = ArticleText.objects.filter(article=OuterRef("pk"), head__isnull=False)
    return Article.objects.filter(Exists(texts.exclude(state=State.RETIRED)))


def titles_of(articles: Iterable[Article]) -> dict[int, str]:
    """Return each article's title by its id, in the first of the installation's locales that it
    has, or else its public id. One statement."""
    titles = {article.pk: article.public_id for article in articles}
    order = {locale: place for place, locale in enumerate(locales())}
    rows = ArticleText.objects.filter(article__in=titles, head__isnull=False)
    found = rows.values_list("article_id", "locale", "head__title")
    for pk, _locale, title in sorted(found, key=lambda row: -order.get(row[1], len(order))):
        titles[pk] = title
    return titles
