"""From Python-Markdown's element tree to our blocks."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import cast
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

from articles.document.blocks import (
    CALLOUT_KINDS,
    Align,
    AudienceBlock,
    Block,
    Body,
    BulletList,
    Callout,
    Code,
    CodeBlock,
    Footnote,
    FootnoteRef,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    Paragraph,
    Quote,
    Rule,
    SnippetRef,
    Steps,
    Table,
    Text,
)
from articles.document.emphasis import emphasized
from articles.document.headings import anchors, level_headings, name_headings
from articles.document.inlines import tidy
from articles.document.labels import label
from articles.document.links import file_linked, link_to, picture
from articles.document.problems import Problems
from articles.document.text import clean_line, clean_text
from articles.document.words import split_words

_ESCAPED = re.compile("\x02([0-9]+)\x03")
_CODE_ESCAPES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def body_from(root: Element, *, locale: str, problems: Problems) -> Body:
    """Return the body that the tree of a whole source says."""
    return _Conversion(locale, problems).body(root)


class _Conversion:
    def __init__(self, locale: str, problems: Problems) -> None:
        self.locale, self.problems = locale, problems
        self.notes: dict[str, Element] = {}
        self.numbers: dict[str, int] = {}
        self.in_footnote = False
        self.anchor_links: list[tuple[Element, str, str]] = []  # leaf, address, anchor
        self.leaf = Element("p")

    def body(self, root: Element) -> Body:
        notes = root[-1]
        self.notes = {}
        for note in notes:
            self.notes.setdefault(note.get("label", ""), note)
        blocks = self.blocks(element for element in root if element is not notes)
        self.in_footnote = True
        footnotes = tuple(
            Footnote(number, self.blocks(self.notes[name]))
            for name, number in sorted(self.numbers.items(), key=lambda item: item[1])
        )
        self._note_unused()
        blocks = name_headings(level_headings(blocks))
        self._note_lost_anchors(anchors(blocks))
        return Body(blocks, footnotes)

    def blocks(self, elements: Iterable[Element]) -> tuple[Block, ...]:
        found = (self._block(element) for element in elements)
        return tuple(block for block in found if block is not None)

    def _block(self, element: Element) -> Block | None:
        """Return the block an element is, or None where nothing is said."""
        match element.tag:
            case "p":
                children = self.inlines(element)
                return Paragraph(children) if children else None
            case "ul" | "ol":
                return self._list(element)
            case "table":
                return self._table(element)
            case "pre":
                return CodeBlock(element.text or "", element.get("language", ""))
            case "blockquote":
                blocks = self.blocks(element)
                return Quote(blocks) if blocks else None
            case "part":
                return self._part(element)
            case "hr":
                return Rule()
        return self._heading(element)

    def _heading(self, element: Element) -> Heading | None:
        children = self.inlines(element, one_line=True)
        if not children:
            return None
        if self.in_footnote:
            self._problem("heading-in-footnote", "A footnote can't have a heading.")
        return Heading(int(element.tag[1]), "", children)

    def _list(self, element: Element) -> Block | None:
        items = tuple(blocks for item in element if (blocks := self.blocks(item)))
        if not items:
            return None
        if element.tag == "ul":
            return BulletList(items)
        return Steps(items, int(element.get("start", "1")))

    def _table(self, element: Element) -> Table:
        header, *rows = (
            tuple(self.inlines(cell, one_line=True) for cell in row) for row in element
        )
        align = (name if name != "none" else "" for name in element.get("align", "").split())
        return Table(header, tuple(rows), cast("tuple[Align, ...]", tuple(align)))

    def _part(self, element: Element) -> Callout | AudienceBlock | None:
        kind = element.get("kind", "")
        title = element.get("title") or label(kind, self.locale)
        blocks = self.blocks(element)
        line = int(element.get("line", "1"))
        if not blocks:
            self.problems.add(line, "part-empty", "There is nothing in this part.")
            return None
        if kind in CALLOUT_KINDS:
            return Callout(kind, title, blocks)
        if self.in_footnote:
            message = "A footnote can't have a part for one audience."
            self.problems.add(line, "part-in-footnote", message)
        return AudienceBlock(kind, title, blocks)

    def inlines(self, leaf: Element, *, one_line: bool = False) -> tuple[Inline, ...]:
        """Return what stands in a paragraph, heading or cell."""
        self.leaf = leaf
        return tidy(self._children(leaf), one_line=one_line)

    def _children(self, element: Element) -> list[Inline]:
        if isinstance(element.text, AtomicString):
            return [Text(plain(element.text))]
        parts: list[str | Inline] = [element.text] if element.text else []
        for child in element:
            parts += self._inline(child)
            if child.tail:
                parts.append(child.tail)
        return emphasized(parts, plain)

    def _inline(self, element: Element) -> list[Inline]:
        match element.tag:
            case "code":
                return _code(element.text or "")
            case "br":
                return [LineBreak()]
            case "snippet":
                return [SnippetRef(element.get("key", ""), element.get("region", ""))]
            case "footnote":
                return [self._mark(element)]
            case "img":
                return self._image(element)
            case "a":
                return self._link(element)
        return self._children(element)

    def _mark(self, element: Element) -> FootnoteRef | Text:
        name = element.get("label", "")
        if name not in self.notes:
            self._problem("footnote-missing", f"There is no footnote [^{name}].", f"[^{name}]")
        elif self.in_footnote:
            message = "A footnote can't have a footnote."
            self._problem("footnote-nested", message, f"[^{name}]")
        else:
            return FootnoteRef(self.numbers.setdefault(name, len(self.numbers) + 1))
        return Text(f"[^{name}]")

    def _image(self, element: Element) -> list[Inline]:
        written = plain(element.get("src", ""))
        alt = clean_line(plain(element.get("alt", "")))
        source = picture(written)
        if source is None:
            message = f"“{written[:100]}” is no attached picture (media:<sha256>.png)."
            self._problem("image-source", message, element.get("src") or "]()")
            return [Text(alt)]
        if not split_words(alt):
            self._problem("image-alt", "This picture has no alternative text.", written)
            if not alt:
                return []
        return [Image(source, alt)]

    def _link(self, element: Element) -> list[Inline]:
        href = plain(element.get("href", ""))
        said = self._children(element)
        if not said and file_linked(href):
            # A link is otherwise told as its address; this one nobody wants to hear.
            self._problem("link-words", "This link to a file has no words.", href)
            return []
        children = tuple(said) or (Text(href),)
        link = link_to(href, children)
        if link is None:
            message = f"A link can't lead to “{href[:100]}”."
            self._problem("link-target", message, element.get("href") or "]()")
            return list(children)
        if isinstance(link, Link) and link.href.startswith("#"):
            self.anchor_links.append((self.leaf, element.get("href", ""), link.href[1:]))
        return [link]

    def _note_unused(self) -> None:
        for name, note in self.notes.items():
            if name not in self.numbers:
                message = f"Footnote [^{name}] is marked nowhere."
                self.problems.add(int(note.get("line", "0")), "footnote-unused", message)

    def _note_lost_anchors(self, known: frozenset[str]) -> None:
        for leaf, near, anchor in self.anchor_links:
            if anchor not in known:
                message = f"There is no heading for “#{anchor[:100]}”."
                self.problems.add(_line(leaf, near), "anchor-missing", message)

    def _problem(self, code: str, message: str, near: str = "") -> None:
        self.problems.add(_line(self.leaf, near), code, message)


def _line(leaf: Element, near: str) -> int:
    """Return the line of `leaf` in which `near` begins, or else its first."""
    near = _ESCAPED.sub(lambda escaped: "\\" + chr(int(escaped[1])), near)
    source = leaf.get("source", "")
    return int(leaf.get("line", "1")) + source.count("\n", 0, max(source.find(near), 0))


def plain(text: str | None) -> str:
    """Return the text that a piece of Markdown means: entities and escapes are characters."""
    if not text:
        return ""
    if "&" in text:
        text = _unescaped(text)
    if "\x02" in text:
        text = _ESCAPED.sub(lambda escaped: chr(int(escaped[1])), text)
    return text if text.isascii() and text.isprintable() else clean_text(text)


def _unescaped(text: str) -> str:
    try:
        return html.unescape(text)
    except ValueError:  # more digits than Python reads as a number: no character has so many
        return text


def _code(text: str) -> list[Inline]:
    for escaped, char in _CODE_ESCAPES:
        text = text.replace(escaped, char)
    text = clean_line(text.replace("\n", " "))
    return [Code(text)] if text else []
