"""The lines of a Markdown source: their numbers, their indentation, and how each may begin."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

_TAB = 4


class Line(NamedTuple):
    """A line of the source without what the containers around it took from its start."""

    number: int  # from 1, in the whole source
    text: str

    @property
    def blank(self) -> bool:
        return not self.text or self.text.isspace()

    @property
    def indent(self) -> int:
        """The columns before the first character that is neither blank nor tab."""
        columns = 0
        for char in self.text:
            if char == " ":
                columns += 1
            elif char == "\t":
                columns += _TAB - columns % _TAB
            else:
                break
        return columns

    def outdented(self, columns: int) -> Line:
        """Return this line without at most `columns` columns of its indentation."""
        taken = 0
        for position, char in enumerate(self.text):
            if taken >= columns or char not in " \t":
                rest = " " * (taken - columns) + self.text[position:]
                return Line(self.number, rest)
            taken += 1 if char == " " else _TAB - taken % _TAB
        return Line(self.number, "")


# None of these takes more than linear time: no two parts of a pattern match the same text, or the
# first of them keeps what it took (`*+`).
HEADING = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
UNDERLINE = re.compile(r" {0,3}(={2,}|-{2,})[ \t]*$")
RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
QUOTE = re.compile(r" {0,3}>")
FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
BULLET = re.compile(r"( {0,3})([*+-])(?=[ \t]|$)")
NUMBER = re.compile(r"( {0,3})(\d{1,9})([.)])(?=[ \t]|$)")
PART = re.compile(r"( {0,3})(:{3,})")
FOOTNOTE = re.compile(r" {0,3}\[\^([^\]\[\s]{1,60})\]:[ \t]*")
REFERENCE = re.compile(
    r" {0,3}\[([^\[\]]{1,200})\]:[ \t]*+(?:<([^<>]*+)>|(\S++))"
    r"[ \t]*+(?:\"[^\"]*+\"|'[^']*+'|\([^()]*+\))?+[ \t]*+$"
)
COMMENT = re.compile(r" {0,3}<!--")
_ITEM_MARKS = re.compile(r"(?:(?:[*+-]|\d{1,9}[.)])[ \t]+)*")  # code may begin right after them
_MARKED = re.compile(r"[\\`*_\[<{]|://|  \n")


def begins_block(line: Line) -> bool:
    """Whether `line` ends the paragraph before it, rather than going on with it."""
    text = line.text
    start = text.lstrip(" ")[:1]
    if not start or start not in "#>`~*+-_:[<0123456789":
        return False
    return bool(
        HEADING.match(text)
        or QUOTE.match(text)
        or FENCE.match(text)
        or RULE.match(text)
        or PART.match(text)
        or FOOTNOTE.match(text)
        or COMMENT.match(text)
        or _begins_list(text)
    )


def may_go_on(line: Line) -> bool:
    """Whether a line without marks may go on with the paragraph of a container that `line` ends."""
    text = _ITEM_MARKS.sub("", line.text.lstrip(" \t"), count=1)
    return not (line.blank or text.startswith("|") or HEADING.match(text) or RULE.match(text))


def _begins_list(text: str) -> bool:
    """A list may follow a paragraph directly if its first item says something and counts from 1."""
    if bullet := BULLET.match(text):
        return bool(text[bullet.end() :].strip())
    number = NUMBER.match(text)
    return bool(number and int(number[2]) == 1 and text[number.end() :].strip())


def text_element(parent: Element, tag: str, lines: list[Line], text: str) -> None:
    """Append to `parent` an element of Markdown `text` that remembers the lines it is made of.

    Text without any mark is marked as done, which spares it the inline patterns: most of the time.
    """
    source = "\n".join(line.text for line in lines)
    element = SubElement(parent, tag, line=str(lines[0].number), source=source)
    element.text = text if _MARKED.search(text) else AtomicString(text)


class FenceState:
    """Whether the next line is inside a fenced code block, going from line to line."""

    def __init__(self) -> None:
        self.fence = ""

    def inside(self, line: Line) -> bool:
        """Take `line`; return whether it belongs to a fenced code block, fences included."""
        text = line.text.lstrip(" \t")
        if self.fence:
            if text.startswith(self.fence) and not text.strip(self.fence[0] + " \t"):
                self.fence = ""
            return True
        found = FENCE.match(_ITEM_MARKS.sub("", text, count=1))
        self.fence = found[1] if found else ""
        return bool(found)
