"""The text that a save writes on: held until the transaction ends, made where it is the first."""

from __future__ import annotations

from contextlib import suppress

from django.db import IntegrityError

from articles.exceptions import InvalidInput
from articles.models import Article, ArticleText
from articles.operations.addresses import check_slug, free_slug, slug_taken
from articles.workflow import State

_TRIES = 20  # first saves of one title at the same moment, each of which takes an address


def held_text(article: Article, locale: str, slug: str | None, title: str) -> ArticleText:
    """Return the text, made on its first save, held until the transaction ends.

    Raises InvalidInput where another text has the address `slug`, or none is free for `title`.
    """
    # The head is read when the text is held: joined, PostgreSQL would look for it as of the moment
    # when the waiting began, and not find the revision that was waited for.
    text = ArticleText.objects.select_for_update().filter(article=article, locale=locale).first()
    if text is not None:
        return text
    if slug:
        check_slug(slug)
        return _first_text(article, locale, slug)
    for _ in range(_TRIES):
        free = free_slug(locale=locale, title=title)
        with suppress(InvalidInput):  # Somebody else took it at the same moment.
            return _first_text(article, locale, free)
    raise slug_taken(free)


def _first_text(article: Article, locale: str, slug: str) -> ArticleText:
    """Make the text; two first saves of it at once meet here, and both get the same one.

    Raises InvalidInput where another article's text has the address.
    """
    if ArticleText.objects.filter(locale=locale, slug=slug).exclude(article=article).exists():
        raise slug_taken(slug)
    try:
        text, _ = ArticleText.objects.select_for_update().get_or_create(
            article=article, locale=locale, defaults={"slug": slug, "state": State.DRAFT}
        )
    except IntegrityError:
        raise slug_taken(slug) from None
    return text
