"""Other words for the same thing."""

from __future__ import annotations

import pytest

from channels.search.question import read_question
from channels.search.thesaurus import Thesaurus, shipped
from tests.building import published
from tests.search.conftest import Titles


def others(question: str, *lines: str) -> set[tuple[str, ...]]:
    found = read_question(question, Thesaurus(lines)).wanted
    return {option.terms for one in found for option in one.options if option.weight == 0.7}


def test_words_of_a_group_find_each_other() -> None:
    assert others("a refund", "refund, money back") == {("money", "back")}
    assert others("my money back", "refund, money back") == {("refund",)}
    assert others("my back money", "refund, money back") == set()


def test_an_arrow_leads_one_way() -> None:
    assert others("he died", "died > bereavement") == {("bereav",)}
    assert others("bereavement", "died > bereavement") == set()


def test_a_phrase_with_a_word_that_says_nothing_is_known_as_a_whole() -> None:
    line = "does not work, doesn't work > fault"
    assert others("the phone does not work", line) == {("fault",)}
    assert others("the phone doesn't work", line) == {("fault",)}
    assert others("how does it work", line) == set()


def test_chinese_phrases_are_known_wherever_the_dictionary_cuts_them() -> None:
    assert others("怎么才能退钱给我", "退款, 退钱") == {("退款",)}
    assert others("怎樣退錢", "退款, 退钱") == {("退款",)}


def test_groups_do_not_carry_on_to_others() -> None:
    assert others("alpha", "alpha, beta", "beta, gamma") == {("beta",)}


def test_a_comment_is_no_word() -> None:
    assert others("alpha", "alpha, beta # gamma", "# alpha, delta") == {("beta",)}


@pytest.mark.parametrize(("language", "asked"), [("en", "reimburse"), ("zh", "退钱")])
def test_a_thesaurus_comes_with_the_program(language: str, asked: str) -> None:
    assert list(shipped(language).meanings(asked))


def test_a_text_is_found_by_the_words_of_a_customer(found: Titles) -> None:
    published("Refunds", "We refund it within five days.")
    published("Opening hours", "We are open on Sundays.")
    assert found("how do I get my money back")[:1] == ["Refunds"]


def test_the_word_that_was_asked_counts_more_than_another_for_it(found: Titles) -> None:
    published("Cell phones", "Our mobile offer and more words.")
    published("Refunds", "A refund of course and more words.")
    published("Money", "Money back of course and more words.")
    assert found("refund")[0] == "Refunds"
