"""Slips of the finger: mended from the reader's own texts, where nothing says the word."""

from __future__ import annotations

import pytest

from articles.audiences import AGENT, PUBLIC, rank
from channels.search.queries import search
from tests.building import published
from tests.search.conftest import Titles


def meant(q: str, *, locale: str = "en", audience: str = PUBLIC) -> str:
    return search(q, locale=locale, rank=rank(audience)).did_you_mean


@pytest.mark.parametrize("slip", ["routr", "ruoter", "roouter", "touter"])
def test_a_missing_swapped_doubled_or_wrong_letter_is_mended(found: Titles, slip: str) -> None:
    published("Restart the router", "Press the button.")
    assert found(f"how do I restart my {slip}?") == ["Restart the router"]
    assert meant(f"how do I restart my {slip}?") == "how do I restart my router?"


def test_a_word_that_some_text_says_is_no_slip(found: Titles) -> None:
    published("The router", "A router is a box.")
    published("Routed mail", "Mail is routed.")
    assert found("routed") == ["Routed mail"]
    assert meant("routed") == ""


def test_a_slip_is_no_shorthand(found: Titles) -> None:
    published("Opening hours", "Mon to Fri, Mon to Sat in May, each Mon at nine.")
    published("Getting your money", "We pay within days.")
    assert found("mony") == ["Getting your money"]
    assert meant("mony") == "money"
    published("Fibre 100", "A line.")
    assert found("100m") == ["Fibre 100"]


def test_two_words_that_are_written_together_are_found(found: Titles) -> None:
    published("Tide Pad", "A tablet.")
    published("Router", "A box.")
    assert found("tidepad") == ["Tide Pad"]
    assert meant("tidepad") == "tide pad"
    assert found("routerfloats") == []


def test_two_words_are_not_told_apart_by_what_the_reader_may_not_read(found: Titles) -> None:
    published("Tide", "Everyone reads this.\n\n::: agent\nThe canary sings.\n:::\n")
    found("")
    assert meant("tidecanary") == ""
    assert found("tidecanary") == []


def test_a_short_word_is_not_guessed_at(found: Titles) -> None:
    published("The fax", "A fax is a copy.")
    assert found("fox") == []


def test_a_wrong_character_that_sounds_right_is_mended(found: Titles) -> None:
    published("查看账单", "每月一日。", locale="zh-hans")
    published("更换手机", "到门市。", locale="zh-hans")
    assert found("信耗", locale="zh-hans") == []
    published("没有信号", "重启。", locale="zh-hans")
    assert found("没有信耗怎么办", locale="zh-hans")[0] == "没有信号"


def test_a_correction_never_tells_a_word_that_the_reader_may_not_read(found: Titles) -> None:
    published("Offers", "Everyone reads this.\n\n::: agent\nGive the canaryword.\n:::\n")
    found("")
    assert meant("canaryward") == ""
    assert found("canaryward") == []
    assert meant("canaryward", audience=AGENT) == "canaryword"


def test_a_question_about_other_things_is_no_slip(found: Titles) -> None:
    published("Read your bill", "Take the bill and read it: it is read from the top to the end.")
    published("Restart the router", "Press the button.")
    found("")
    assert meant("bake sourdough bread") == ""


def test_what_is_found_as_it_was_typed_has_no_slip(found: Titles) -> None:
    published("Return a phone within thirty days", "You may return a phone within thirty days.")
    published("Fees", "You never pay a fee.")
    asked = "can I return a newer phone within thirty days"
    assert found(asked) == ["Return a phone within thirty days"]
    assert meant(asked) == ""
