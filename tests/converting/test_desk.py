"""Editors see which readers get a converted text, and what they write is not mixed up with it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from articles.models import Article
from articles.operations.audit import system_user
from articles.operations.snippets import save_snippet
from channels.admin.waiting import waiting_texts
from channels.models import Entry, ReleaseChange
from channels.operations.release_check import check_release
from channels.operations.releases import create_release
from tests.admin.conftest import author_desk, publisher_desk
from tests.admin.desk import Desk, words
from tests.building import publish_texts, published, snippet, write, write_approved

__all__ = ["author_desk", "publisher_desk"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("converting")]

CONVERTED = "converted automatically from 简体中文 here, since edition 1"


@pytest.fixture
def article() -> Article:
    return published("软件", "打开软件。", locale="zh-hans", slug="software")


def page_of(desk: Desk, article: Article) -> str:
    return words(desk.open("articles_article_change", article.pk))


def test_the_articles_page_says_who_gets_a_conversion(author_desk: Desk, article: Article) -> None:
    assert CONVERTED in page_of(author_desk, article)
    publish_texts(write_approved("軟體", article=article, locale="zh-hant"))
    assert "converted automatically" not in page_of(author_desk, article)


def test_a_draft_is_compared_with_the_conversion_that_it_is_to_replace(
    author_desk: Desk, article: Article
) -> None:
    text = write("軟體", "開啟軟體吧。", article=article, locale="zh-hant").text
    page = page_of(author_desk, article)
    assert CONVERTED in page
    compare = reverse("admin:channels_compare_live", args=[text.pk])
    assert compare in page
    compared = words(author_desk.client.get(compare))
    assert "converted from 简体中文" in compared
    assert "打开" not in compared


def test_what_waits_is_what_people_wrote(article: Article) -> None:
    write("軟體", "自己的。", article=article, locale="zh-hant")
    assert waiting_texts(10) == []
    own = write_approved("短信", locale="zh-hans")
    publish_texts(own)
    traditional = write_approved("簡訊", article=own.text.article, locale="zh-hant")
    (waiting,) = waiting_texts(10)
    assert (waiting.revision, waiting.live) == (traditional, None)


def test_the_list_of_translations_says_converted_where_readers_get_that(
    author_desk: Desk, article: Article
) -> None:
    page = words(author_desk.open("articles_translations", query="?locale=zh-hant"))
    assert "converted from 简体中文" in page
    unpublished = write("短信", locale="zh-hans").text.article
    page = words(author_desk.open("articles_translations", query="?locale=zh-hant"))
    row = page.split(reverse("admin:articles_article_change", args=[unpublished.pk]))[1]
    assert "desk-state-missing" in row.split("</tr>")[0]


def test_the_list_costs_the_same_at_any_size(author_desk: Desk, article: Article) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert author_desk.open("articles_translations").status_code == 200
        return len(captured)

    statements()
    few = statements()
    for number in range(5):
        published(f"软件{number}", locale="zh-hans")
    assert statements() == few <= 25


def test_an_editions_page_and_that_of_retiring_name_conversions(
    publisher_desk: Desk, article: Article
) -> None:
    assert "converted from 简体中文" in words(publisher_desk.open("channels_edition_change", 1))
    assert "converted from 简体中文" in words(publisher_desk.open("channels_retire", article.pk))
    publish_texts(write_approved("软件", "新。", article=article, locale="zh-hans"))
    assert "converted from 简体中文" in words(publisher_desk.open("channels_compare_editions"))


def test_a_releases_page_names_conversions_among_the_changes(
    publisher_desk: Desk, article: Article
) -> None:
    revision = write_approved("软件", "关闭软件。", article=article, locale="zh-hans")
    release = create_release(actor=system_user(), name="Autumn", items=[revision])
    check = check_release(actor=system_user(), release=release)
    assert check.problems == []
    assert not any("does not change" in line for line in check.warnings)
    assert not any("繁體中文" in line for line in check.warnings), "nothing is missing there"
    rows = ReleaseChange.objects.filter(check_result=check)
    assert dict(rows.values_list("locale", "converted_from")) == {
        "zh-hans": "",
        "zh-hant": "zh-hans",
    }
    page = words(publisher_desk.open("channels_release_change", release.pk))
    assert "converted from 简体中文" in page


def test_a_prices_review_tells_what_it_changes_in_conversions(
    author_desk: Desk, settings: Settings
) -> None:
    fact = snippet("price", "money", {"amount": "25", "currency": "CNY"}).snippet
    published("软件", "价格是{{ price }}。", locale="zh-hans")
    twelve = {"amount": "12", "currency": "CNY"}
    save_snippet(actor=author_desk.user, key="price", kind="money", value=twelve, based_on=1)

    page = words(author_desk.open("articles_snippet_review", fact.pk))
    assert "Used in 2 live texts" in page
    assert "converted from 简体中文" in page
    assert "價格是CN¥<del>25</del><ins>12</ins>。" in page

    settings.LOCALE_CONVERSIONS = {}
    page = words(author_desk.open("articles_snippet_review", fact.pk))
    assert page.count("<td>removed</td>") == 1


def test_a_text_of_its_own_is_told_as_no_longer_converted(article: Article) -> None:
    own = write_approved("軟體", "開啟軟體。", article=article, locale="zh-hant", slug="software")
    release = create_release(actor=system_user(), name="Autumn", items=[own])
    check = check_release(actor=system_user(), release=release)
    (row,) = ReleaseChange.objects.filter(check_result=check)
    assert row.said == [["converted_from", "zh-hans", ""]]


def test_telling_an_article_as_it_is_said_now_takes_what_people_wrote(
    publisher_desk: Desk, article: Article
) -> None:
    Article.objects.filter(pk=article.pk).update(audience="agent")
    version = Article.objects.get(pk=article.pk).version
    page = page_of(publisher_desk, article)
    assert reverse("admin:channels_publish_article", args=[article.pk]) in page
    publisher_desk.send("channels_publish_article", article.pk, based_on=version)
    told = Entry.objects.live().values_list("locale", "audience")
    assert dict(told) == {"zh-hans": "agent", "zh-hant": "agent"}


def test_a_first_text_is_reviewed_beside_nothing_not_beside_what_was_converted(
    author_desk: Desk, article: Article
) -> None:
    write("軟體", "打開軟體吧。", article=article, locale="zh-hant")
    page = words(author_desk.open("articles_review", article.pk, "zh-hant"))
    assert "打開軟體吧" in page
    assert "打开软件" not in page
    assert "beside what is live" not in page
