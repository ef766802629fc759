"""The block structure of a source, as an element tree for Python-Markdown's inline patterns.

The library's own block parser knows no line numbers, wants nested content indented by exactly
four blanks and splits at empty lines even inside code; this one goes by lines as CommonMark
does, each container handing its lines, without their marks, to the same scan one level deeper.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import dropwhile
from xml.etree.ElementTree import Element, ElementTree, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.util import AtomicString

from articles.audiences import AUDIENCES, PUBLIC
from articles.document.blocks import CALLOUT_KINDS
from articles.document.code_blocks import CODE_INDENT, take_fenced_code, take_indented_code
from articles.document.inline_patterns import SNIPPET
from articles.document.lists import take_indented, take_list, take_quote
from articles.document.parts import Opening, is_closing, opening, pair
from articles.document.problems import Problems
from articles.document.source_lines import (
    COMMENT,
    FENCE,
    FOOTNOTE,
    HEADING,
    PART,
    QUOTE,
    REFERENCE,
    RULE,
    UNDERLINE,
    Line,
    begins_block,
    text_element,
)
from articles.document.tables import is_table, take_table
from articles.document.text import clean_line

DEEPEST = 16  # containers in containers; more is a mistake or an attack
_SNIPPET = re.compile(SNIPPET)


class Outline(BlockParser):
    """Parses lines into `p`, `h1`…`h6`, `ul`, `ol`, `table`, `pre`, `blockquote`, `part`, `hr`.

    Each element whose text is Markdown says under `line` and `source` where it comes from.
    Footnotes stand in a `footnotes` element at the end.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.start(Problems())

    def start(self, problems: Problems) -> None:
        """Forget the source before; note what is wrong with the next one in `problems`."""
        self.problems = problems
        self.footnotes = Element("footnotes")
        self.notes: set[str] = set()

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:
        return ElementTree(self.tree(lines))

    def tree(self, lines: Iterable[str]) -> Element:
        """Return the root of the tree that `lines` make, without inline content yet."""
        root = Element("div")
        numbered = [Line(number, text) for number, text in enumerate(lines, start=1)]
        self.scan(root, numbered, depth=0)
        root.append(self.footnotes)
        return root

    def scan(self, parent: Element, lines: list[Line], depth: int) -> None:
        """Append to `parent` the blocks that `lines` make."""
        if depth > DEEPEST:
            self._give_up(parent, lines)
            return
        _Scan(self, parent, lines, depth).run()

    def _give_up(self, parent: Element, lines: list[Line]) -> None:
        said = [line for line in lines if not line.blank]
        if said:
            self.problems.add(said[0].number, "too-deep", "This is nested too deeply.")
            text_element(parent, "p", said, "")
            parent[-1].text = AtomicString(_joined(said))


