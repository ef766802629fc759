"""`:::` parts: which opening line each closing line belongs to, and what an opening line says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from articles.document.source_lines import PART, FenceState, Line

_KIND = re.compile(r"[^\s\"“”]+")
_QUOTES = {'"': '"', "“": "”", "'": "'"}
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Opening:
    """`::: kind "Title"`; the title is empty where none is written."""

    kind: str
    title: str


def opening(line: Line) -> Opening | None:
    """Return what `line` opens, or None where it opens nothing."""
    found = PART.match(line.text)
    rest = line.text[found.end() :].strip() if found else ""
    if not rest or rest.startswith(":"):
        return None
    kind = _KIND.match(rest)
    if kind is None:
        return Opening("", _title(rest))
    return Opening(kind[0], _title(rest[kind.end() :].strip()))


def is_closing(line: Line) -> bool:
    """Whether `line` is nothing but colons."""
    found = PART.match(line.text)
    return bool(found) and not line.text[found.end() :].strip() if found else False


def pair(lines: list[Line]) -> dict[int, int]:
    """Return for each opening line's position that of its closing line, in linear time.

    A closing line closes the innermost open part with as many colons, or else the innermost one
    with fewer; parts opened inside that one and not closed stay open: they are no key.
    """
    pairs: dict[int, int] = {}
    open_parts: list[tuple[int, int, int]] = []  # position, colons, indent
    fence = FenceState()
    for position, line in enumerate(lines):
        if fence.inside(line):
            continue
        found = PART.match(line.text)
        if found is None:
            continue
        colons, indent = len(found[2]), len(found[1])
        if opening(line):
            open_parts.append((position, colons, indent))
        elif is_closing(line):
            closed = _closed_by(colons, indent, open_parts)
            if closed is not None:
                pairs[open_parts[closed][0]] = position
                del open_parts[closed:]
    return pairs


def _closed_by(colons: int, indent: int, open_parts: list[tuple[int, int, int]]) -> int | None:
    """Return the place in `open_parts` of what a closing line closes; parts in items differ."""
    fewer = None
    for place in range(len(open_parts) - 1, -1, -1):
        _, opened, opened_at = open_parts[place]
        if abs(opened_at - indent) > 1:
            continue
        if opened == colons:
            return place
        if opened < colons and fewer is None:
            fewer = place
    return fewer


def _title(text: str) -> str:
    if len(text) > 1 and text[-1] == _QUOTES.get(text[0]):
        text = text[1:-1]
    return _ESCAPED.sub(r"\1", text)
