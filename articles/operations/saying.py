"""Saying one thing anew of an article, while all else that is said of it stays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext

from articles.exceptions import InvalidInput, Stale
from articles.models import Article
from articles.operations.tagging import folded, split_tags
from articles.operations.writing import update_article


def assign(
    *,
    actor: AbstractUser,
    article: Article,
    owner: AbstractUser | None,
    based_on: int,
    now: datetime | None = None,
) -> Article:
    """Give the article to `owner`, to nobody where that is None. Raises InvalidInput where the
    owner has left; Stale where `based_on` is not the version of `article`, NotAllowed."""
    if owner is not None and not owner.is_active:
        raise InvalidInput(
            gettext("%(name)s is no longer active.") % {"name": owner.get_username()}, field="owner"
        )
    return _update(actor, article, based_on, now, owner=owner)


def retag(
    *,
    actor: AbstractUser,
    article: Article,
    add: Iterable[str] = (),
    remove: Iterable[str] = (),
    based_on: int,
    now: datetime | None = None,
) -> Article:
    """Add tags to the article and take others off. Raises InvalidInput where that would be too
    many; Stale where `based_on` is not the version of `article`, NotAllowed."""
    tags = tags_after(article.tags, add=add, remove=remove)
    return _update(actor, article, based_on, now, tags=tags)


def tags_after(
    tags: Iterable[str], *, add: Iterable[str] = (), remove: Iterable[str] = ()
) -> list[str]:
    """Return the tags with some more and others less; those that were there come first.

    Raises InvalidInput where they would be too many.
    """
    gone = {folded(tag) for tag in split_tags(remove)}
    return split_tags([*(tag for tag in tags if folded(tag) not in gone), *add])


def _update(
    actor: AbstractUser, article: Article, based_on: int, now: datetime | None, **said: Any
) -> Article:
    if article.version != based_on:
        raise Stale(gettext("Another change of this article came first."), current=article.version)
    known = {
        "kind": article.kind,
        "topic": article.topic,
        "audience": article.audience,
        "owner": article.owner,
        "tags": article.tags,
        "review_by": article.review_by,
    }
    return update_article(actor=actor, article=article, based_on=based_on, now=now, **known | said)
