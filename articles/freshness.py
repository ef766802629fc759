"""When an article is due to be looked at again, as rules."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import Article


class Freshness(models.TextChoices):
    """How an article stands to the day by which it is to be reviewed."""

    OVERDUE = "overdue", _("overdue")
    SOON = "soon", _("due soon")
    FRESH = "fresh", _("not due yet")
    UNDATED = "undated", _("no date")


def freshness(review_by: date | None, *, today: date) -> Freshness:
    """Return how a text to be reviewed by the end of `review_by` stands on the day `today`."""
    if review_by is None:
        return Freshness.UNDATED
    if review_by < today:
        return Freshness.OVERDUE
    return Freshness.SOON if review_by <= soon(today) else Freshness.FRESH


def soon(today: date) -> date:
    """Return the last day that counts as soon."""
    return today + timedelta(days=settings.REVIEW_SOON_DAYS)


def next_review(kind: str, *, today: date) -> date:
    """Return by when an article of `kind` is to be reviewed that was found right today."""
    return today + timedelta(days=settings.REVIEW_INTERVAL_DAYS[kind])


def is_orphaned(article: Article) -> bool:
    """Whether nobody looks after the article: it has no owner, or one who left."""
    return article.owner is None or not article.owner.is_active
