"""What the demo must show, in every locale: it is where people see what an article can hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from articles.document.blocks import (
    AudienceBlock,
    Block,
    Callout,
    SnippetRef,
    Steps,
    Table,
)
from articles.document.parse import parse
from articles.document.walk import every_block, inlines_with_audience
from articles.importing.front_matter import split
from articles.locales import locales
from articles.models.article import Kind
from channels.demo.content import FOLDER

ARTICLES = FOLDER / "articles"
PICTURE = re.compile(r"!\[([^\[\]]*)\]\(([^()\s]+)\)")
SHOWN = {
    "ordered steps",
    "a table",
    "a callout",
    "a part for agents alone",
    "a picture with words for it",
    "a snippet: money",
    "a snippet: phone",
    "a snippet: hours",
}


def files(locale: str) -> list[Path]:
    return sorted((ARTICLES / locale).rglob("*.md"))


@cache
def kinds_of_snippets() -> dict[str, str]:
    snippets = yaml.safe_load((FOLDER / "snippets.yaml").read_text())
    return {key: snippet["kind"] for key, snippet in snippets.items()}


def shown_by(file: Path, locale: str) -> Iterator[str]:
    """Yield what an article has of all that one can hold."""
    _, source = split(file.read_text())
    body = parse(source, locale=locale).body
    yield from filter(None, map(name_of, every_block(body.blocks)))
    for node, _ in inlines_with_audience(body):
        if isinstance(node, SnippetRef):
            yield f"a snippet: {kinds_of_snippets()[node.key]}"
    for alt, picture in PICTURE.findall(source):
        if alt.strip() and (file.parent / picture).is_file():
            yield "a picture with words for it"


def name_of(block: Block) -> str:
    match block:
        case Steps():
            return "ordered steps"
        case Table():
            return "a table"
        case Callout():
            return "a callout"
        case AudienceBlock(audience="agent"):
            return "a part for agents alone"
    return ""


@pytest.mark.parametrize("locale", locales())
def test_every_kind_has_eight_articles_and_they_are_the_same_in_every_locale(locale: str) -> None:
    paths, english = (
        {str(file.relative_to(ARTICLES / name)) for file in files(name)} for name in (locale, "en")
    )
    only_in_one = paths ^ english
    assert not only_in_one
    count = Counter(path.split("/")[0] for path in paths)
    assert not {kind: count[kind] for kind in Kind.values if count[kind] < 8}


@pytest.mark.parametrize("locale", locales())
def test_the_demo_shows_what_an_article_can_hold(locale: str) -> None:
    missing = set(SHOWN)
    for file in files(locale):
        missing.difference_update(shown_by(file, locale))
        if not missing:
            break
    assert not missing
