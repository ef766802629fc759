"""What an address names, or 404."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser, User

from articles.exceptions import InvalidInput
from articles.locales import locales
from articles.models import Article, ArticleText, Revision, Snippet, Topic
from articles.numbers import whole_number
from articles.public_ids import is_public_id
from channels.api.authors.base import not_found

MOST = 2_147_483_647


def article_of(public_id: str) -> Article:
    """Raises Problem (404)."""
    articles = Article.objects.select_related("topic", "owner")
    found = articles.filter(public_id=public_id).first() if is_public_id(public_id) else None
    if found is None:
        raise not_found("article")
    return found


def text_of(public_id: str, locale: str) -> ArticleText:
    """Return a text with all that is told of it. Raises Problem (404)."""
    found = None
    if is_public_id(public_id) and locale in locales():
        texts = ArticleText.objects.select_related(
            "article",
            "approved",
            "head__author",
            "head__based_on",
            "head__translation_of",
        )
        found = texts.filter(article__public_id=public_id, locale=locale).first()
    if found is None or found.head is None:
        raise not_found("text")
    return found


def revision_of(text: ArticleText, number: str | int) -> Revision:
    """Raises Problem (404)."""
    wanted = whole_number(str(number), most=MOST)
    revisions = text.revisions.select_related("author", "based_on", "translation_of")
    found = revisions.filter(number=wanted).first() if wanted else None
    if found is None:
        raise not_found("revision")
    return found


def snippet_of(key: str) -> Snippet:
    """Raises Problem (404)."""
    snippets = Snippet.objects.select_related("head", "approved")
    found = snippets.filter(key=key).first() if len(key) <= 80 and "\0" not in key else None
    if found is None or found.head is None:
        raise not_found("snippet")
    return found


def topic_named(slug: str | None, *, field: str = "topic") -> Topic | None:
    """Return the topic that a body names, None for none. Raises InvalidInput."""
    if slug is None:
        return None
    topic = Topic.objects.filter(slug=slug).first()
    if topic is None:
        raise InvalidInput(f"There is no topic “{slug}”.", field=field)
    return topic


def person_named(username: str | None) -> AbstractUser | None:
    """Return the person that a body names, None for none. Raises InvalidInput."""
    if username is None:
        return None
    person = User.objects.filter(username=username, is_active=True).first()
    if person is None:
        raise InvalidInput(f"There is nobody called “{username}”.", field="owner")
    return person
