"""Reading our HTML back: what a person hears who has the fragment read aloud.

Numbers come from `<ol start>`, a table's headers from `<thead>`, a picture's words from `alt`.
"""

from __future__ import annotations

from itertools import zip_longest

from lxml import etree

from channels.renderers.reading import Lines

_FLOWING = frozenset(("a", "code", "em", "span", "strong"))
_APART = frozenset(("br", "img", "sup"))  # they stand in a line, but separate words


def words_of_html(body: bytes) -> list[str]:
    """Return the words of a fragment in reading order."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, huge_tree=True
    )
    root = etree.fromstring(body, parser)
    lines = Lines()
    if root is not None:
        _read(root, lines)
    return lines.words()


def _read(element: etree._Element, lines: Lines) -> None:
    tag = element.tag
    if tag == "table":
        _read_table(element, lines)
    elif tag == "ol":
        _read_steps(element, lines)
    elif tag in _FLOWING:
        _read_content(element, lines)
    elif tag in _APART:
        lines.say(" ")
        lines.say(element.get("alt"))
        _read_content(element, lines)
        lines.say(" ")
    else:
        lines.end()
        _read_content(element, lines)
        lines.end()


def _read_content(element: etree._Element, lines: Lines) -> None:
    lines.say(element.text)
    for child in element:
        _read(child, lines)
        lines.say(child.tail)


def _read_steps(element: etree._Element, lines: Lines) -> None:
    number = int(element.get("start", "1"))
    for item in element:
        lines.end()
        lines.say(f"{number} ")
        _read(item, lines)
        number += 1


def _read_table(table: etree._Element, lines: Lines) -> None:
    header = [_cell(cell) for cell in table.iterfind("thead/tr/*")]
    rows = table.findall("tbody/tr")
    lines.end()
    if not rows:
        lines.say(" ".join(header))
    for row in rows:
        for name, cell in zip_longest(header, map(_cell, row), fillvalue=""):
            lines.say(f"{name} {cell} ")
    lines.end()


def _cell(cell: etree._Element) -> str:
    """Return what a cell says; cells hold one line each."""
    line = Lines()
    _read_content(cell, line)
    return line.text()
