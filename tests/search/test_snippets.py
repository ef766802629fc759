"""The passage shown with a hit: the words found are marked, and nothing else is markup."""

from __future__ import annotations

from channels.search.highlighting import beginning, passage
from channels.search.queries import search
from channels.search.question import read_question
from channels.search.thesaurus import Thesaurus
from tests.building import published
from tests.search.conftest import Titles


def snippet(text: str, question: str) -> str | None:
    return passage(text, read_question(question, Thesaurus()).terms)


def test_every_form_of_a_word_is_marked() -> None:
    assert snippet("Activating is easy; we activated it.", "activate") == (
        "<mark>Activating</mark> is easy; we <mark>activated</mark> it."
    )
    assert snippet("Two batteries. I was hoping.", "battery hope") == (
        "Two <mark>batteries</mark>. I was <mark>hoping</mark>."
    )


def test_a_word_inside_another_is_not_marked() -> None:
    assert snippet("The category of a cat.", "cat") == "The category of a <mark>cat</mark>."


def test_chinese_words_are_marked() -> None:
    assert snippet("请激活您的卡。", "如何激活") == "请<mark>激活</mark>您的卡。"
    assert snippet("重启路由器。", "路由器") == "重启<mark>路由器</mark>。"


def test_full_width_letters_are_marked_where_they_stand() -> None:
    assert snippet("打開ＥＳＩＭ設定。", "esim") == "打開<mark>ＥＳＩＭ</mark>設定。"


def test_what_looks_like_markup_is_escaped() -> None:
    text = '<script>alert("fax")</script> & <mark>fax</mark>'
    assert snippet(text, "fax") == (
        "&lt;script&gt;alert(&quot;<mark>fax</mark>&quot;)&lt;/script&gt; &amp; "
        "&lt;mark&gt;<mark>fax</mark>&lt;/mark&gt;"
    )
    assert beginning("<b>") == "&lt;b&gt;"


def test_the_passage_that_says_most_is_shown() -> None:
    text = "A router. " + "Nothing here. " * 60 + "Restart the router now. " + "Or not. " * 60
    shown = snippet(text, "restart router")
    assert shown is not None
    assert "<mark>Restart</mark> the <mark>router</mark>" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 300


def test_what_a_text_says_last_is_seen_by_who_sees_two_lines() -> None:
    shown = snippet("Nothing here. " * 60 + "Send a fax.", "fax")
    assert shown is not None
    assert "<mark>fax</mark>" in shown[:80]


def test_a_text_that_does_not_say_it_has_no_passage() -> None:
    assert snippet("Something else.", "fax") is None


def test_where_only_the_title_says_it_the_summary_is_shown(found: Titles) -> None:
    published("Fax line", "Press the button.", summary="What to press.")
    found("")
    (hit,) = search("line", locale="en", rank=0).hits
    assert hit.snippet_html == "What to press."


def test_lists_and_notes_are_shown_without_their_marks(found: Titles) -> None:
    published("Fax line", "First:\n\n- open it\n- close it\n\n1. fax\n2. phone\n")
    found("")
    (hit,) = search("open", locale="en", rank=0).hits
    assert hit.snippet_html == "First: <mark>open</mark> it close it 1. fax 2. phone"
