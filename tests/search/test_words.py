"""The words of texts and questions: one form for what readers type in several."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.search.folding import fold
from channels.search.parts import COUNT_BITS, Kind, sequence_of, unpacked
from channels.search.question import read_question
from channels.search.sounds import sound
from channels.search.thesaurus import Thesaurus
from channels.search.words import phrase_terms, words


def terms(text: str) -> list[str]:
    return [word.term for word in words(text)]


@given(st.text())
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ＷｉＦｉ２", "wifi2"),
        ("CAFÉ", "cafe"),
        ("帳單裏的線路", "账单里的线路"),
        ("臺灣", "台湾"),
        ("帐单", "账单"),
    ],
)
def test_width_case_accents_and_scripts_are_one(typed: str, meant: str) -> None:
    assert fold(typed) == meant


def test_traditional_and_simplified_have_the_same_terms() -> None:
    assert terms("怎樣啟用手機的流動數據？") == terms("怎样启用手机的流动数据？")


@pytest.mark.parametrize("code", ["E-1042", "OL-KT310", "System.String", "wi-fi", "iPhone15"])
def test_a_code_is_found_with_its_signs_without_them_and_by_its_parts(code: str) -> None:
    said = set(terms(f"Look at {code} now."))
    joined = "".join(filter(str.isalnum, code))
    assert set(terms(joined)) & said
    assert set(terms(code)) <= said


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("iPhone15Pro", ["iphon", "15", "pro"]),
        ("2024mp3", ["2024", "mp", "3"]),
        ("5G", []),
        ("S24", []),
        ("a1b22c", []),
    ],
)
def test_a_name_with_numbers_in_it_has_parts(code: str, parts: list[str]) -> None:
    assert terms(code) == [code.lower(), *parts]


@given(st.text(max_size=300))
def test_any_text_has_words_in_reading_order_and_any_question_can_be_read(text: str) -> None:
    places = [word.place for word in words(text) if not word.inside]
    latin = [word.place for word in words(text) if word.said.isascii() and not word.inside]
    assert latin == sorted(latin)
    assert all(place >= 0 for place in places)
    question = read_question(text, Thesaurus(["a b, c > d", "退款, 退钱"]))
    assert all(one.options and one.options[0].terms for one in question.wanted)


def test_what_stands_apart_or_joined_finds_the_other() -> None:
    question = read_question("wi fi", Thesaurus())
    assert all(("wifi",) in [option.terms for option in one.options] for one in question.wanted)


def test_characters_of_a_word_count_less_than_the_word() -> None:
    shares = {one.said: one.share for one in read_question("退款", Thesaurus()).wanted}
    assert shares["退款"] == 1
    assert 0 < shares["退"] == shares["款"] < 0.5


def test_a_phrase_is_looked_for_by_its_longest_words() -> None:
    assert phrase_terms("移动电话") == ("移动电话",)
    assert phrase_terms("get my money back") == ("money", "back")


def test_characters_that_sound_alike_are_one_sound() -> None:
    assert sound("账单") == sound("张丹") == sound("帐单")
    assert sound("信号") != sound("账单")


kinds = st.sampled_from(list(Kind))


@given(st.lists(kinds, max_size=400))
def test_packed_counts_are_those_that_were_packed(places: list[Kind]) -> None:
    _, counts, _ = sequence_of([(kind, 0, "zorp") for kind in places])
    said = Counter(places)
    number = int(np.float32(counts.get("zorp", 0)))
    back = unpacked(number)
    assert back == [min(said[kind], 2**bits - 1) for kind, bits in COUNT_BITS.items()]
    many = unpacked(np.array([number, 0], dtype=np.int32))
    assert [each.tolist() for each in many] == [[each, 0] for each in back]


def test_two_parts_are_never_near_each_other() -> None:
    sequence, _, _ = sequence_of([(Kind.HEADING, 0, "one two"), (Kind.BODY, 0, "three")])
    places = sequence.places.tolist()
    assert places[1] - places[0] == 1
    assert places[2] - places[1] > 100
