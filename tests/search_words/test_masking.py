"""What readers type of themselves is not kept."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from channels.search.masking import masked

# Judged apart from how the module reads it.
SIX_DIGITS = re.compile(r"\d(?:[\s+\-]*\d){5}")
ADDRESS = re.compile(r"[a-z0-9]@[a-z0-9]", re.IGNORECASE)

DIGIT = st.sampled_from("0123456789０１２３４５６７８９٠१①")
NUMBER = st.lists(
    st.tuples(DIGIT, st.sampled_from(["", "", "", " ", "-", "－", "+", "\u3000", "\u200b", "–"])),
    min_size=6,
    max_size=20,
).map(lambda pairs: "".join(digit + between for digit, between in pairs))
MAIL = st.from_regex(r"[a-z0-9._+]{1,12}@[a-z0-9]{1,10}\.(com|cn|hk)", fullmatch=True)
WIDE = {code - 0xFEE0: code for code in range(0xFF01, 0xFF5F)}
WIDE_MAIL = MAIL.map(lambda mail: mail.translate(WIDE))
LINK = st.from_regex(
    r"https?://[a-z]{2,8}\.com/[a-z]{0,8}\?[a-z]{1,5}=[A-Za-z0-9]{1,30}", fullmatch=True
)
WORDS = st.text(max_size=20) | st.sampled_from(
    ["reset my pin", "怎么办", "，", "电话：", "(", "iPhone 15"]
)


@given(
    st.lists(WORDS | NUMBER | MAIL | WIDE_MAIL | LINK, max_size=8), st.sampled_from(["", " ", "，"])
)
@example(["1 2 3", "4 5 6"], " ")
@example(["a@b", "@c"], "")
@example(["0@0", "@0", "@0", "@0"], "")
def test_nothing_that_is_kept_tells_a_number_or_an_address(parts: list[str], between: str) -> None:
    kept = masked(between.join(parts))
    plain = unicodedata.normalize("NFKC", kept)
    assert not SIX_DIGITS.search(plain)
    assert not ADDRESS.search(plain)
    assert masked(kept) == kept
    assert len(kept) <= 400


@given(st.text(max_size=600), NUMBER | MAIL | WIDE_MAIL)
def test_where_a_long_question_is_cut_no_part_of_one_is_left(before: str, secret: str) -> None:
    kept = unicodedata.normalize("NFKC", masked((before + " " + secret) * 3))
    assert not SIX_DIGITS.search(kept)
    assert not ADDRESS.search(kept)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("my mail is foo.bar@example.com, help", "my mail is …, help"),
        ("我的邮箱ｆｏｏ＠ｂａｒ．ｃｏｍ怎么改", "我的邮箱…怎么改"),
        ("张三@例子.公司 登录不了", "… 登录不了"),
        ("call +44 20 7946 0000 now", "call … now"),
        ("手机号１３８ ００１３－８０００收不到短信", "手机号…收不到短信"),
        ("一三八零零一三八零零零 话费", "… 话费"),
        ("order AB123456C late", "order … late"),
        ("my card 4111-1111-1111-1111", "my card …"),
        ("open https://example.com/reset?token=a1", "open …"),
        ("www.example.com/s/a8f7d6e5c4b3a2918f7d6 broken", "… broken"),
        ("key kh_abcd_Zm9vYmFyYmF6cXV4MTIz", "key …"),
        ("https://user:pw@example.com/", "…"),
    ],
)
def test_what_tells_who_asks_is_masked(asked: str, kept: str) -> None:
    assert masked(asked) == kept


@pytest.mark.parametrize(
    "asked",
    [
        "iPhone 15 Pro 256GB",
        "E-1042 after the update",
        "https://example.com/help/esim",
        "５Ｇ 套餐 ５９元",
        "¿Qué tal? – 100% ① …",
        "ERR_CONNECTION_TIMED_OUT",
    ],
)
def test_what_tells_nothing_of_who_asks_stays_as_it_was_typed(asked: str) -> None:
    assert masked(asked) == asked


def test_it_is_one_line_without_what_nobody_sees() -> None:
    assert masked("reset\x00 my\n\n pin\u200b\u202e ") == "reset my pin"
