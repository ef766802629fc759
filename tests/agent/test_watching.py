"""An open article that changes: the agent is told that it did, and what."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article
from articles.operations.audit import system_user
from articles.operations.writing import update_article
from channels.agent.watching import A_SHIFT, SALT
from channels.operations.items import Retirement
from tests.agent.conftest import Desk, Page
from tests.building import publish_texts, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def bill(db: None) -> Article:
    return published("Late bill", "It costs £5 a day.\n\nPay soon.", public_id="bill")


class Watched:
    """An article as the console has it open."""

    def __init__(self, desk: Desk) -> None:
        page = desk.open("/agent/articles/bill/?locale=en")
        (card,) = page.tree.xpath("//*[@id='card']")
        self.desk = desk
        self.address, self.etag = card.get("data-watch"), card.get("data-etag")
        self.changes = card.get("data-changes")

    def look(self, etag: str = "") -> Any:
        return self.desk.client.get(self.address, headers={"If-None-Match": etag or self.etag})

    def change(self) -> Page:
        return self.desk.open(self.changes)


def test_as_long_as_nothing_changes_one_statement_says_so(desk: Desk, bill: Article) -> None:
    watched = Watched(desk)
    published("Another", "Text.")  # a new edition, yet not of this text
    with CaptureQueriesContext(connection) as statements:
        answer = watched.look()
    assert (answer.status_code, len(statements)) == (304, 1)
    assert answer.headers["ETag"] == watched.etag


def test_a_change_is_told_word_by_word(desk: Desk, bill: Article) -> None:
    watched = Watched(desk)
    published("Late bill", "It costs £6 a day.\n\nPay soon.", article=bill)
    answer = watched.look()
    assert answer.status_code == 200
    assert answer.headers["ETag"] != watched.etag
    page = watched.change()
    assert "has changed while you had it open" in page.text
    assert page.tree.xpath("//del/text()") == ["5"]
    assert page.tree.xpath("//ins/text()") == ["6"]
    assert "Pay soon." not in page.text
    assert watched.look(answer.headers["ETag"]).status_code == 304


def test_a_chinese_change_marks_its_words(desk: Desk, bill: Article) -> None:
    published("账单", "每天收费五元。", article=bill, locale="zh-hans")
    published("账单", "每天收费六元。", article=bill, locale="zh-hans")
    page = desk.open("/agent/articles/bill/changes/?locale=zh-hans&since=2")
    assert page.tree.xpath("//del/text() | //ins/text()") == ["五", "六"]


def test_an_article_that_is_taken_back_is_said_to_be(desk: Desk, bill: Article) -> None:
    watched = Watched(desk)
    publish_texts(Retirement(bill))
    assert watched.look().json() == {"told": False}
    assert "do not tell it" in watched.change().text


def test_another_audience_is_said_before_all_else(desk: Desk, bill: Article) -> None:
    watched = Watched(desk)
    about = {"kind": bill.kind, "topic": None, "audience": "agent", "owner": None}
    update_article(
        actor=system_user(), article=bill, **about, review_by=None, based_on=bill.version
    )
    published("Late bill", "It costs £5 a day.\n\nPay now.", article=bill)
    assert watched.look().status_code == 200
    page = watched.change()
    assert "For: agents (before: everybody)" in page.text
    assert page.tree.xpath("//*[contains(@class, 'notice-error')]")


def test_an_address_is_good_for_a_shift_and_only_as_it_was_given(desk: Desk, bill: Article) -> None:
    watched = Watched(desk)
    for token in ("x", signing.dumps(["bill", "en"], salt="another"), "%00"):
        assert desk.client.get(f"/agent/watch/{token}/").status_code in (403, 404)
    later = timezone.now() + timedelta(seconds=A_SHIFT + 1)
    with time_machine.travel(later, tick=False):
        assert watched.look().status_code == 403


def test_the_address_says_nothing_of_the_text(bill: Article) -> None:
    token = signing.dumps(["bill", "en"], salt=SALT)
    answer = Client().get(f"/agent/watch/{token}/")
    assert answer.json() == {"told": True}


def test_what_changed_is_for_agents_alone(bill: Article) -> None:
    answer = Client().get("/agent/articles/bill/changes/?locale=en&since=1")
    assert answer.status_code == 302


@pytest.mark.parametrize(
    "query",
    [
        *("", "locale=en", "locale=xx&since=1", "locale=en&since=0", "locale=en&since=99"),
        *("locale=en&since=" + "9" * 30, "locale=en&since=%00", "locale=zh-hans&since=1"),
    ],
)
def test_changes_of_what_was_never_told_are_none(desk: Desk, bill: Article, query: str) -> None:
    assert desk.client.get(f"/agent/articles/bill/changes/?{query}").status_code == 404


def test_a_longer_text_takes_no_more_statements(desk: Desk, bill: Article) -> None:
    published("Late bill", "It costs £6.\n\n" + "More.\n\n" * 200, article=bill)
    with CaptureQueriesContext(connection) as statements:
        page = desk.open("/agent/articles/bill/changes/?locale=en&since=1")
    assert len(statements) <= 9
    assert "more" in page.text
