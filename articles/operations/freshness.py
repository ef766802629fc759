"""Keeping articles true: saying that one still holds, and reminding owners of what is due."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.models import AbstractUser, User
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from articles.exceptions import Stale
from articles.freshness import Freshness, freshness, next_review, soon
from articles.living import living_articles, titles_of
from articles.models import Article, Reminder
from articles.operations.audit import operation, record
from articles.roles import WRITE, require

logger = logging.getLogger("knowledgehub.freshness")

MOST_NAMED = 50  # articles in one message


@operation()
def verify_unchanged(
    *, actor: AbstractUser, article: Article, based_on: int, now: datetime | None = None
) -> Article:
    """Say that all of `article`, in its version `based_on`, still holds; it is to be reviewed again
    after as long as settings.REVIEW_INTERVAL_DAYS says for its kind.

    Raises Stale where somebody changed what is said about it meanwhile, NotAllowed.
    """
    require(actor, WRITE)
    now = now or timezone.now()
    held = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    if based_on != held.version:
        raise Stale(gettext("Another change of this article came first."), current=held.version)
    before = held.review_by
    held.verified_at = now
    held.review_by = next_review(held.kind, today=timezone.localdate(now))
    held.version += 1
    held.save(update_fields=["verified_at", "review_by", "version"])
    record(
        actor=actor,
        action="verify-unchanged",
        subject=f"article {held.public_id}",
        now=now,
        detail={
            "review_by": {
                "before": before.isoformat() if before else None,
                "after": held.review_by.isoformat(),
            }
        },
    )
    return held


def due_articles(*wanted: Freshness, today: date) -> QuerySet[Article]:
    """Return the articles that stand so to their day of review."""
    last = soon(today)
    days = {
        Freshness.OVERDUE: Q(review_by__lt=today),
        Freshness.SOON: Q(review_by__gte=today, review_by__lte=last),
        Freshness.FRESH: Q(review_by__gt=last),
        Freshness.UNDATED: Q(review_by=None),
    }
    found = Q(pk__in=())
    for one in wanted:
        found |= days[one]
    return living_articles().filter(found)


def orphaned_articles() -> QuerySet[Article]:
    """Return the articles that nobody looks after: without an owner, or with one who left."""
    return living_articles().filter(Q(owner=None) | Q(owner__is_active=False))


def remind_owners(*, now: datetime | None = None) -> int:
    """Send each owner one message about what is overdue or due soon, unless it was sent today;
    return how many went out. Several processes may do so at once.

    A message that could not be sent is tried again with the next call. Owners without an address
    find all of it at the desk.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    due: dict[int, list[Article]] = defaultdict(list)
    for article in (
        due_articles(Freshness.OVERDUE, Freshness.SOON, today=today)
        .filter(owner__is_active=True)
        .exclude(owner__email="")
        .exclude(owner__reminders__day=today)
        .order_by("review_by", "pk")
    ):
        assert article.owner_id is not None  # has an active owner  # noqa: S101
        due[article.owner_id].append(article)
    owners = User.objects.in_bulk(list(due))
    return sum(_remind(owners[pk], articles, today=today) for pk, articles in due.items())


def remind_when_due(*, now: datetime | None = None) -> int:
    """Remind owners, but not before the hour of the day at which the installation does so."""
    now = now or timezone.now()
    if timezone.localtime(now).hour < settings.REMINDER_HOUR:
        return 0
    return remind_owners(now=now)


def _remind(owner: User, articles: Sequence[Article], *, today: date) -> bool:
    """Take the day, then send: two messages would be worse than one that a power cut swallows, as
    the next day's says the same."""
    with translation.override(settings.LANGUAGE_CODE):
        subject, body = _subject(articles, today), _body(articles, today)
    reminder = _take_the_day(owner, len(articles), today=today)
    if reminder is None:
        return False
    try:
        send_mail(subject, body, None, [owner.email])
    except Exception as error:
        # Whatever the mail server does: nobody else waits for it, and it is tried again.
        logger.warning("%s could not be reminded: %s", owner.get_username(), error)
        reminder.delete()
        return False
    return True


def _take_the_day(owner: User, count: int, *, today: date) -> Reminder | None:
    try:
        with transaction.atomic():
            return Reminder.objects.create(person=owner, day=today, articles=count)
    except IntegrityError:
        return None


def _subject(articles: Sequence[Article], today: date) -> str:
    late = sum(
        freshness(article.review_by, today=today) is Freshness.OVERDUE for article in articles
    )
    message = ngettext(
        "%(count)d article to review, %(late)d overdue",
        "%(count)d articles to review, %(late)d overdue",
        len(articles),
    )
    return message % {"count": len(articles), "late": late}


def _body(articles: Sequence[Article], today: date) -> str:
    named = articles[:MOST_NAMED]
    titles = titles_of(named)
    lines = [gettext("These articles of yours are to be reviewed:"), ""]
    for article in named:
        assert article.review_by is not None  # it is due  # noqa: S101
        day = date_format(article.review_by, "DATE_FORMAT")
        state = freshness(article.review_by, today=today).label
        page = reverse("admin:articles_article_change", args=[article.pk])
        lines += [f"{titles[article.pk]} – {day} ({state})", f"  {_address(page)}"]
    if (more := len(articles) - len(named)) > 0:
        lines.append(ngettext("And %d more.", "And %d more.", more) % more)
    lines += [
        "",
        gettext("Change what is wrong; where nothing is, “Verified unchanged” says so:"),
        _address(reverse("admin:articles_freshness")),
        "",
    ]
    return "\n".join(lines)


def _address(path: str) -> str:
    return settings.SITE_ADDRESS.rstrip("/") + path
