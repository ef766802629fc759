"""A converted text begins, changes and ends with what it is converted from, in one edition."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from articles.models import ArticleText
from articles.operations.audit import system_user
from articles.workflow import State
from channels.exceptions import NothingToPublish, PublishRefused
from channels.models import Entry
from channels.operations.items import Retirement
from channels.operations.publishing import publish
from channels.operations.rollback import go_back
from channels.operations.verifying import broken_bytes, broken_editions
from tests.building import narrow, publish_texts, published, snippet, write, write_approved
from tests.converting.told import conversion, locales_told, words

pytestmark = pytest.mark.django_db
converting = pytest.mark.usefixtures("converting")


def test_nothing_is_converted_unless_the_settings_say_so() -> None:
    article = published("软件", "打开软件。", locale="zh-hans")
    assert locales_told(article) == {"zh-hans": ""}


@converting
def test_readers_without_a_text_of_their_own_get_a_converted_one_in_the_same_edition() -> None:
    article = published(
        "软件", "打开软件。", locale="zh-hans", summary="短信", questions=["鼠标？"]
    )
    entry = conversion(article)
    assert entry is not None
    assert (entry.locale, entry.converted_from) == ("zh-hant", "zh-hans")
    assert (entry.title, entry.summary, entry.questions) == ("軟體", "簡訊", ["滑鼠？"])
    assert entry.from_edition_id == 1
    assert "開啟軟體。" in words(article)
    edition = entry.from_edition
    assert (edition.added, edition.live) == (2, 2)


def test_both_scripts_can_be_converted_from_each_other(settings: Settings) -> None:
    settings.LOCALE_CONVERSIONS = {"zh-hant": "zh-hans", "zh-hans": "zh-hant"}
    simplified = published("软件", locale="zh-hans")
    traditional = published("軟體", "簡訊。", locale="zh-hant")
    assert locales_told(simplified) == {"zh-hans": "", "zh-hant": "zh-hans"}
    assert locales_told(traditional) == {"zh-hans": "zh-hant", "zh-hant": ""}
    assert "短信。" in words(traditional, "zh-hans")


@converting
def test_a_text_in_another_language_is_not_converted() -> None:
    assert locales_told(published("Software")) == {"en": ""}


@converting
def test_it_changes_with_its_origin() -> None:
    article = published("软件", "打开软件。", locale="zh-hans")
    publish_texts(write_approved("软件", "关闭软件。", article=article, locale="zh-hans"))
    assert "關閉軟體。" in words(article)
    assert "開啟軟體。" in words(article, edition="1")


@converting
def test_publishing_the_same_again_changes_nothing() -> None:
    revision = write_approved("软件", "打开软件。", locale="zh-hans")
    publish_texts(revision)
    with pytest.raises(NothingToPublish):
        publish_texts(revision)


@converting
def test_a_text_of_its_own_takes_its_place() -> None:
    article = published("软件", "打开软件。", locale="zh-hans")
    edition = publish_texts(write_approved("軟件", "打開。", article=article, locale="zh-hant"))
    assert locales_told(article) == {"zh-hans": "", "zh-hant": ""}
    assert (edition.added, edition.changed, edition.removed) == (0, 1, 0)
    publish_texts(write_approved("软件", "关闭软件。", article=article, locale="zh-hans"))
    assert "打開。" in words(article)


@converting
def test_both_can_come_in_one_edition() -> None:
    simplified = write_approved("软件", "打开软件。", locale="zh-hans")
    article = simplified.text.article
    own = write_approved("軟件", "打開。", article=article, locale="zh-hant")
    publish_texts(simplified, own)
    assert locales_told(article) == {"zh-hans": "", "zh-hant": ""}


@converting
def test_going_back_before_its_own_text_brings_the_conversion_back_as_it_was() -> None:
    article = published("软件", "打开软件。", locale="zh-hans")
    before = words(article)
    publish_texts(write_approved("軟件", "打開。", article=article, locale="zh-hant"))
    go_back(number=1, actor=system_user())
    assert words(article) == before
    assert locales_told(article) == {"zh-hans": "", "zh-hant": "zh-hans"}
    own = ArticleText.objects.get(article=article, locale="zh-hant")
    assert own.state == State.RETIRED


@converting
def test_it_ends_with_its_article() -> None:
    article = published("软件", "打开软件。", locale="zh-hans")
    edition = publish(items=[Retirement(article)], actor=system_user())
    assert edition.removed == 2
    assert locales_told(article) == {}


@converting
def test_a_new_price_comes_along_as_readers_there_write_it() -> None:
    snippet("name", "text", {"zh-hans": "甲软件", "zh-hant": "甲軟件"})
    article = published("软件", "这是{{ name }}。", locale="zh-hans")
    assert "這是甲軟件。" in words(article)
    edition = publish(
        items=[snippet("name", "text", {"zh-hans": "乙软件", "zh-hant": "乙軟件"})],
        actor=system_user(),
    )
    assert "這是乙軟件。" in words(article)
    assert edition.changed == 2


@converting
def test_a_value_that_only_its_readers_get_otherwise_comes_along() -> None:
    snippet("name", "text", {"zh-hans": "甲", "zh-hant": "甲"})
    article = published("软件", "这是{{ name }}。", locale="zh-hans")
    publish(
        items=[snippet("name", "text", {"zh-hans": "甲", "zh-hant": "乙"})], actor=system_user()
    )
    assert "這是乙。" in words(article)
    assert "这是甲。" in words(article, "zh-hans")


@converting
def test_a_narrower_audience_reaches_it() -> None:
    revision = write_approved("软件", locale="zh-hans")
    publish_texts(revision)
    article = revision.text.article
    narrow(article)
    publish_texts(revision)
    audiences = Entry.objects.live().values_list("audience", flat=True)
    assert list(audiences) == ["agent", "agent"]


@converting
def test_states_of_texts_are_those_of_what_people_wrote(settings: Settings) -> None:
    article = published("软件", locale="zh-hans")
    settings.LOCALE_CONVERSIONS = {}
    publish_texts(write_approved("软件", "新。", article=article, locale="zh-hans"))
    assert locales_told(article) == {"zh-hans": ""}, "switched off, it ends with the next edition"
    text = ArticleText.objects.get(article=article)
    assert (text.state, text.approved_id) == (State.PUBLISHED, text.head_id)


@converting
def test_a_draft_of_its_own_is_neither_told_nor_published_instead() -> None:
    article = published("软件", locale="zh-hans")
    write("軟件", "打開。", article=article, locale="zh-hant")
    publish_texts(write_approved("软件", "新。", article=article, locale="zh-hans"))
    assert locales_told(article) == {"zh-hans": "", "zh-hant": "zh-hans"}
    assert ArticleText.objects.get(article=article, locale="zh-hant").state == State.DRAFT


@converting
def test_every_edition_with_conversions_can_be_proved() -> None:
    article = published("软件", "打开软件。", locale="zh-hans")
    publish_texts(write_approved("軟件", "打開。", article=article, locale="zh-hant"))
    go_back(number=1, actor=system_user())
    publish(items=[Retirement(article)], actor=system_user())
    assert list(broken_editions()) == []
    assert list(broken_bytes()) == []


@converting
def test_what_cannot_be_converted_is_refused_by_name() -> None:
    # In Taiwan the word has three characters, so the title becomes too long.
    revision = write_approved("博客" * 100, locale="zh-hans")
    with pytest.raises(PublishRefused) as refusal:
        publish_texts(revision)
    (problem,) = refusal.value.problems
    assert (problem.locale, problem.converted_from) == ("zh-hant", "zh-hans")
    assert "converted from 简体中文" in str(refusal.value)
    own = write_approved("部落格", article=revision.text.article, locale="zh-hant")
    publish_texts(revision, own)


@converting
def test_what_is_wrong_with_both_is_said_once() -> None:
    with pytest.raises(PublishRefused) as refusal:
        publish_texts(write_approved("软件", "见[它](article:nowhere)。", locale="zh-hans"))
    assert [problem.locale for problem in refusal.value.problems] == ["zh-hans"]


def test_without_conversions_publishing_asks_the_database_nothing_more(
    settings: Settings,
) -> None:
    def statements(title: str) -> int:
        revision = write_approved(title, locale="zh-hans")
        with CaptureQueriesContext(
            connection,
        ) as captured:
            publish_texts(revision)
        return len(captured)

    statements("一")
    without = statements("二")
    settings.LOCALE_CONVERSIONS = {"zh-hant": "zh-hans"}
    assert statements("三") - without <= 3


@converting
def test_a_value_for_all_locales_stands_in_a_conversion_as_it_is() -> None:
    snippet("tool", "text", "软件")
    article = published("软件", "打开{{ tool }}。", locale="zh-hans")
    assert words(article) == "軟體\n\n開啟软件。\n"
