"""Any text at all is parsed, in a time that grows with its length or is bounded."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.document.blocks import Block, Body, Document, Heading, Inline, Paragraph, Table
from articles.document.canonical import from_json, to_json
from articles.document.emphasis import emphasized
from articles.document.expand import expand
from articles.document.headings import level_headings
from articles.document.inlines import tidy
from articles.document.markup_amount import MOST_MARKUP, markup_amount
from articles.document.parse import MOST_CHARACTERS, parse
from articles.document.walk import every_block
from tests.document.strategies import LINES, NASTY, documents
from tests.linear_time import assert_linear, seconds

_MARKS = (
    *("\n", "\n\n", "  \n", "    ", "  ", "- ", "1. ", "> ", "::: note\n", ":::\n", "::::"),
    *('::: agent "t"\n', "```\n", "~~~ sh\n", "|a|b|\n|-|-|\n", "# ", "[a](", "](#x)", "[^1]: "),
    *(f"![a](media:{'a' * 64}.png)", "&lt;", "\t", "\u0301", "word", "\r\n", "\x00", "\u202e"),
)
sources = st.lists(st.sampled_from((*_MARKS, *NASTY, *LINES)), max_size=25).map("".join) | st.text()


class Hostile(NamedTuple):
    """A source that repeats one thing between two others."""

    repeated: str
    before: str = ""
    after: str = ""
    length: int = 12_000  # characters

    def source(self, length: int) -> str:
        return self.before + self.repeated * (length // len(self.repeated)) + self.after


HOSTILE = {
    "pictures": Hostile("!["),
    "brackets": Hostile("["),
    "stars": Hostile("*"),
    "stars apart": Hostile("*a "),
    "stars and bars": Hostile("**a _b "),
    "quotes": Hostile(">"),
    "lists on a line": Hostile("- "),
    "colons": Hostile(":::\n"),
    "parts": Hostile("::: note\n"),
    "a long line": Hostile("a"),
    "a long line of words": Hostile("word "),
    "links without end": Hostile("[a]("),
    "links": Hostile("[a](b) "),
    "links to headings": Hostile("[a](#b)\n"),
    "escapes": Hostile("\\*"),
    "addresses": Hostile("https://"),
    "comments": Hostile("<!--\n"),
    "comments on a line": Hostile("<!--a<", length=48_000),
    "braces": Hostile("{{ a"),
    "footnotes": Hostile("[^1]"),
    "footnotes that are not there": Hostile("[^1]1.\n", length=48_000),
    "footnotes that are there": Hostile("[^1]: a\n\n"),
    "definitions": Hostile("[a]: b\n", after="c"),
    "tildes": Hostile("~", after="a`"),
    "blanks in a heading": Hostile(" ", before="# a", after="b"),
    "blanks in a rule": Hostile("* ", after="a"),
    "blanks in a definition": Hostile(" ", before="[a]: b", after="c"),
    "blanks under a table": Hostile(" ", before="a|b\n-", after="c"),
    "blanks in a sentence": Hostile(" ", before="a *b*", after="c"),
    "dashes under a table": Hostile("-", before="a|b\n", after="c"),
    "dots after an address": Hostile(".", before="https://a", length=200_000),
    "emphasis next to emphasis": Hostile("*`a`*_`b`_"),
    "digits of a character": Hostile("9", before="a &#"),
    "marks on a letter": Hostile("\u0301\u0323", before="a"),
}
# What no honest text holds so much of takes more than linear time, but never more than is allowed.
BOUNDED = {
    "nested brackets": "[" * 20_000 + "]" * 20_000,
    "quotes 200 deep": "\n".join(">" * depth + " a" for depth in range(1, 201)),
    "lists 250 deep": "\n".join("  " * depth + "- a" for depth in range(250)),
    "closed parts": "::: note\n" * 2_500 + ":::\n" * 2_500,
    "backticks": "".join("`" * (length % 200 + 1) + "a " for length in range(400)),
    "rows of many columns": "|a" * 5_000 + "|\n" + "|-" * 5_000 + "|\n" + "x\n" * 20_000,
    "cells": "|a" * 5_000 + "|\n" + "|-" * 5_000 + "|\n" + "|x" * 5_000,
    **{
        f"a megabyte of {name}": HOSTILE[name].source(MOST_CHARACTERS)
        for name in ("pictures", "brackets", "links without end", "addresses", "a long line")
    },
}


def _lines(body: Body) -> list[tuple[tuple[Inline, ...], bool]]:
    """The inline content of each line, and whether it may have line breaks in it."""
    blocks: list[Block] = [*body.blocks]
    for footnote in body.footnotes:
        blocks += footnote.blocks
    found: list[tuple[tuple[Inline, ...], bool]] = []
    for block in every_block(blocks):
        match block:
            case Paragraph():
                found.append((block.children, False))
            case Heading():
                found.append((block.children, True))
            case Table():
                found += [(cell, True) for row in (block.header, *block.rows) for cell in row]
    return found


@given(sources)
def test_any_text_makes_a_tidy_document(source: str) -> None:
    body = parse(source, locale="en").body
    assert all(tidy(nodes, one_line=one_line) == nodes for nodes, one_line in _lines(body))
    assert level_headings(body.blocks) == body.blocks
    document = Document("k3v9", "en", "support", "public", "Title", "", (), body)
    assert from_json(to_json(document)) == document


@given(documents())
@settings(max_examples=30)
def test_generated_documents_are_as_tidy_as_parsed_ones(document: Document) -> None:
    body = document.body
    assert all(tidy(nodes, one_line=one_line) == nodes for nodes, one_line in _lines(body))
    assert level_headings(body.blocks) == body.blocks
    assert expand(body, _no_snippet) == body


def _no_snippet(key: str) -> Body:
    raise AssertionError(f"{key} was left")


def read(source: str) -> None:
    parse(source, locale="en")


@pytest.mark.parametrize("name", HOSTILE)
def test_reading_takes_a_time_that_grows_with_the_length(name: str) -> None:
    assert_linear(read, HOSTILE[name].source, HOSTILE[name].length)


def test_emphasis_in_emphasis_takes_a_time_that_grows_with_the_length() -> None:
    def nested(size: int) -> str:
        return "*a " * size + "**b** " * size + "a* " * size

    assert_linear(lambda source: emphasized([source], str), nested, 8_000)


@pytest.mark.parametrize("name", BOUNDED)
def test_nothing_takes_more_than_about_a_second(name: str) -> None:
    assert seconds(read, BOUNDED[name]) < 3  # three times what is asked: test machines differ


@pytest.mark.parametrize(
    ("between", "repeated"),
    [("", "# a\n\n"), ("", "[a](b) "), ("a" * 200, "[a](b) ")],
    ids=["headings", "links in one paragraph", "links in one long paragraph"],
)
def test_as_much_markup_as_may_be_takes_no_longer(between: str, repeated: str) -> None:
    """What lies between costs by its length where a paragraph goes on and on."""
    unit = between + repeated
    times = min(MOST_CHARACTERS // len(unit), MOST_MARKUP)
    while markup_amount(unit * times) > MOST_MARKUP:
        times = times * 9 // 10
    assert seconds(read, unit * times) < 4
    assert "too-much-markup" not in {problem.code for problem in parse(unit, locale="en").problems}


def test_a_long_honest_text_has_far_less_markup() -> None:
    section = "## Roaming\n\n" + "Switch **it** on in the [settings](https://x.example/).\n\n" * 5
    table = "| a | b |\n|---|---|\n" + "| c | d |\n" * 20
    article = (section + table) * 40  # 23,000 characters, ten times a long article
    assert markup_amount(article) < MOST_MARKUP / 2
    assert parse(article, locale="en").problems == ()


def test_more_markup_is_refused_and_told() -> None:
    (problem,) = parse("`a" * 100_000, locale="en").problems
    assert (problem.code, problem.line) == ("too-much-markup", None)
