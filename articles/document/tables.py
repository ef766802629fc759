"""Tables with pipes, as GitHub reads them: a pipe separates cells unless a backslash escapes it."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from articles.document.problems import Problems
from articles.document.source_lines import Line, begins_block, text_element

_RULE = r"[ \t]*+:?-++:?[ \t]*+"  # keeps what it took, or many blanks would be tried in every split
_SEPARATOR = re.compile(rf" {{0,3}}\|?{_RULE}(?:\|{_RULE})*\|?[ \t]*$")
# Each row is told with its header: a long header over many rows would fill the disk.
_MOST_TOLD = 1_000_000  # characters
_PIPE = re.compile(r"\\.|(\|)", re.DOTALL)


def is_table(lines: list[Line], position: int) -> bool:
    """Whether a table's header stands at `position`, with its separating line after it."""
    if position + 1 >= len(lines) or "|" not in lines[position].text:
        return False
    if begins_block(lines[position]):
        return False
    separator = lines[position + 1].text
    if "-" not in separator or not _SEPARATOR.match(separator):
        return False
    return len(_cells(separator)) == len(_cells(lines[position].text))


def take_table(parent: Element, lines: list[Line], position: int, problems: Problems) -> int:
    """Append to `parent` the table that begins at `position`; return the position after it."""
    header = _cells(lines[position].text)
    align = [_align(cell) for cell in _cells(lines[position + 1].text)]
    table = SubElement(parent, "table", align=" ".join(align))
    _row(table, lines[position], header)
    position += 2
    end = position + _MOST_TOLD // len(lines[position - 2].text)
    while position < len(lines) and not lines[position].blank:
        line = lines[position]
        if begins_block(line):
            break
        if position == end:
            message = f"With its header in each row, the table has over {_MOST_TOLD:,} characters."
            problems.add(line.number, "table-long", message)
            break
        cells = _cells(line.text)
        if len(cells) > len(header):
            message = f"This row has {len(cells)} cells, the table {len(header)} columns."
            problems.add(line.number, "table-row", message)
        _row(table, line, (cells + [""] * len(header))[: len(header)])
        position += 1
    return position


def _row(table: Element, line: Line, cells: list[str]) -> None:
    row = SubElement(table, "tr")
    for cell in cells:
        text_element(row, "td", [line], cell)


def _cells(text: str) -> list[str]:
    text = text.strip()
    cells, start = [], 0
    for pipe in _PIPE.finditer(text):
        if pipe[1]:
            cells.append(text[start : pipe.start()])
            start = pipe.end()
    cells.append(text[start:])
    if len(cells) > 1 and text.startswith("|"):
        cells = cells[1:]
    if len(cells) > 1 and not cells[-1].strip() and text.endswith("|"):
        cells = cells[:-1]
    return [cell.strip().replace("\\|", "|") for cell in cells]


def _align(cell: str) -> str:
    match cell.startswith(":"), cell.endswith(":"):
        case True, True:
            return "center"
        case True, False:
            return "left"
        case False, True:
            return "right"
    return "none"
