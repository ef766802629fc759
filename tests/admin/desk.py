"""An editor with a browser: opens the admin's pages, fills in their forms, reads their answers."""

from __future__ import annotations

from html import unescape
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from articles.models import Article, ArticleText

TEXT = {
    "title": "Activate an eSIM",
    "slug": "",
    "summary": "",
    "questions": "How do I get an eSIM?\nCan I use an eSIM?",
    "body": "Open the settings.",
    "note": "",
}
ABOUT = {"kind": "support", "topic": "", "audience": "public", "tags": "", "owner": ""}


class Desk:
    def __init__(self, client: Client, user: User) -> None:
        self.client = client
        self.user = user

    def open(self, page: str, *args: Any, query: str = "", **headers: str) -> HttpResponse:
        return self.client.get(reverse(f"admin:{page}", args=args) + query, headers=headers)

    def send(self, page: str, *args: Any, query: str = "", **data: Any) -> HttpResponse:
        return self.client.post(
            reverse(f"admin:{page}", args=args) + query, data, follow=True, secure=False
        )

    def write_article(self, **typed: Any) -> Article:
        data = {"locale": "en", **ABOUT, **TEXT, **typed}
        answer = self.client.post(reverse("admin:articles_article_add"), data)
        assert answer.status_code == 302, words(answer)
        # Not followed: the page is large, and most callers have no use for it.
        article = Article.objects.latest("pk")
        page = reverse("admin:articles_article_change", args=[article.pk])
        assert answer["Location"].startswith(page), answer["Location"]
        return article

    def save_text(
        self, article: Article, *, based_on: int, locale: str = "en", **typed: Any
    ) -> HttpResponse:
        data = {**TEXT, "based_on": based_on, **typed}
        return self.send("articles_text", article.pk, locale, **data)

    def move(
        self, article: Article, action: str, *, revision: int, locale: str = "en", **data: Any
    ) -> HttpResponse:
        return self.send(
            "articles_text_move", article.pk, locale, action=action, revision=revision, **data
        )


def words(answer: HttpResponse) -> str:
    """What a page says, with its markup."""
    return unescape(answer.content.decode())


def state(article: Article, locale: str = "en") -> str:
    return ArticleText.objects.get(article=article, locale=locale).state
