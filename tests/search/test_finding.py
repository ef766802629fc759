"""What readers find, in English and in both Chinese scripts."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from haystack.exceptions import SearchBackendError
from haystack.query import SearchQuerySet

from articles.audiences import AGENT
from tests.building import publish_texts, published, write_approved
from tests.search.conftest import Titles


def test_singular_finds_plural_and_plural_singular(found: Titles) -> None:
    published("Batteries and chargers", "Two phones share one charger.")
    assert found("battery") == ["Batteries and chargers"]
    assert found("phone") == ["Batteries and chargers"]
    assert found("charger") == found("chargers") == ["Batteries and chargers"]


def test_a_whole_question_is_answered(found: Titles) -> None:
    published("Activating your eSIM", "Open the settings and scan the code.")
    published("How your bill is made", "How do I read it? Do it on a Sunday.")
    assert found("How do I activate my eSIM?") == ["Activating your eSIM"]


def test_words_that_only_make_it_a_question_decide_nothing(found: Titles) -> None:
    published("手机没有信号", "怎么办？不知道怎么办，就看怎么办。", locale="zh-hans")
    published("屏幕碎了", "送到门市。屏幕。", locale="zh-hans")
    assert found("屏幕碎了怎么办", locale="zh-hans") == ["屏幕碎了"]


def test_the_questions_customers_ask_lead_to_the_article(found: Titles) -> None:
    published("Lost phone", "Call us.", questions=["My handset was stolen, what now?"])
    assert found("stolen handset") == ["Lost phone"]


def test_what_says_more_of_the_question_comes_first(found: Titles) -> None:
    published("Router", "The router has lights. The router is white. Router, router.")
    published("Restart the device", "Switch the router off, and restart it with the red button.")
    assert found("restart router") == ["Restart the device", "Router"]


def test_what_keeps_the_order_of_the_words_comes_first(found: Titles) -> None:
    published("First", "The call ends when the wi-fi does, and then calling is over.")
    published("Second", "The end is where wi-fi calling and then the call does begin.")
    published("Third", "The call ends when calling is there, and then the wi-fi is.")
    assert found("wi-fi calling")[0] == "Second"


def test_a_title_counts_more_than_a_text(found: Titles) -> None:
    published("Contracts", "Every contract names the cost of roaming in its table.")
    published("Roaming", "What calls cost abroad is in the table of your contract.")
    assert found("roaming") == ["Roaming", "Contracts"]


@pytest.mark.parametrize(
    ("locale", "title", "body", "questions"),
    [
        (
            "zh-hans",
            "激活 eSIM",
            "打开手机设置，扫描二维码，然后重启手机。",
            ["激活", "如何激活我的eSIM？", "二维码", "扫"],
        ),
        (
            "zh-hant",
            "啟用 eSIM",
            "打開手機設定，掃描條碼，然後重新啟動手機。",
            ["啟用", "如何啟用我的eSIM？", "條碼", "掃"],
        ),
    ],
)
def test_chinese_is_found_by_words_questions_and_single_characters(
    found: Titles, locale: str, title: str, body: str, questions: list[str]
) -> None:
    published(title, body, locale=locale)
    published("账单" if locale == "zh-hans" else "帳單", "每月一日。", locale=locale)
    for question in questions:
        assert found(question, locale=locale) == [title]


def test_a_word_that_the_dictionary_cuts_otherwise_is_found_by_its_characters(
    found: Titles,
) -> None:
    published("潮汐五号", "潮汐手机，汐潮都好。", locale="zh-hans")
    assert found("汐潮手", locale="zh-hans") == ["潮汐五号"]


def test_mixed_scripts_and_widths_meet(found: Titles, subtests: pytest.Subtests) -> None:
    published("iPhone15充電", "插入充電線。", locale="zh-hant")
    for question in ("iPhone15充電", "iphone 15", "ＩＰＨＯＮＥ１５", "充電"):
        with subtests.test(question):
            assert found(question, locale="zh-hant") == ["iPhone15充電"]


def test_the_parts_of_a_dotted_name_are_words(found: Titles) -> None:
    published("Names", "Use `System.String` here.")
    assert found("string") == found("System.String") == ["Names"]


def test_markup_is_no_hindrance_and_addresses_are_no_words(found: Titles) -> None:
    published("Dates", "All **events** are [listed](https://zebra.example/plan).")
    assert found("event") == ["Dates"]
    assert found("zebra") == []


def test_a_reader_finds_texts_of_the_own_locale(found: Titles) -> None:
    english = write_approved("Use eSIM", "Scan.")
    chinese = write_approved("使用 eSIM", "扫描。", locale="zh-hans", article=english.text.article)
    publish_texts(english, chinese)
    assert found("eSIM") == ["Use eSIM"]
    assert found("eSIM", locale="zh-hans") == ["使用 eSIM"]


def test_where_a_locale_has_nothing_the_next_one_answers(found: Titles) -> None:
    published("Warranty", "Two years.")
    published("账单", "每月。", locale="zh-hans")
    assert found("warranty", locale="zh-hans") == ["Warranty"]


def test_haystacks_own_queries_which_know_no_reader_find_nothing(found: Titles) -> None:
    published("Fax costs", "For agents.", audience=AGENT)
    found("")
    with pytest.raises(NotImplementedError):
        len(SearchQuerySet().auto_query("fax"))


def test_haystacks_own_commands_say_what_to_use_instead(db: None) -> None:
    with pytest.raises(SearchBackendError, match="rebuild_search"):
        call_command("clear_index", interactive=False)
