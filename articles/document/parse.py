"""From the Markdown that an editor writes to a body, with all that must be corrected first."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

from markdown import Markdown

from articles.document.blocks import Body, Paragraph, Text
from articles.document.from_tree import body_from
from articles.document.inline_patterns import Effort, use_our_patterns
from articles.document.markup_amount import MOST_MARKUP, markup_amount
from articles.document.outline import Outline
from articles.document.problems import Problem, Problems
from articles.document.text import clean_text

__all__ = ["MOST_CHARACTERS", "Parsed", "Problem", "parse"]

MOST_CHARACTERS = 1_000_000
_EFFORT = 2_000_000  # steps; a long article takes some thousands


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a source says, and what is wrong with it."""

    body: Body
    problems: tuple[Problem, ...]


def parse(source: str, *, locale: str) -> Parsed:
    """Return the body of a Markdown source in our dialect (docs/markdown.md).

    Never raises for any text: what can't be kept is a problem, and its words stay where they can.
    """
    if len(source) > MOST_CHARACTERS:
        message = f"The text is longer than {MOST_CHARACTERS:,} characters."
        return Parsed(Body(()), (Problem(None, "too-long", message),))
    cleaned = clean_text(source)
    if markup_amount(cleaned) > MOST_MARKUP:
        message = f"There are more than {MOST_MARKUP:,} lines and marks of markup."
        return Parsed(Body(()), (Problem(None, "too-much-markup", message),))
    problems = Problems()
    try:
        body = _parser().body(cleaned, locale, problems)
    except RecursionError:
        problems.add(None, "too-deep", "This is nested too deeply.")
        body = Body((Paragraph((Text(cleaned),)),))
    return Parsed(body, problems.in_order())


class _Parser:
    """Python-Markdown with our block structure and patterns; costs milliseconds to make."""

    def __init__(self) -> None:
        self.effort = Effort()
        self.md = Markdown()
        use_our_patterns(self.md, self.effort)
        self.outline = Outline(self.md)
        self.md.parser = self.outline
        self.inline: Any = self.md.treeprocessors["inline"]

    def body(self, source: str, locale: str, problems: Problems) -> Body:
        self.md.reset()
        self.effort.start(_EFFORT)
        self.outline.start(problems)
        root = self.outline.tree(source.split("\n"))
        self.inline.run(root)
        if self.effort.spent:
            message = "There are too many brackets or backticks without an end."
            problems.add(None, "too-much-markup", message)
        return body_from(root, locale=locale, problems=problems)


_local = threading.local()


def _parser() -> _Parser:
    """Return this thread's parser."""
    if not hasattr(_local, "parser"):
        _local.parser = _Parser()
    parser: _Parser = _local.parser
    return parser
