"""The list of articles: what it narrows by, what it finds, and that nothing asked breaks it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.admin.articles import ArticleAdmin
from articles.models import Article
from articles.operations.audit import system_user
from articles.operations.topics import save_topic
from articles.operations.writing import create_article
from tests.admin.desk import Desk, words
from tests.building import approved, published, snippet, write, write_approved

LIST = "articles_article_changelist"
TITLE = re.compile(r'<th class="field-title"><a href="[^"]*">(.*?)</a>')


def titles(desk: Desk, query: str) -> list[str]:
    """The titles in the list that is asked for, in alphabetical order."""
    answer = desk.open(LIST, query=query)
    assert answer.status_code == 200, answer.get("Location")
    return sorted(TITLE.findall(words(answer)))


def owned(title: str, owner: User | None, **about: object) -> Article:
    article = create_article(actor=system_user(), kind="support", owner=owner, **about)
    write(title, article=article)
    return article


def test_the_list_narrows_by_owner(author_desk: Desk, reviewer: User) -> None:
    owned("Mine", author_desk.user)
    owned("Theirs", reviewer)
    owned("Nobody's", None)

    assert titles(author_desk, "?owner=me") == ["Mine"]
    assert titles(author_desk, "?owner=none") == ["Nobody's"]
    assert titles(author_desk, f"?owner={reviewer.username}") == ["Theirs"]
    assert len(titles(author_desk, "?owner=somebody")) == 3


def test_the_list_narrows_by_when_an_article_is_due(author_desk: Desk) -> None:
    today = timezone.localdate()
    me = author_desk.user
    owned("Late", me, review_by=today - timedelta(days=1))
    owned("Soon", None, review_by=today + timedelta(days=3))
    owned("Later", me, review_by=today + timedelta(days=300))

    assert titles(author_desk, "?due=overdue") == ["Late"]
    assert titles(author_desk, "?due=soon") == ["Soon"]
    assert titles(author_desk, "?due=orphaned") == ["Soon"]
    assert titles(author_desk, "?due=fresh&owner=me") == ["Later"]


def test_the_list_narrows_by_when_a_text_was_changed(author_desk: Desk) -> None:
    now = timezone.now()
    for title, days in (("Old", 40), ("Last week", 6), ("New", 0)):
        with time_machine.travel(now - timedelta(days=days), tick=False):
            write(title)

    assert titles(author_desk, "?changed=today") == ["New"]
    assert titles(author_desk, "?changed=week") == ["Last week", "New"]
    assert titles(author_desk, "?changed=month") == ["Last week", "New"]


def test_the_list_narrows_by_translations_that_are_missing_or_behind(author_desk: Desk) -> None:
    source = write_approved("Roaming")
    article = source.text.article
    write("漫游", article=article, locale="zh-hans", translation_of=source)
    approved(write("Roaming", "New rules.", article=article, significance="translation"))
    write("Only English")

    assert titles(author_desk, "?translation=behind") == ["Roaming"]
    assert titles(author_desk, "?translation=behind&locale=zh-hant") == []
    assert titles(author_desk, "?translation=missing&locale=zh-hans") == ["Only English"]
    assert titles(author_desk, "?translation=missing&locale=zh-hant&state=approved") == ["Roaming"]


def test_the_list_narrows_by_what_readers_have(author_desk: Desk) -> None:
    published("Live")
    newer = published("Changed since")
    write("Changed since", "Newer.", article=newer)
    write("Draft")

    assert titles(author_desk, "?live=yes") == ["Changed since", "Live"]
    assert titles(author_desk, "?live=changed") == ["Changed since"]
    assert titles(author_desk, "?live=no") == ["Draft"]
    assert len(titles(author_desk, "?live=no&locale=zh-hans")) == 0
    assert titles(author_desk, "?live=yes&locale=en&q=newer") == ["Changed since"]


def test_words_language_state_and_change_mean_one_and_the_same_text(author_desk: Desk) -> None:
    article = write_approved("Roaming in Norway").text.article
    write("漫游挪威", article=article, locale="zh-hans")

    assert titles(author_desk, "?q=norway&state=approved") == ["Roaming in Norway"]
    assert titles(author_desk, "?q=挪威&locale=zh-hans&state=draft") == ["Roaming in Norway"]
    assert titles(author_desk, "?q=norway&locale=zh-hans") == []
    assert titles(author_desk, "?q=norway&state=draft") == []
    assert titles(author_desk, "?locale=zh-hans&state=approved") == []


def test_the_search_box_finds_words_addresses_and_ids(author_desk: Desk) -> None:
    snippet("price.plan-s", "text", "10 pounds")
    revision = write("Activate an eSIM", "It costs {{ price.plan-s }}.", slug="get-started")
    write("Routers")
    public_id = revision.text.article.public_id

    for typed in (
        "costs",
        "price.plan-s",
        "get-start",
        public_id,
        f" {public_id[:8]} ",
        "esim act",
    ):
        assert titles(author_desk, f"?q={typed}") == ["Activate an eSIM"], typed
    assert titles(author_desk, "?q=routers+esim") == []


def test_the_list_is_sorted_by_the_last_change_of_a_text(author_desk: Desk) -> None:
    now = timezone.now()
    for title, days in (("First", 3), ("Last", 0), ("Middle", 1)):
        with time_machine.travel(now - timedelta(days=days), tick=False):
            write(title)
    column = words(author_desk.open(LIST)).split("Last changed</a>")[0].rsplit("?o=", 1)[1][0]

    def order(query: str) -> list[str]:
        return TITLE.findall(words(author_desk.open(LIST, query=query)))

    assert order(f"?o={column}") == ["First", "Middle", "Last"]
    assert order(f"?o=-{column}") == ["Last", "Middle", "First"]


@pytest.mark.parametrize(
    "query",
    [
        "owner=%E2%80%AE&due=x&translation=x&live=x&changed=x&locale=x",
        "owner=me&owner=none&state=draft&state=x",
        "q=%22&live=yes",
        "q=%27%29%3B--",
        "q=%25_%25",
        "q=" + "%E6%BF%80" * 900,
        "q=%20%20",
        "q=%EF%BF%BF",
        "q=%ED%A0%80",
        "p=-1",
        "p=" + "9" * 400,
        "o=1.2.3.4.-5.99",
        "all=",
    ],
)
def test_nothing_asked_breaks_the_list(author_desk: Desk, query: str) -> None:
    write("Activate an eSIM")

    answer = author_desk.client.get(f"/admin/articles/article/?{query}", follow=True)

    assert answer.status_code == 200


def test_fields_that_are_no_filters_cannot_be_asked(author_desk: Desk) -> None:
    write("Activate an eSIM")
    for query in ("?kind__regex=(", "?owner__password__startswith=p", "?pk=x&state=draft"):
        answer = author_desk.open(LIST, query=query)

        assert answer.status_code == 302, query
        assert answer["Location"].startswith("/admin/articles/article/")
        assert "__" not in answer["Location"]
        assert author_desk.client.post(f"/admin/articles/article/{query}").status_code == 400


def test_what_cannot_be_looked_for_is_said(author_desk: Desk) -> None:
    write("Activate an eSIM")

    assert "at least one letter or digit" in words(author_desk.open(LIST, query="?q=%21%3F"))
    long = "+".join(f"word{number}" for number in range(30))
    assert "Only the first 12 words" in words(author_desk.open(LIST, query=f"?q={long}"))


def test_the_narrowed_list_costs_as_many_statements_for_many_as_for_few(
    author_desk: Desk,
) -> None:
    topic = save_topic(actor=system_user(), slug="devices", names={"en": "Devices"})
    query = (
        "?q=roaming&owner=none&kind=support&topic=devices&audience=public&state=draft&locale=en"
        "&translation=missing&due=orphaned&changed=today&live=no&o=-7"
    )

    def statements() -> int:
        with CaptureQueriesContext(connection) as context:
            page = author_desk.open(LIST, query=query)
        assert page.status_code == 200
        return len(context)

    def make(numbers: range) -> None:
        for number in numbers:
            write("漫游 roaming", locale="zh-hans", topic=topic, questions=[f"Number {number}?"])

    make(range(2))
    few = statements()
    make(range(2, 8))

    assert titles(author_desk, query) == ["漫游 roaming"] * 8
    assert statements() == few
    assert few <= 20


def test_the_list_has_pages_and_shows_all_when_asked(
    author_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ArticleAdmin, "list_per_page", 2)
    for number in range(3):
        write(f"Article {number}")

    assert titles(author_desk, "?q=article") == ["Article 1", "Article 2"]
    assert titles(author_desk, "?q=article&p=2") == ["Article 0"]
    assert len(titles(author_desk, "?q=article&all=")) == 3
    assert author_desk.open(LIST, query="?p=3").status_code == 302
