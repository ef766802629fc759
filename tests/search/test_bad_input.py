"""Whatever is typed into a search box is words, or nothing."""

from __future__ import annotations

import pytest

from channels.search.queries import search
from channels.search.words import words
from tests.building import publish_texts, published, write_approved
from tests.linear_time import assert_linear
from tests.search.conftest import Titles

NOTHING_IN_IT = [
    "",
    " ",
    "?",
    "*",
    "***",
    "\"'",
    "()[]{}",
    "。，！？",
    "\0",
    "\ud800",
    "🙂",
    "_",
    "-",
]

JUST_WORDS = [
    "fax*",
    '"fax',
    "fax AND",
    "NOT fax",
    "title:fax",
    "audience:agent fax",
    "fax~3 ^5 [a TO b] {fax",
    "\0fax\x1b",
    "fax\ud800",
    "(" * 200 + "fax",
    "{{ fax }} {% load fax %}",
    "<script>fax</script>",
    "fax " * 2500,
    "fax" + " 漢字" * 3000,
    "' OR 1=1 -- fax",
]


@pytest.fixture
def fax_line(db: None) -> None:
    published("Fax line", "Send a fax.")


def test_a_question_without_a_word_has_no_answer(
    fax_line: None, found: Titles, subtests: pytest.Subtests
) -> None:
    for question in NOTHING_IN_IT:
        with subtests.test(question=question):
            assert found(question) == []


def test_nothing_in_a_question_is_syntax(
    fax_line: None, found: Titles, subtests: pytest.Subtests
) -> None:
    for question in JUST_WORDS:
        with subtests.test(question=question):
            assert found(question) == ["Fax line"]


def test_what_nobody_wrote_finds_nothing(
    fax_line: None, found: Titles, subtests: pytest.Subtests
) -> None:
    for question in ("x" * 10_000, "漢" * 10_000, "a" * 5000 + " fax", "f*", "fa"):
        with subtests.test(question=question):
            assert found(question) == []


def test_an_unknown_locale_has_no_answer(
    fax_line: None, found: Titles, subtests: pytest.Subtests
) -> None:
    for locale in ("", "xx", "en/3", "\0", "\ud800", "zh-hans zh-hant"):
        with subtests.test(locale=locale):
            assert found("fax", locale=locale) == []


def test_pages_follow_each_other_and_end(found: Titles) -> None:
    publish_texts(*(write_approved(f"Article {number}", "Fax.") for number in range(5)))
    found("")
    pages = [
        [hit.title for hit in search("fax", locale="en", rank=0, limit=2, offset=offset).hits]
        for offset in (0, 2, 4, 6, -1, 10**30)
    ]
    assert [len(page) for page in pages] == [2, 2, 1, 0, 2, 0]
    assert sorted(pages[0] + pages[1] + pages[2]) == [f"Article {n}" for n in range(5)]
    assert search("fax", locale="en", rank=0, limit=2).total == 5


@pytest.mark.parametrize("repeated", ["\u0301\u0323", "a'", "\u4e2d", "9"])
def test_a_text_is_indexed_in_a_time_that_grows_with_its_length(repeated: str) -> None:
    def index(text: str) -> None:
        for _ in words(text):
            pass

    assert_linear(index, lambda length: "a" + repeated * (length // len(repeated)), 30_000)
