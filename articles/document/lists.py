"""Lists, quotes and footnotes: which lines belong to them, and what they say without their marks.

Nested content may be indented by two, three or four columns, whatever the width of the marker.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from articles.document.source_lines import (
    BULLET,
    NUMBER,
    QUOTE,
    RULE,
    FenceState,
    Line,
    begins_block,
    may_go_on,
)

_QUOTE_MARK = re.compile(r" {0,3}> ?")
_LEAST, _MOST = 2, 4  # columns by which nested content is indented


@dataclass(slots=True)
class ListLines:
    """The items of one list as lines; `marker` is its bullet, or what follows its numbers."""

    marker: str
    start: int | None  # None: bullets
    items: list[list[Line]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Marker:
    mark: str
    number: int | None
    indent: int  # columns before the marker
    end: int  # columns with the marker
    content: int  # columns before what the item says


def take_list(lines: list[Line], position: int) -> tuple[ListLines, int] | None:
    """Return the list that begins at `position` and where it ends, or None if none does."""
    marker = _marker(lines[position])
    if marker is None:
        return None
    found = ListLines(marker.mark, marker.number)
    while marker is not None:
        item, position = _take_item(lines, position, marker)
        found.items.append(item)
        marker = _marker(lines[position]) if position < len(lines) else None
        if marker is not None and not _continues(found, marker):
            marker = None
    return found, position


def take_quote(lines: list[Line], position: int) -> tuple[list[Line], int]:
    """Return the lines quoted from `position` on, without `>`, and where the quote ends."""
    quoted: list[Line] = []
    fence = FenceState()
    in_code = False
    while position < len(lines):
        line = lines[position]
        if QUOTE.match(line.text):
            line = Line(line.number, _QUOTE_MARK.sub("", line.text, count=1))
        elif line.blank or in_code or not may_go_on(quoted[-1]) or begins_block(line):
            break
        in_code = fence.inside(line)
        quoted.append(line)
        position += 1
    return quoted, position


def take_indented(lines: list[Line], position: int, first: Line) -> tuple[list[Line], int]:
    """Return `first` and the lines after `position` that belong to it: a footnote's."""
    marker = _Marker("", None, indent=0, end=0, content=_MOST)
    return _take_content(lines, position + 1, first, marker)


def _continues(found: ListLines, marker: _Marker) -> bool:
    return marker.mark == found.marker and (marker.number is None) == (found.start is None)


def _marker(line: Line) -> _Marker | None:
    text = line.text
    if RULE.match(text):
        return None
    if found := BULLET.match(text):
        mark, number = found[2], None
    elif found := NUMBER.match(text):
        mark, number = found[3], int(found[2])
    else:
        return None
    end = found.end()
    content = Line(0, " " * end + text[end:]).indent
    if not text[end:].strip() or content - end > _MOST:
        content = end + 1
    return _Marker(mark, number, len(found[1]), end, content)


def _take_item(lines: list[Line], position: int, marker: _Marker) -> tuple[list[Line], int]:
    line = lines[position]
    unmarked = Line(line.number, " " * marker.end + line.text[marker.end :])
    return _take_content(lines, position + 1, unmarked.outdented(marker.content), marker)


def _take_content(
    lines: list[Line], position: int, first: Line, marker: _Marker
) -> tuple[list[Line], int]:
    """Return `first` and the lines from `position` on that stand under `marker`."""
    taken = [first]
    fence = FenceState()
    in_code = fence.inside(first)
    width = marker.content if _marker(first) else 0  # 0: the first nested line shows it
    blanks = 0
    while position < len(lines):
        line = lines[position]
        if line.blank:
            blanks += 1
            taken.append(Line(line.number, ""))
            position += 1
            continue
        indent = line.indent
        empty = first.blank and len(taken) == blanks + 1
        if indent < marker.indent + _LEAST:
            if in_code or not may_go_on(taken[-1]) or _marker(line) or begins_block(line):
                break
        elif empty and blanks:
            break
        elif not width:
            width = indent if indent <= marker.indent + _MOST else marker.content
        blanks = 0
        line = line.outdented(width or marker.content)
        in_code = fence.inside(line)
        taken.append(line)
        position += 1
    return taken[: len(taken) - blanks], position
