"""Any text at all is parsed, and in a time that grows with its length."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.document.blocks import Block, Body, Document, Heading, Inline, Paragraph, Table
from articles.document.canonical import from_json, to_json
from articles.document.expand import expand
from articles.document.headings import level_headings
from articles.document.inlines import tidy
from articles.document.markup_amount import MOST_MARKUP, markup_amount
from articles.document.parse import MOST_CHARACTERS, parse
from articles.document.walk import every_block
from tests.document.strategies import LINES, NASTY, documents

_MARKS = (
    *("\n", "\n\n", "  \n", "    ", "  ", "- ", "1. ", "> ", "::: note\n", ":::\n", "::::"),
    *('::: agent "t"\n', "```\n", "~~~ sh\n", "|a|b|\n|-|-|\n", "# ", "[a](", "](#x)", "[^1]: "),
    *(f"![a](media:{'a' * 64}.png)", "&lt;", "\t", "\u0301", "word", "\r\n", "\x00", "\u202e"),
)
sources = st.lists(st.sampled_from((*_MARKS, *NASTY, *LINES)), max_size=25).map("".join) | st.text()

HALF = 20_000
HOSTILE = {
    "pictures": "![" * HALF,
    "brackets": "[" * 2 * HALF,
    "nested brackets": "[" * HALF + "]" * HALF,
    "stars": "*" * 2 * HALF,
    "stars apart": "*a " * HALF,
    "stars and bars": "**a _b " * 6_000,
    "quotes": ">" * 2 * HALF,
    "quotes 200 deep": "\n".join(">" * depth + " a" for depth in range(1, 201)),
    "lists 250 deep": "\n".join("  " * depth + "- a" for depth in range(250)),
    "lists on a line": "- " * HALF,
    "colons": ":::\n" * 5_000,
    "parts": "::: note\n" * 5_000,
    "closed parts": "::: note\n" * 2_500 + ":::\n" * 2_500,
    "a long line": "a" * 100_000,
    "a long line of words": "word " * HALF,
    "links without end": "[a](" * 10_000,
    "links": "[a](b) " * 6_000,
    "backticks": "".join("`" * (length % 200 + 1) + "a " for length in range(400)),
    "escapes": "\\*" * HALF,
    "addresses": "https://" * 5_000,
    "comments": "<!--\n" * 8_000,
    "braces": "{{ a" * 10_000,
    "cells": "|a" * 5_000 + "|\n" + "|-" * 5_000 + "|\n" + "|x" * 5_000,
    "footnotes": "[^1]" * 10_000,
    "blanks": "# a" + " " * 2 * HALF + "b",
    "separators": "a|b\n" + "-" * 2 * HALF + "x",
    "tildes": "~" * 2 * HALF + "a`",
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
def test_generated_documents_are_as_tidy_as_parsed_ones(document: Document) -> None:
    body = document.body
    assert all(tidy(nodes, one_line=one_line) == nodes for nodes, one_line in _lines(body))
    assert level_headings(body.blocks) == body.blocks
    assert expand(body, _no_snippet) == body


def _no_snippet(key: str) -> Body:
    raise AssertionError(f"{key} was left")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_takes_about_a_second_at_most(name: str) -> None:
    parse("warm", locale="en")
    start = time.thread_time()
    parse(HOSTILE[name], locale="en")
    assert time.thread_time() - start < 3  # three times what is asked: test machines differ


@pytest.mark.parametrize("name", HOSTILE)
def test_a_megabyte_of_it_takes_no_longer(name: str) -> None:
    hostile = HOSTILE[name]
    parse("warm", locale="en")
    start = time.thread_time()
    parse((hostile * (MOST_CHARACTERS // len(hostile) + 1))[:MOST_CHARACTERS], locale="en")
    assert time.thread_time() - start < 3


@pytest.mark.parametrize(
    "repeated",
    ["`a", "_a ", "# a\n\n", "- a\n", "[a](b) ", "*a `c` [x](https://a.b)\n\n", "|a|b|\n"],
)
@pytest.mark.parametrize("between", ["", "a" * 17, "a" * 200])
def test_as_much_markup_as_may_be_takes_no_longer(repeated: str, between: str) -> None:
    """What lies between costs by its length where a paragraph goes on and on."""
    unit = between + repeated
    times = MOST_CHARACTERS // len(unit)
    while markup_amount(unit * times) > MOST_MARKUP:
        times = times * 9 // 10
    parse("warm", locale="en")
    start = time.thread_time()
    parsed = parse(unit * times, locale="en")
    assert time.thread_time() - start < 4
    assert "too-much-markup" not in {problem.code for problem in parsed.problems}


def test_a_long_honest_text_has_far_less_markup() -> None:
    section = "## Roaming\n\n" + "Switch **it** on in the [settings](https://x.example/).\n\n" * 5
    table = "| a | b |\n|---|---|\n" + "| c | d |\n" * 20
    article = (section + table) * 40  # 23,000 characters, ten times a long article
    assert markup_amount(article) < MOST_MARKUP / 2
    assert parse(article, locale="en").problems == ()


def test_more_markup_is_refused_and_told() -> None:
    (problem,) = parse("`a" * 100_000, locale="en").problems
    assert (problem.code, problem.line) == ("too-much-markup", None)
