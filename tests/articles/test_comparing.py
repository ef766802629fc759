"""What differs between two texts: word by word, in Chinese too, at any length."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.comparing import Piece, word_diff
from articles.comparing.markup import mark_changes
from articles.comparing.rows import near_changes, rows_of
from tests.linear_time import assert_linear

# Few words and signs, so that texts share many; blanks, Han, marks and line ends among them.
_WORDS = [
    "key",
    "red",
    "19.99",
    "it's",
    "的",
    "设置",
    "退款",
    "。",
    "，",
    ".",
    " ",
    "  ",
    "\n",
    "é",
    "**",
]
_TEXTS = st.lists(st.sampled_from(_WORDS), max_size=40).map("".join) | st.text(max_size=60)


def shown(before: str, after: str) -> str:
    marks = {"same": "{}", "removed": "[-{}]", "added": "[+{}]"}
    return "".join(marks[piece.kind].format(piece.text) for piece in word_diff(before, after))


@given(_TEXTS, _TEXTS)
def test_what_stayed_and_went_is_the_text_before_and_what_stayed_and_came_the_text_after(
    before: str, after: str
) -> None:
    pieces = word_diff(before, after)

    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after
    assert all(piece.text for piece in pieces)


@given(_TEXTS)
def test_a_text_differs_from_itself_in_nothing(text: str) -> None:
    assert word_diff(text, text) == ([Piece("same", text)] if text else [])


@given(_TEXTS, _TEXTS)
def test_pieces_of_a_sort_never_follow_each_other(before: str, after: str) -> None:
    kinds = [piece.kind for piece in word_diff(before, after)]

    assert all(one != other for one, other in pairwise(kinds))
    assert ("added", "removed") not in pairwise(kinds)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Press the red key.", "Press the green key.", "Press the [-red][+green] key."),
        ("It costs 19.99 €.", "It costs 20.99 €.", "It costs [-19.99][+20.99] €."),
        ("it's on", "its on", "[-it's][+its] on"),
        ("Press **two**.", "Press **three**.", "Press **[-two][+three]**."),
        ("One two.", "One big two.", "One [+big ]two."),
        ("e\u0301t", "e\u0301te\u0301", "[-e\u0301t][+e\u0301te\u0301]"),
        ("Keep.\nGo.\n", "Keep.\nStay.\nGo.\n", "Keep.\n[+Stay.\n]Go.\n"),
        ("red key", "green lock", "[-red key][+green lock]"),
        (
            "- 让手机连上。\n",
            "新的一段。\n- 让电话连上。\n",
            "[+新的一段。\n]- 让[-手机][+电话]连上。\n",
        ),
        (
            "First here.\n\nSecond.\n",
            "First there.\n\nNew.\n\nSecond!\n",
            "First [-here][+there].\n\n[+New.\n\n]Second[-.][+!]\n",
        ),
        ("One thing. Another.\n", "One thing.\n\nAnother.\n", "One thing.[- ][+\n\n]Another.\n"),
        ("月费是30元。", "月费是35元。", "月费是[-30][+35]元。"),
        ("打开设置。", "打开设定。", "打开[-设置][+设定]。"),
        ("退款需要三个工作日。", "退款需要五个工作日。", "退款需要[-三][+五]个工作日。"),
        ("退款需要工作日。", "退款通常需要工作日。", "退款[+通常]需要工作日。"),
        ("請在設定中開啟漫遊。", "請在設定中關閉漫遊。", "請在設定中[-開啟][+關閉]漫遊。"),
    ],
)
def test_a_change_is_told_as_the_words_that_changed(before: str, after: str, expected: str) -> None:
    assert shown(before, after) == expected


_SENTENCE = "请先在手机上打开{}，然后选择{}，最后等待{}完成。"
_NOUNS = ["设置", "网络", "电话", "短信", "账单", "套餐", "地址", "密码"]


@given(st.integers(0, 2), st.permutations(_NOUNS), st.integers(3, 7))
def test_changing_one_word_of_a_chinese_sentence_changes_only_that_word(
    place: int, nouns: list[str], other: int
) -> None:
    changed = [*nouns[:3]]
    changed[place] = nouns[other]

    pieces = word_diff(_SENTENCE.format(*nouns[:3]), _SENTENCE.format(*changed))

    assert [piece.text for piece in pieces if piece.kind == "removed"] == [nouns[place]]
    assert [piece.text for piece in pieces if piece.kind == "added"] == [nouns[other]]


def test_words_that_stand_everywhere_in_a_long_line_still_stay_where_they_are() -> None:
    before = " ".join(f"the {number} of" for number in range(60))
    after = before.replace("the 30 of", "of the").replace("the 50 of", "of the")

    gone = [piece.text for piece in word_diff(before, after) if piece.kind == "removed"]

    assert len(gone) >= 2
    assert sum(map(len, gone)) < 30


def test_a_change_too_large_to_search_is_told_as_replaced() -> None:
    before = "start " + "red blue " * 20_000 + "end"
    after = "start " + "blue green " * 20_000 + "end"

    kinds = [(piece.kind, len(piece.text)) for piece in word_diff(before, after)]

    assert kinds == [("same", 6), ("removed", 180_000), ("added", 220_000), ("same", 3)]


def _shuffled(length: int, alphabet: str) -> str:
    source = random.Random(length)
    return "".join(source.choice(alphabet) for _ in range(length))


@pytest.mark.parametrize(
    "hostile",
    [
        lambda length: "a " * length,
        lambda length: "ab\n" * length,
        lambda length: _shuffled(length, "ab "),
        lambda length: _shuffled(length, "a\n"),
        lambda length: _shuffled(length, "的了是，。"),
        lambda length: "x" * length,
        lambda length: "!?" * length,
    ],
)
def test_no_text_takes_longer_to_compare_than_its_length_explains(hostile: object) -> None:
    def work(text: str) -> None:
        word_diff(text, text[len(text) // 3 :] + "end" + text[: len(text) // 3 : -1])

    assert_linear(work, hostile, 60_000)  # type: ignore[arg-type]


def _beside(before: str, after: str) -> list[tuple[str, str]]:
    def line(side: object) -> str:
        return "".join(piece.text for piece in side.pieces) if side else "–"  # type: ignore[attr-defined]

    return [(line(row.before), line(row.after)) for row in rows_of(word_diff(before, after))]


def test_lines_stand_beside_the_lines_that_they_became() -> None:
    assert _beside("One.\nRed key.\nEnd.", "One.\nNew.\nGreen key.\nEnd.") == [
        ("One.", "One."),
        ("–", "New."),
        ("Red key.", "Green key."),
        ("End.", "End."),
    ]


@given(_TEXTS, _TEXTS)
def test_rows_hold_every_line_of_both_texts_in_order(before: str, after: str) -> None:
    rows = rows_of(word_diff(before, after))

    def read(sides: list[object]) -> list[tuple[int, str]]:
        return [
            (side.number, "".join(piece.text for piece in side.pieces))  # type: ignore[attr-defined]
            for side in sides
            if side
        ]

    def numbered(text: str) -> list[tuple[int, str]]:
        lines = text.split("\n")
        return list(enumerate(lines[:-1] if lines[-1] == "" else lines, start=1))

    assert read([row.before for row in rows]) == numbered(before)
    assert read([row.after for row in rows]) == numbered(after)


def test_lines_far_from_any_change_are_counted_and_left_out() -> None:
    before = "".join(f"Line {number}.\n" for number in range(30))

    rows = near_changes(rows_of(word_diff(before, before + "New.\n")))

    assert [row.skipped for row in rows] == [27, 0, 0, 0, 0]
    assert [row.changed for row in rows] == [False, False, False, False, True]


def test_words_are_marked_inside_the_tags_around_them() -> None:
    before = "<ul>\n<li>One <strong>red</strong> key</li>\n</ul>"
    after = "<ul>\n<li>One <strong>green</strong> key</li>\n<li>Two</li>\n</ul>"

    assert mark_changes(before, after) == (
        "<ul>\n<li>One <strong><del>red</del></strong> key</li>\n</ul>",
        "<ul>\n<li>One <strong><ins>green</ins></strong> key</li>\n<li><ins>Two</ins></li>\n</ul>",
    )


def test_a_link_with_another_address_and_a_new_picture_are_marked_whole() -> None:
    before = '<p>See <a href="/en/a/one/">this</a>.</p>'
    after = '<p>See <a href="/en/a/two/">this</a>.<img src="/media/a.png" alt="Key"></p>'

    assert mark_changes(before, after) == (
        '<p>See <del><a href="/en/a/one/">this</a></del>.</p>',
        '<p>See <ins><a href="/en/a/two/">this</a></ins>.'
        '<ins><img src="/media/a.png" alt="Key"><span class="desk-alt">Key</span></ins></p>',
    )


def test_a_voice_says_what_was_done_to_a_word() -> None:
    old, new = mark_changes("<p>red</p>", "<p>green</p>", removed="out: ", added="in: ")

    assert old == '<p><del><span class="visually-hidden">out: </span>red</del></p>'
    assert new == '<p><ins><span class="visually-hidden">in: </span>green</ins></p>'


_MARKUP = st.lists(
    st.sampled_from(
        [
            "<p>red key</p>",
            "<ul><li>打开设置</li></ul>",
            "<p>a <em>b</em> c</p>",
            "<hr>",
            "<p>设定</p>",
        ]
    ),
    max_size=6,
).map(lambda parts: f"<article>{''.join(parts)}</article>")


@given(_MARKUP, _MARKUP)
def test_without_the_marks_both_documents_are_as_they_were(before: str, after: str) -> None:
    old, new = mark_changes(before, after)

    assert old.replace("<del>", "").replace("</del>", "") == before
    assert new.replace("<ins>", "").replace("</ins>", "") == after
