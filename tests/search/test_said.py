"""A segment knows which terms it says, whatever their numbers."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.search.embedded.said import SaidTerms, packed_said

# Two words of one number: their check sums are the same.
TWINS = ("plumless", "buckeroo")

terms = st.sets(st.text(st.sampled_from("aé充電"), min_size=1, max_size=4), min_size=1)


def said(*words: str) -> SaidTerms:
    return SaidTerms(packed_said(word.encode() for word in words))


@given(terms, st.lists(st.text(st.sampled_from("aé充電"), min_size=1, max_size=4)))
def test_of_the_words_asked_for_those_that_are_said_stay(here: set[str], asked: list[str]) -> None:
    assert said(*here).among(asked) == [word for word in asked if word in here]


def test_a_word_with_the_number_of_one_that_is_said_stays() -> None:
    assert len({zlib.crc32(word.encode()) for word in TWINS}) == 1
    assert said(TWINS[0]).among(TWINS) == list(TWINS)


@pytest.mark.parametrize("cut", [0, 3, 4, 8, 12])
def test_what_was_cut_short_is_not_taken_for_whole(cut: int) -> None:
    data = packed_said([b"router", b"battery", b"card"])
    with pytest.raises(ValueError, match="damaged"):
        SaidTerms(data[:cut])
