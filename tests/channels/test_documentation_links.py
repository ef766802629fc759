"""Every link of the documentation to a file of ours, and to a heading in it, leads there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(ROOT.glob("docs/**/*.md"))]

FENCE = re.compile(r"^ *(```|~~~).*?^ *\1[^\n]*$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
LINK = re.compile(r"""\]\(\s*<?([^\s<>()]+)>?(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)""")
DEFINITION = re.compile(r"^ {0,3}\[[^\]^]+\]:[ \t]*<?([^\s<>]+)", re.MULTILINE)
HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*$", re.MULTILINE)
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def links_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the target of every link and picture that is no example."""
    text = FENCE.sub(lambda code: "\n" * code[0].count("\n"), text)
    text = CODE.sub(lambda code: "x" * len(code[0]), text)
    for pattern in (LINK, DEFINITION):
        for link in pattern.finditer(text):
            yield text.count("\n", 0, link.start()) + 1, link[1]


@cache
def anchors_of(page: Path) -> frozenset[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    anchors: set[str] = set()
    for heading in HEADING.findall(FENCE.sub("", page.read_text())):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        first = anchor = re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
        number = 0
        while anchor in anchors:
            number += 1
            anchor = f"{first}-{number}"
        anchors.add(anchor)
    return frozenset(anchors)


def dead_links(page: Path) -> list[str]:
    """Return each link of a page that leads nowhere, with its line."""
    dead = []
    for line, target in links_in(page.read_text()):
        if ELSEWHERE.match(target):
            continue
        path, _, anchor = unquote(target).partition("#")
        file = (page.parent / path).resolve() if path else page
        found = file.exists() and file.is_relative_to(ROOT)
        if not found or (anchor and anchor not in anchors_of(file)):
            dead.append(f"{page.relative_to(ROOT)}:{line}: {target}")
    return dead


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_link_of_the_documentation_is_dead(page: Path) -> None:
    assert dead_links(page) == []


def test_every_picture_is_shown_by_a_page() -> None:
    shown = {
        (page.parent / unquote(target)).resolve()
        for page in PAGES
        for _line, target in links_in(page.read_text())
        if target.endswith(".png")
    }
    assert sorted(set(ROOT.glob("docs/pictures/*")) - shown) == []


def test_a_dead_link_is_found_and_an_example_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    (tmp_path / "there.md").write_text("# One `two`, three!\n\n## One two three\n")
    page = tmp_path / "page.md"
    page.write_text(
        "# Page\n\n[a](there.md) [b](there.md#one-two-three-1) [c](#page) [d](https://x.example)\n"
        "`[e](gone.md)`\n\n```\n[f](gone.md)\n```\n\n[g](gone.md) [h](there.md#four)\n"
        "![i](gone.png 'Title') [j](#gone) [k](../outside.md) [l][m]\n\n[m]: gone.md\n"
    )
    assert dead_links(page) == [
        f"page.md:{where}"
        for where in (
            "10: gone.md",
            "10: there.md#four",
            "11: gone.png",
            "11: #gone",
            "11: ../outside.md",
            "13: gone.md",
        )
    ]
