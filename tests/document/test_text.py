"""Text that every format can carry."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from articles.document.text import clean_line, clean_name, clean_text, without_unseen
from articles.document.words import split_words
from tests.linear_time import assert_linear, seconds

anything = st.text(st.characters(codec=None))
# What is reordered, taken apart into two, and composed with a letter before others that are near.
marked = st.text("aes\u00e9\u0301\u0323\u0327\u0344\u0f73\u200d", min_size=30, max_size=90)


@given(anything | marked)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once


@given(anything | marked)
def test_cleaned_text_survives_xml_and_is_normalised(text: str) -> None:
    cleaned = clean_text(text)
    element = etree.Element("text")
    element.text = cleaned
    assert (etree.fromstring(etree.tostring(element)).text or "") == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)


def test_what_deceives_readers_is_removed() -> None:
    assert clean_text("a\u202eb\u2066c\ufeffd\x00e\ud800f\x85g") == "abcdefg"


def test_line_ends_become_line_feeds() -> None:
    assert clean_text("a\r\nb\rc\td") == "a\nb\nc\td"


def test_a_title_is_one_line_and_keeps_its_unbreakable_blanks() -> None:
    assert clean_line("  10\u00a0GB \n\t for\u2028you ") == "10\u00a0GB for you"


@pytest.mark.parametrize(
    "unseen",
    ["", " \t", "\u200b", "\u200d\u2060", "\u202e\u2066", "\u3164", "\u2800", "\ufe0f", "\u00ad"],
)
def test_what_nobody_sees_is_no_name(unseen: str) -> None:
    assert clean_name(unseen) == ""


@pytest.mark.parametrize("name", ["eSIM", "激活", "👩\u200d💻", "❤\ufe0f", "می\u200cخواهم", "."])
def test_a_name_keeps_what_joins_its_letters(name: str) -> None:
    assert clean_name(f" {name} ") == name


@given(anything | marked)
def test_a_name_is_a_line_that_shows_something_or_nothing_at_all(text: str) -> None:
    name = clean_name(text)
    assert name in ("", clean_line(text))
    assert bool(name) == bool(without_unseen(name).strip())
    assert without_unseen(without_unseen(text)) == without_unseen(text)


def test_marks_without_end_are_cut_and_no_honest_ones() -> None:
    thai, signs = "\u0e19\u0e49\u0e33" * 40, "\u2500" * 40 + "\uff0c" * 40
    assert clean_text(thai + signs) == thai + signs
    assert len(clean_text("x" + "\u0301" * 1_000 + "q" + "\u0301" * 1_000)) == 2 * 31


@pytest.mark.parametrize("read", [clean_text, split_words])
@pytest.mark.parametrize("repeated", ["\u0301\u0323", "\u0301\u0323" * 10 + "\u200d", "\u0f73"])
def test_marks_without_end_take_no_time(read: Callable[[str], object], repeated: str) -> None:
    """Unicode sorts them, and each may belong before all others."""
    assert_linear(read, lambda length: "a" + repeated * (length // len(repeated)), 40_000)


def test_a_megabyte_of_marks_takes_no_time() -> None:
    assert seconds(clean_text, "a" + "\u0301\u0323" * 500_000) < 3
