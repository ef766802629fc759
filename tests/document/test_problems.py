"""What an editor must correct, and on which line it is."""

from __future__ import annotations

import pytest

from articles.document.blocks import Paragraph, Text
from articles.document.parse import MOST_CHARACTERS, parse
from articles.document.words import body_words

SHA = "a" * 64


def problems(source: str) -> list[tuple[int | None, str]]:
    return [(problem.line, problem.code) for problem in parse(source, locale="en").problems]


@pytest.mark.parametrize(
    "href",
    [
        *("javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x"),
        *("../support/a.md", "/commands/npm", "page.html", "//evil.example", "?q=1", ""),
        *("http:/x", "https://", "https:\\\\x.y", "ftp://x.y", "file:///etc/passwd"),
        *("article:K3V9", "article:ab", "article:abc/def", "media:x", "mailto:", "tel:abc"),
        *("&#106;avascript:alert(1)", "java&#10;script:alert(1)", "#", f"media:{SHA}.png"),
    ],
)
def test_a_link_that_may_not_be_keeps_its_text(href: str) -> None:
    parsed = parse(f"one\n\ntwo\n[te*x*t]({href}) three", locale="en")
    assert [(problem.line, problem.code) for problem in parsed.problems] == [(4, "link-target")]
    assert body_words(parsed.body) == ["one", "two", "text", "three"]


@pytest.mark.parametrize(
    "source",
    ["media:x.png", f"media:{SHA}.svg", f"{SHA}.png", "https://x.y/a.png", f"media:{'A' * 64}.png"],
)
def test_a_picture_that_is_not_stored_leaves_its_words(source: str) -> None:
    parsed = parse(f"\n![a tray]({source})", locale="en")
    assert [(problem.line, problem.code) for problem in parsed.problems] == [(2, "image-source")]
    assert parsed.body.blocks == (Paragraph((Text("a tray"),)),)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (f"a\n![ ](media:{SHA}.png)", (2, "image-alt")),
        ("a\n\n::: note\nb", (3, "part-not-closed")),
        ("- a\n\n  ::: note\n  b\n\n:::", (3, "part-not-closed")),
        ("a\n:::", (2, "part-not-opened")),
        ("::: info\na\n:::", (1, "unknown-part")),
        ("::: public\na\n:::", (1, "unknown-part")),
        ('::: "Title"\na\n:::', (1, "unknown-part")),
        ("a\n::: note\n:::", (2, "part-empty")),
        ('::: note "{{ a }}"\nb\n:::', (1, "snippet-in-title")),
        ("a\nb[^1]", (2, "footnote-missing")),
        ("a\n\n[^1]: b", (3, "footnote-unused")),
        ("a[^1]\n\n[^1]: b\n[^1]: c", (4, "footnote-twice")),
        ("a[^1]\n\n[^1]: b[^1]", (3, "footnote-nested")),
        ("a[^1]\n\n[^1]: b\n\n    ::: agent\n    c\n    :::", (5, "part-in-footnote")),
        ("# a\n\n[b](#c)", (3, "anchor-missing")),
        ("a | b\n--|--\n1 | 2 | 3", (3, "table-row")),
        ("a" * 500_000 + "|b\n--|--\n1 | 2\n1 | 2", (4, "table-long")),
        (">" * 30 + " a", (1, "too-deep")),
    ],
)
def test_a_problem_says_its_line(source: str, expected: tuple[int, str]) -> None:
    assert expected in problems(source)


def test_words_of_an_unclosed_or_unknown_part_stay() -> None:
    assert body_words(parse("::: note\nb", locale="en").body) == ["note", "b"]
    assert body_words(parse("::: info\nb\n:::", locale="en").body) == ["b"]


def test_a_text_that_is_too_long_is_not_read() -> None:
    assert problems("a" * (MOST_CHARACTERS + 1)) == [(None, "too-long")]


def test_problems_come_in_the_order_of_lines() -> None:
    lines = [line for line, _ in problems("[a](b)\n\n[^9]\n\n:::\n\n![](x)")]
    assert lines == sorted(lines, key=lambda line: line or 0)


def test_a_good_text_has_no_problem() -> None:
    assert problems("# a\n\nb *c* `d` [e](https://x.y) [f](#a) {{ g }}\n\n::: agent\nh\n:::") == []
