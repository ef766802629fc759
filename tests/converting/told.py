"""What readers of Traditional Chinese get, and who may read it."""

from __future__ import annotations

from django.test import Client

from articles.models import Article
from channels.models import Entry


def conversion(article: Article) -> Entry | None:
    """Return the article's converted text, where readers get one."""
    converted = Entry.objects.live().filter(article=article).exclude(converted_from="")
    return converted.first()


def locales_told(article: Article) -> dict[str, str]:
    """Return by locale what each live text was converted from."""
    live = Entry.objects.live().filter(article=article)
    return dict(live.values_list("locale", "converted_from"))


def words(article: Article, locale: str = "zh-hant", **query: str) -> str:
    """Return the plain text that the API gives."""
    asked = {"locale": locale, "format": "text", **query}
    return Client().get(f"/api/v1/articles/{article.public_id}/", asked).content.decode()
