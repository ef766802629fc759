"""What somebody types is theirs alone, kept until they save or drop it; others only see them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from articles.exceptions import InvalidInput, NotAllowed
from articles.models import AuditRecord, WorkingCopy
from articles.operations.working_copies import (
    LIMITS,
    Presence,
    be_seen,
    drop_working_copy,
    keep_working_copy,
    others_at,
    working_copies_of,
)
from tests.building import write

TYPED = {"title": "Activate an eSIM", "body": "Open the sett"}


def test_what_is_typed_is_kept_and_typing_on_replaces_it(author: User) -> None:
    article = write().text.article
    keep_working_copy(actor=author, article=article, locale="en", based_on=1, content=TYPED)
    keep_working_copy(
        actor=author, article=article, locale="en", based_on=1, content={"body": "Open the setti"}
    )

    (copy,) = working_copies_of(author, article).values()
    assert (copy.locale, copy.based_on, copy.content) == ("en", 1, {"body": "Open the setti"})


def test_nobody_gets_what_somebody_else_typed(author: User, reviewer: User) -> None:
    article = write().text.article
    keep_working_copy(actor=author, article=article, locale="en", based_on=1, content=TYPED)

    assert working_copies_of(reviewer, article) == {}


def test_each_locale_is_kept_for_itself_and_dropped_for_itself(author: User) -> None:
    article = write().text.article
    for locale in ("en", "zh-hans"):
        keep_working_copy(actor=author, article=article, locale=locale, based_on=0, content=TYPED)

    drop_working_copy(actor=author, article=article, locale="en")

    assert working_copies_of(author, article).keys() == {"zh-hans"}


def test_what_the_newest_revision_says_is_nothing_to_keep(author: User) -> None:
    head = write("Activate an eSIM", "Open the settings.", questions=["How?"])
    said = {"title": " Activate an eSIM", "body": "Open the settings.\r\n", "questions": "How?\r\n"}

    for content in (said, {**said, "slug": head.text.slug}, {}):
        keep_working_copy(
            actor=author,
            article=head.text.article,
            locale="en",
            based_on=1,
            content=content,
            head=head,
        )
        assert working_copies_of(author, head.text.article) == {}
    for change in ({"slug": "another"}, {"note": "Why"}, {"title": ""}):
        keep_working_copy(
            actor=author,
            article=head.text.article,
            locale="en",
            based_on=1,
            content=said | change,
            head=head,
        )
        assert working_copies_of(author, head.text.article)


def test_who_was_there_within_the_last_minute_is_seen_by_others(
    author: User, reviewer: User
) -> None:
    article, now = write().text.article, timezone.now()
    be_seen(actor=author, article=article, locale="zh-hans", now=now)

    soon, late = now + timedelta(seconds=59), now + timedelta(seconds=61)
    assert others_at(article, actor=reviewer, now=soon) == [Presence("ada", "zh-hans")]
    assert others_at(article, actor=author, now=soon) == []
    assert others_at(article, actor=reviewer, now=late) == []


def test_being_seen_and_dropping_keep_apart(author: User, reviewer: User) -> None:
    article = write().text.article
    keep_working_copy(actor=author, article=article, locale="en", based_on=1, content=TYPED)
    be_seen(actor=author, article=article, locale="en")
    assert working_copies_of(author, article)["en"].content == TYPED

    drop_working_copy(actor=author, article=article, locale="en")
    assert others_at(article, actor=reviewer) == [Presence("ada", "en")]


def test_what_can_not_be_kept_is_refused(author: User, agent: User) -> None:
    article = write().text.article
    for content in (
        {"body": "x" * (LIMITS["body"] + 1)},
        {"title": "x" * 2_001},
        {"owner": "me"},
    ):
        with pytest.raises(InvalidInput):
            keep_working_copy(
                actor=author, article=article, locale="en", based_on=1, content=content
            )
    for locale, base in (("xx", 1), ("en", -1), ("en", 2**31)):
        with pytest.raises(InvalidInput):
            keep_working_copy(
                actor=author, article=article, locale=locale, based_on=base, content=TYPED
            )
    with pytest.raises(NotAllowed):
        keep_working_copy(actor=agent, article=article, locale="en", based_on=1, content=TYPED)
    with pytest.raises(NotAllowed):
        be_seen(actor=agent, article=article, locale="en")
    assert not WorkingCopy.objects.exists()


def test_characters_that_no_database_takes_are_left_out(author: User) -> None:
    article = write().text.article
    copy = keep_working_copy(
        actor=author,
        article=article,
        locale="en",
        based_on=1,
        content={"body": "a\x00b\ud800c\u202ed"},
    )

    copy.refresh_from_db()
    assert copy.content == {"body": "abcd"}


def test_nothing_of_it_is_audited(author: User) -> None:
    article = write().text.article
    before = AuditRecord.objects.count()
    keep_working_copy(actor=author, article=article, locale="en", based_on=1, content=TYPED)
    be_seen(actor=author, article=article, locale="en")
    drop_working_copy(actor=author, article=article, locale="en")

    assert AuditRecord.objects.count() == before
