"""Finding links and pictures in running text: exactly those, and in linear time."""

from __future__ import annotations

import pytest

from articles.importing.markup import rewrite
from articles.importing.passages import passages_of
from tests.linear_time import assert_linear


class Marking:
    """Makes visible what was found."""

    def link(self, words: str, target: str, line: int) -> str:
        return f"<{words}|{target}|{line}>"

    def picture(self, alt: str, source: str, title: str, line: int) -> str:
        return f"<!{alt}|{source}|{title}>"

    def snippet(self, key: str, written: str, line: int) -> str:
        return f"<{key}>"

    def tag(self, written: str, line: int) -> str:
        return "<tag>"


def mark(text: str) -> str:
    return rewrite(text, Marking(), {})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a [b](c.md) d", "a <b|c.md|0> d"),
        ("[b](<c d.md>) [b](c d.md)", "<b|c d.md|0> <b|c d.md|0>"),
        ('[b](c.md "Title") [b](c_(d).md)', "<b|c.md|0> <b|c_(d).md|0>"),
        ('[b](c "d) e [b](c_(d_(e)).md)', '<b|c "d|0> e <b|c_(d_(e)).md|0>'),
        ('[b]({{< ref "c.md" >}}) "(d)"', '<b|{{< ref "c.md" >}}|0> "(d)"'),
        ("[a [b] \\] c](d)", "<a [b] \\] c|d|0>"),
        ("one\n[b](c)", "one\n<b|c|1>"),
        ("![alt](p.png 'T')", "<!alt|p.png|T>"),
        ("[![alt](p.svg)](c)", "<<!alt|p.svg|>|c|0>"),
        ("[words][ref] [ref][] [Ref] [other]", "<words|r.md|0> <ref|r.md|0> <Ref|r.md|0> [other]"),
        ("{{ price.s }} <br>", "<price.s> <tag>"),
        ("`[b](c)` ``a ` [b](c)``", "`[b](c)` ``a ` [b](c)``"),
        ("a ` b [b](c)", "a ` b <b|c|0>"),
        (
            "\\[b](c) <https://x/[b](c)> <!-- [b](c) -->",
            "\\[b](c) <https://x/[b](c)> <!-- [b](c) -->",
        ),
        ("[^1] [x]", "[^1] [x]"),
        ('[a](b "(c) d', '[a](b "(c) d'),
    ],
)
def test_what_is_found(text: str, expected: str) -> None:
    assert rewrite(text, Marking(), {"ref": "r.md"}) == expected


@pytest.mark.parametrize("end", ["", ")"])
@pytest.mark.parametrize(
    "hostile",
    ["![", "[", "[a](", "`` ` ", "[a](b '", '[a](b "', "<a ", "{{ a", "[a]((", "[[](x)"],
)
def test_anything_many_times_takes_a_time_that_grows_with_its_length(
    hostile: str, end: str
) -> None:
    assert_linear(mark, lambda length: hostile * (length // len(hostile)) + end, 20_000)


def test_comments_that_never_end_take_a_time_that_grows_with_their_number() -> None:
    assert_linear(mark, lambda length: "<!--" * (length // 4), 100_000)


def test_links_within_links_take_a_time_that_grows_with_their_number() -> None:
    assert_linear(mark, lambda length: "[" * (length // 5) + "](x)" * (length // 5), 20_000)


@pytest.mark.parametrize("blank", [" ", "\n", "\t \n", "x "])
@pytest.mark.parametrize("start", ["[a](", "[a](b", "[a](<b>", "![a](b 't'"])
def test_blanks_in_a_link_take_a_time_that_grows_with_their_number(start: str, blank: str) -> None:
    assert_linear(mark, lambda length: start + blank * (length // len(blank)), 20_000)


def test_blanks_around_a_target_are_none_of_it() -> None:
    assert mark("[a](  my file.md \n ) [b](\n c )") == "<a|my file.md|0> <b|c|1>"


def test_code_is_no_running_text_and_a_list_item_is() -> None:
    source = (
        "Words\n\n    [code](x.md)\n\n* item\n\n    [text](x.md)\n\n"
        "```\n[code](x.md)\n```\n\n| [cell](x.md) |\n|---|\n| [cell](x.md) |\n\n[ref]: x.md\n"
    )
    lines = source.split("\n")
    running = {n for p in passages_of(source).found for n in range(p.start, p.end)}
    assert {lines[n] for n in running} == {
        "Words",
        "* item",
        "    [text](x.md)",
        "| [cell](x.md) |",
    }
    assert passages_of(source).references == {"ref": "x.md"}
