"""Text that every format can carry."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from articles.document.text import clean_line, clean_text

anything = st.text(st.characters(codec=None))


@given(anything)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once


@given(anything)
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
