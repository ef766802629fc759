"""Freshness at the desk: the lists, the article's page, and one click."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from articles.operations.audit import system_user
from articles.operations.writing import update_article
from tests.admin.desk import Desk, words
from tests.building import write

LONG_AGO = date(2020, 1, 31)


def cared_for(title: str, review_by: date | None, owner: User | None = None) -> Article:
    article = write(title).text.article
    return update_article(
        actor=system_user(),
        article=article,
        kind=article.kind,
        topic=None,
        audience=article.audience,
        owner=owner,
        review_by=review_by,
        based_on=1,
    )


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", {"Late", "Soon"}),
        ("?show=overdue", {"Late"}),
        ("?show=soon", {"Soon"}),
        ("?show=fresh", {"Fresh"}),
        ("?show=undated", {"Never"}),
        ("?show=orphaned", {"Soon", "Fresh"}),
        ("?owner={owner}", {"Late"}),
        ("?kind=sales", set()),
        ("?show=nonsense&owner=0&page=-3", {"Late", "Soon"}),
    ],
)
def test_each_list_shows_its_articles(
    author_desk: Desk, reviewer: User, query: str, titles: set[str]
) -> None:
    today = date.today()
    reviewer.is_active = False
    reviewer.save()
    cared_for("Late", LONG_AGO, author_desk.user)
    cared_for("Soon", today + timedelta(days=2), reviewer)
    cared_for("Fresh", today + timedelta(days=200))
    cared_for("Never", None, author_desk.user)

    page = words(
        author_desk.open("articles_freshness", query=query.format(owner=author_desk.user.pk))
    )

    shown = {title for title in ("Late", "Soon", "Fresh", "Never") if f">{title}</a>" in page}
    assert shown == titles


def test_one_click_in_the_list_verifies_and_leads_back_to_it(author_desk: Desk) -> None:
    article = cared_for("Late", LONG_AGO)
    answer = author_desk.send(
        "articles_verify", article.pk, based_on=2, list="show=overdue&kind=support"
    )
    assert answer.redirect_chain[0][0].endswith("/freshness/?show=overdue&kind=support")
    assert "Verified unchanged. To be reviewed again by" in words(answer)
    assert "Nothing is to be done here." in words(answer)
    article.refresh_from_db()
    assert article.verified_at is not None


def test_the_articles_page_tells_that_it_is_overdue_and_verifies(author_desk: Desk) -> None:
    article = cared_for("Late", LONG_AGO)
    page = words(author_desk.open("articles_article_change", article.pk))
    assert 'desk-state-overdue">overdue<' in page
    assert "Review by 31 January 2020." in page
    assert "Nobody owns it." in page

    answer = author_desk.send("articles_verify", article.pk, based_on=2)

    assert "Last verified on" in words(answer)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"based_on": 1}, "Another change of this article came first."),
        ({"based_on": "x"}, "Say which version"),
        ({}, "Say which version"),
    ],
)
def test_what_was_not_read_is_not_verified(
    author_desk: Desk, typed: dict[str, object], told: str
) -> None:
    article = cared_for("Late", LONG_AGO)
    assert told in words(author_desk.send("articles_verify", article.pk, **typed))
    article.refresh_from_db()
    assert article.verified_at is None


def test_who_may_not_write_neither_sees_nor_verifies(author_desk: Desk) -> None:
    article = cared_for("Late", LONG_AGO)
    author_desk.user.groups.clear()
    assert author_desk.open("articles_freshness").status_code == 403
    assert author_desk.send("articles_verify", article.pk, based_on=2).status_code == 403


def test_the_list_costs_the_same_at_any_size(author_desk: Desk) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as context:
            assert author_desk.open("articles_freshness").status_code == 200
        return len(context)

    for number in range(3):
        cared_for(f"Article {number}", LONG_AGO)
    few = statements()
    for number in range(3, 30):
        cared_for(f"Article {number}", LONG_AGO, author_desk.user)
    assert statements() == few
    assert few <= 14
