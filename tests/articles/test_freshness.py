"""Freshness: what is due, who looks after it, saying that it still holds, and being reminded."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from articles.exceptions import NotAllowed, Stale
from articles.freshness import Freshness, freshness
from articles.models import Article, AuditRecord, Reminder
from articles.operations.audit import system_user
from articles.operations.freshness import (
    due_articles,
    orphaned_articles,
    remind_owners,
    remind_when_due,
    verify_unchanged,
)
from articles.operations.writing import update_article
from channels.operations.items import Retirement
from channels.operations.publishing import publish
from tests.building import published, write

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(author: User) -> User:
    author.email = "ada@example.com"
    author.save()
    return author


@pytest.fixture(autouse=True)
def settled(settings: Settings) -> None:
    settings.REVIEW_SOON_DAYS = 14
    settings.REVIEW_INTERVAL_DAYS = {"product": 180, "sales": 90, "support": 30}
    settings.SITE_ADDRESS = "https://help.example.com/"


def cared_for(
    title: str, review_by: date | None, owner: User | None = None, article: Article | None = None
) -> Article:
    article = article or write(title).text.article
    return update_article(
        actor=system_user(),
        article=article,
        kind=article.kind,
        topic=None,
        audience=article.audience,
        owner=owner,
        review_by=review_by,
        based_on=article.version,
    )


@pytest.mark.parametrize(
    ("review_by", "expected"),
    [
        (TODAY - DAY, Freshness.OVERDUE),
        (TODAY, Freshness.SOON),
        (TODAY + 14 * DAY, Freshness.SOON),
        (TODAY + 15 * DAY, Freshness.FRESH),
        (None, Freshness.UNDATED),
    ],
)
def test_the_day_of_review_itself_is_not_overdue_and_lists_agree_with_the_rule(
    review_by: date | None, expected: Freshness
) -> None:
    article = cared_for("Roaming", review_by)
    assert freshness(review_by, today=TODAY) is expected
    for one in Freshness:
        assert list(due_articles(one, today=TODAY)) == ([article] if one is expected else [])


def test_an_article_is_orphaned_without_an_owner_or_with_one_who_left(owner: User) -> None:
    kept, nobodys = cared_for("Kept", None, owner), cared_for("Nobody’s", None)
    assert list(orphaned_articles()) == [nobodys]
    owner.is_active = False
    owner.save()
    assert set(orphaned_articles()) == {kept, nobodys}


def test_what_is_retired_is_due_no_more() -> None:
    article = cared_for("Old", TODAY - DAY, article=published("Old"))
    publish(items=[Retirement(article)], actor=system_user())
    assert not due_articles(Freshness.OVERDUE, today=TODAY)
    assert not orphaned_articles()


def test_verified_unchanged_sets_the_next_day_of_review_by_the_kind_and_is_audited(
    author: User,
) -> None:
    article = cared_for("Roaming", TODAY - DAY)

    verified = verify_unchanged(actor=author, article=article, based_on=article.version, now=NOON)

    assert (verified.verified_at, verified.review_by) == (NOON, TODAY + 30 * DAY)
    record = AuditRecord.objects.latest("number")
    assert (record.action, record.actor, record.subject) == (
        "verify-unchanged",
        author,
        f"article {article.public_id}",
    )
    assert record.detail["review_by"] == {"before": "2026-11-21", "after": "2026-12-22"}


def test_what_changed_meanwhile_is_not_verified_and_an_agent_verifies_nothing(
    author: User, agent: User
) -> None:
    article = cared_for("Roaming", TODAY)
    before = article.version
    cared_for("Roaming", TODAY + DAY, article=article)
    with pytest.raises(Stale):
        verify_unchanged(actor=author, article=article, based_on=before)
    with pytest.raises(NotAllowed):
        verify_unchanged(actor=agent, article=article, based_on=before + 1)
    article.refresh_from_db()
    assert article.verified_at is None


def test_an_owner_gets_one_message_a_day_about_all_that_is_due(owner: User) -> None:
    late = cared_for("Roaming", TODAY - DAY, owner)
    cared_for("Plans", TODAY + 3 * DAY, owner)
    cared_for("Far away", TODAY + 60 * DAY, owner)

    assert [remind_owners(now=NOON), remind_owners(now=NOON + timedelta(hours=3))] == [1, 0]

    (message,) = mail.outbox
    assert message.to == ["ada@example.com"]
    assert message.subject == "2 articles to review, 1 overdue"
    assert "Roaming – 21 November 2026 (overdue)" in message.body
    assert f"https://help.example.com/admin/articles/article/{late.pk}/change/" in message.body
    assert "Plans" in message.body
    assert "Far away" not in message.body
    assert remind_owners(now=NOON + DAY) == 1


def test_nobody_is_reminded_who_left_or_has_no_address_or_has_nothing_due(
    owner: User, reviewer: User, publisher: User
) -> None:
    cared_for("Roaming", TODAY - DAY, owner)
    cared_for("Plans", TODAY - DAY, reviewer)
    publisher.email = "paul@example.com"
    publisher.save()
    owner.is_active = False
    owner.save()
    assert remind_owners(now=NOON) == 0
    assert not mail.outbox


def test_a_message_that_could_not_be_sent_is_sent_later_and_holds_nobody_else_up(
    owner: User, reviewer: User
) -> None:
    reviewer.email = "rosa@example.com"
    reviewer.save()
    cared_for("Roaming", TODAY - 2 * DAY, owner)
    cared_for("Plans", TODAY - DAY, reviewer)
    with patch("articles.operations.freshness.send_mail", side_effect=[OSError("no"), 1]):
        assert remind_owners(now=NOON) == 1
    assert remind_owners(now=NOON) == 1
    assert [message.to for message in mail.outbox] == [["ada@example.com"]]


def test_of_two_processes_that_look_at_once_one_sends(owner: User) -> None:
    cared_for("Roaming", TODAY - DAY, owner)

    def look(*args: object) -> dict[int, User]:
        """The other one takes the day while the first has only looked."""
        Reminder.objects.create(person=owner, day=TODAY, articles=1)
        return {owner.pk: owner}

    with patch.object(User.objects, "in_bulk", look):
        assert remind_owners(now=NOON) == 0
    assert not mail.outbox


def test_reminders_wait_for_their_hour(owner: User, settings: Settings) -> None:
    settings.REMINDER_HOUR = 7
    cared_for("Roaming", TODAY - DAY, owner)
    assert remind_when_due(now=NOON.replace(hour=6)) == 0
    assert remind_when_due(now=NOON.replace(hour=7)) == 1


def test_the_command_says_how_many_were_sent(owner: User) -> None:
    cared_for("Roaming", date(2020, 1, 1), owner)
    out = io.StringIO()
    call_command("remind", stdout=out)
    assert out.getvalue() == "1 sent.\n"


def test_many_due_articles_of_an_owner_cost_no_more_statements(owner: User) -> None:
    def statements(day: date) -> int:
        with CaptureQueriesContext(connection) as context:
            remind_owners(now=NOON + (day - TODAY))
        return len(context)

    cared_for("One", TODAY - DAY, owner)
    few = statements(TODAY)
    for number in range(60):
        cared_for(f"Article {number}", TODAY - DAY, owner)
    assert statements(TODAY + DAY) == few
    assert "And 11 more." in mail.outbox[-1].body