class _Scan:
    """One way through the lines of one container."""

    def __init__(self, outline: Outline, parent: Element, lines: list[Line], depth: int) -> None:
        self.outline, self.parent, self.lines, self.depth = outline, parent, lines, depth
        self.problems = outline.problems
        self.paragraph: list[Line] = []
        self.pairs: dict[int, int] | None = None
        self.comments_end = True  # until one was found not to

    def run(self) -> None:
        position = 0
        while position < len(self.lines):
            position = self._take(position)
        self._end_paragraph()

    def _take(self, position: int) -> int:
        """Take the block or the line at `position`; return the position after it."""
        line = self.lines[position]
        if line.blank:
            self._end_paragraph()
            return position + 1
        if not self.paragraph and line.indent >= CODE_INDENT:
            return take_indented_code(self.parent, self.lines, position)
        if self.paragraph and UNDERLINE.match(line.text):
            return self._underlined(position)
        if is_table(self.lines, position):
            return self._table(position)
        if self.paragraph and not begins_block(line):
            self.paragraph.append(line)
            return position + 1
        for pattern, take in self._BLOCKS:
            if pattern.match(line.text):
                after = take(self, position)
                if after is not None:
                    return after
        after = self._list(position) if not self.paragraph or begins_block(line) else None
        if after is not None:
            return after
        self.paragraph.append(line)
        return position + 1

    def _end_paragraph(self) -> None:
        lines, self.paragraph = self.paragraph, []
        rest = list(dropwhile(self._reference, lines))
        if rest:
            text_element(self.parent, "p", rest, _joined(rest))

    def _reference(self, line: Line) -> bool:
        found = REFERENCE.match(line.text)
        if found is None:
            return False
        target = found[2] if found[2] is not None else found[3]
        self.outline.md.references.setdefault(found[1].strip().lower(), (target, ""))
        return True

    def _heading(self, position: int) -> int:
        self._end_paragraph()
        line = self.lines[position]
        found = HEADING.match(line.text)
        level = len(found[1]) if found else 1
        text = line.text.lstrip(" ")[level:].strip()
        unclosed = text.rstrip("#")
        text = unclosed.rstrip() if unclosed[-1:] in ("", " ", "\t") else text
        text_element(self.parent, f"h{level}", [line], text)
        return position + 1

    def _underlined(self, position: int) -> int:
        level = 1 if "=" in self.lines[position].text else 2
        lines, self.paragraph = self.paragraph, []
        text_element(self.parent, f"h{level}", lines, _joined(lines))
        return position + 1

    def _rule(self, position: int) -> int:
        self._end_paragraph()
        SubElement(self.parent, "hr")
        return position + 1

    def _fenced_code(self, position: int) -> int:
        self._end_paragraph()
        return take_fenced_code(self.parent, self.lines, position)

    def _table(self, position: int) -> int:
        self._end_paragraph()
        return take_table(self.parent, self.lines, position, self.problems)

    def _quote(self, position: int) -> int:
        self._end_paragraph()
        quoted, position = take_quote(self.lines, position)
        self.outline.scan(SubElement(self.parent, "blockquote"), quoted, self.depth + 1)
        return position

    def _list(self, position: int) -> int | None:
        taken = take_list(self.lines, position)
        if taken is None:
            return None
        self._end_paragraph()
        found, position = taken
        if found.start is None:
            listed = SubElement(self.parent, "ul")
        else:
            listed = SubElement(self.parent, "ol", start=str(found.start))
        for item in found.items:
            self.outline.scan(SubElement(listed, "li"), item, self.depth + 1)
        return position

    def _footnote(self, position: int) -> int:
        self._end_paragraph()
        line = self.lines[position]
        found = FOOTNOTE.match(line.text)
        label = found[1] if found else ""
        first = Line(line.number, line.text[found.end() if found else 0 :])
        lines, position = take_indented(self.lines, position, first)
        if label in self.outline.notes:
            self.problems.add(line.number, "footnote-twice", f"Footnote [^{label}] is there twice.")
        self.outline.notes.add(label)
        note = SubElement(self.outline.footnotes, "note", label=label, line=str(line.number))
        self.outline.scan(note, lines, self.depth + 1)
        return position

    def _comment(self, position: int) -> int | None:
        """Skip an HTML comment that begins a line; what follows it on its last line is kept."""
        if not self.comments_end:
            return None
        for last in range(position, len(self.lines)):
            line = self.lines[last]
            after = line.text.find("-->", line.text.find("<!--") + 4 if last == position else 0)
            if after >= 0:
                self._end_paragraph()
                self.lines[last] = Line(line.number, line.text[after + 3 :].lstrip(" \t"))
                return last
        self.comments_end = False
        return None

    def _part(self, position: int) -> int | None:
        line = self.lines[position]
        said = opening(line)
        if said is None:
            if is_closing(line):
                message = "This ::: closes nothing."
                self.problems.add(line.number, "part-not-opened", message)
            return None
        if self.pairs is None:
            self.pairs = pair(self.lines)
        end = self.pairs.get(position)
        if end is None:
            message = "This part is never closed by a line of as many colons."
            self.problems.add(line.number, "part-not-closed", message)
            return None
        self._end_paragraph()
        container = self._container(said, line)
        self.outline.scan(container, self.lines[position + 1 : end], self.depth + 1)
        return end + 1

    def _container(self, said: Opening, line: Line) -> Element:
        """Return a new `part`, or the parent itself where there is no such kind of part."""
        title = clean_line(said.title)
        if _SNIPPET.search(title):
            message = "A title can't hold a snippet."
            self.problems.add(line.number, "snippet-in-title", message)
        if said.kind in CALLOUT_KINDS or (said.kind in AUDIENCES and said.kind != PUBLIC):
            return SubElement(
                self.parent, "part", kind=said.kind, title=title, line=str(line.number)
            )
        message = f"There is no part “{said.kind}”."
        if said.kind == PUBLIC:
            message = "A part for the public is no part: everybody reads what stands outside."
        self.problems.add(line.number, "unknown-part", message)
        return self.parent

    _BLOCKS: tuple[tuple[re.Pattern[str], Callable[[_Scan, int], int | None]], ...] = (
        (HEADING, _heading),
        (FENCE, _fenced_code),
        (RULE, _rule),
        (QUOTE, _quote),
        (PART, _part),
        (FOOTNOTE, _footnote),
        (COMMENT, _comment),
    )


def _joined(lines: list[Line]) -> str:
    """Return the text of a paragraph; blanks before an inner line end may mean a line break."""
    return "\n".join(line.text.lstrip(" \t") for line in lines).rstrip(" \t")
