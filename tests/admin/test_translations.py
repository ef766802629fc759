"""Translations at the desk: the list, what changed in the source, one click for the rest."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, ArticleText, Significance, Topic
from articles.operations.audit import system_user
from articles.operations.topics import save_topic
from tests.admin.desk import Desk, state, words
from tests.building import write, write_approved

AGAIN = Significance.TRANSLATION


def behind(title: str = "Activate an eSIM", **about: object) -> Article:
    """An article whose Chinese text does not know yet what it costs."""
    english = write_approved(title, "Open the settings.", **about)
    article = english.text.article
    write_approved(
        f"激活 {title}", "打开设置。", article=article, locale="zh-hans", translation_of=english
    )
    write_approved(title, "It costs five pounds.", article=article, significance=AGAIN)
    return article


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", True),
        ("?standing=behind", True),
        ("?standing=maybe", False),
        ("?standing=missing", True),
        ("?standing=missing&locale=zh-hans", False),
        ("?standing=missing&locale=zh-hant", True),
        ("?standing=behind&locale=zh-hans", True),
        ("?standing=behind&locale=zh-hant", False),
        ("?kind=support", True),
        ("?kind=sales", False),
        ("?topic={devices}", True),
        ("?topic={plans}", False),
        ("?owner={nobody}", True),
        ("?standing=nonsense&locale=xx&kind=%00&topic=-1&page=x", True),
    ],
)
def test_the_list_narrows_by_state_language_kind_topic_and_owner(
    author_desk: Desk, query: str, shown: bool
) -> None:
    actor = system_user()
    devices = save_topic(actor=actor, slug="devices", names={"en": "Devices"})
    phones = save_topic(actor=actor, slug="phones", names={"en": "Phones"}, parent=devices)
    plans = save_topic(actor=actor, slug="plans", names={"en": "Plans"})
    behind(topic=Topic.objects.get(pk=phones.pk))

    query = query.format(devices=devices.pk, plans=plans.pk, nobody="")
    answer = author_desk.open("articles_translations", query=query)

    assert answer.status_code == 200
    assert ("Activate an eSIM</a>" in words(answer)) is shown


def test_the_list_costs_the_same_at_any_size(author_desk: Desk) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as context:
            assert author_desk.open("articles_translations").status_code == 200
        return len(context)

    for number in range(3):
        behind(f"Article {number}")
    few = statements()
    for number in range(3, 30):
        behind(f"Article {number}")
    assert statements() == few
    assert few <= 14


def test_beside_the_editor_stands_what_changed_in_the_source(author_desk: Desk) -> None:
    article = behind()
    page = words(author_desk.open("articles_article_change", article.pk, query="?locale=zh-hans"))
    assert "What changed in English since this was translated" in page
    assert "<del>" in page
    assert "costs five pounds" in page
    assert "Still right" in page


def test_the_page_of_a_translation_shows_both_and_leads_to_the_editor(author_desk: Desk) -> None:
    article = behind()
    page = words(author_desk.open("articles_translation", article.pk, "zh-hans"))
    assert "costs five pounds" in page
    assert "打开设置。" in page
    assert f"/admin/articles/article/{article.pk}/change/?locale=zh-hans#text-zh-hans" in page
    for locale in ("en", "xx"):
        answer = author_desk.open("articles_translation", article.pk, locale)
        assert answer.status_code == 404
    missing = author_desk.open("articles_translation", article.pk, "zh-hant")
    assert "Write the translation" in words(missing)


def test_still_right_takes_it_off_the_list(author_desk: Desk) -> None:
    article = behind()
    answer = author_desk.send(
        "articles_still_right", article.pk, "zh-hans", revision=1, source_revision=2
    )
    assert "Noted as still right" in words(answer)
    assert "says the same as revision 2 in English" in words(answer)
    listed = author_desk.open("articles_translations", query="?locale=zh-hans")
    assert "No translation is missing or behind here." in words(listed)


def test_converting_makes_a_draft_and_says_when_there_is_nothing_new(author_desk: Desk) -> None:
    article = behind()
    page = words(author_desk.open("articles_article_change", article.pk))
    assert "Convert from 简体中文" in page
    assert "Convert from English" not in page

    answer = author_desk.send("articles_convert", article.pk, "zh-hant", revision=1, based_on=0)

    assert "Converted, as draft revision 1" in words(answer)
    assert state(article, "zh-hant") == "draft"
    assert "開啟設定。" in words(answer)
    again = author_desk.send("articles_convert", article.pk, "zh-hant", revision=1, based_on=1)
    assert "says what stands here already" in words(again)


def test_a_newer_text_is_not_converted_over(author_desk: Desk) -> None:
    article = behind()
    write("我的", "我寫的。", article=article, locale="zh-hant")
    answer = author_desk.send("articles_convert", article.pk, "zh-hant", revision=1, based_on=0)
    assert "Another revision of this text came first." in words(answer)
    assert ArticleText.objects.get(article=article, locale="zh-hant").head.title == "我的"


@pytest.mark.parametrize("page", ["articles_still_right", "articles_convert"])
@pytest.mark.parametrize("typed", [{}, {"revision": "x"}, {"revision": "9" * 30, "based_on": "-1"}])
def test_what_makes_no_sense_is_told_and_changes_nothing(
    author_desk: Desk, page: str, typed: dict[str, str]
) -> None:
    article = behind()
    answer = author_desk.send(page, article.pk, "zh-hans", **typed)
    assert answer.status_code == 200
    assert "Say which revision" in words(answer)
    assert ArticleText.objects.get(article=article, locale="zh-hans").head.number == 1


def test_who_may_not_write_sees_none_of_it(author_desk: Desk, agent: object) -> None:
    article = behind()
    author_desk.user.groups.clear()
    for answer in (
        author_desk.open("articles_translations"),
        author_desk.open("articles_translation", article.pk, "zh-hans"),
        author_desk.send("articles_convert", article.pk, "zh-hant", revision=1, based_on=0),
        author_desk.send("articles_still_right", article.pk, "zh-hans", revision=1),
    ):
        assert answer.status_code == 403


def test_the_source_language_is_chosen_about_the_article(author_desk: Desk) -> None:
    article = behind()
    about = {"kind": "support", "audience": "public", "based_on": 1, "source_locale": "zh-hans"}
    author_desk.send("articles_article_change", article.pk, **about)
    article.refresh_from_db()
    assert article.source_locale == "zh-hans"


def test_an_articles_first_text_is_its_source(author_desk: Desk) -> None:
    assert author_desk.write_article(locale="zh-hant").source_locale == "zh-hant"
