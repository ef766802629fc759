"""Two pieces of HTML with the words marked in them that went and that came.

Only what stands between tags is marked, never a tag itself: both stay the documents they were.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from zlib import crc32

from lxml import etree, html

from articles.comparing.words import word_diff

# Where a marked word would stand between cells, rows or items.
_HOLDS_NO_WORDS = {"table", "thead", "tbody", "tr", "ul", "ol"}


def mark_changes(before: str, after: str, *, removed: str = "", added: str = "") -> tuple[str, str]:
    """Return both documents, the first with `<del>` around what went, the second with `<ins>`
    around what came; pictures and links count by their addresses too. A voice says `removed` and
    `added` of each. What leads to a place in the document, or is such a place, leads nowhere."""
    old, new = _Marking(before, "del", removed), _Marking(after, "ins", added)
    for piece in word_diff(old.text, new.text):
        if piece.kind != "added":
            old.take(len(piece.text), changed=piece.kind == "removed")
        if piece.kind != "removed":
            new.take(len(piece.text), changed=piece.kind == "added")
    return old.marked(), new.marked()


@dataclass(slots=True)
class _Stretch:
    """A part of what the document says: the text before an element's first child, the text after
    an element, or, in words of our own, what an element is."""

    element: etree._Element
    place: Literal["text", "tail", "itself"]
    text: str


class _Marking:
    """One document on its way to being marked."""

    def __init__(self, markup: str, tag: str, spoken: str) -> None:
        self.tag = tag
        self.spoken = spoken
        self.root = html.fragment_fromstring(markup, create_parent="div")
        self.stretches = list(_stretches(self.root))
        self.text = "".join(stretch.text for stretch in self.stretches)
        self.at = 0
        self.changes: list[tuple[int, int]] = []

    def take(self, length: int, *, changed: bool) -> None:
        """Go on in the text; say whether this stretch of it is marked."""
        if changed:
            self.changes.append((self.at, self.at + length))
        self.at += length

    def marked(self) -> str:
        changes = iter([*self.changes, (len(self.text) + 1, len(self.text) + 1)])
        start, end = next(changes)
        at = 0
        work: list[tuple[_Stretch, list[tuple[int, int]]]] = []
        for stretch in self.stretches:
            stop = at + len(stretch.text)
            found = []
            while start < stop:
                found.append((max(start, at) - at, min(end, stop) - at))
                if end > stop:
                    break
                start, end = next(changes)
            if found:
                work.append((stretch, found))
            at = stop
        # From the end: what is put behind an element would move the text behind it. Elements come
        # last: one that has marks within needs none around it.
        for last in (False, True):
            for stretch, found in reversed(work):
                if (stretch.place == "itself") is last:
                    self._mark(stretch, found)
        _without_places(self.root)
        written = html.tostring(self.root, encoding="unicode")
        return written.removeprefix("<div>").removesuffix("</div>")

    def _mark(self, stretch: _Stretch, found: list[tuple[int, int]]) -> None:
        element, text = stretch.element, stretch.text
        if stretch.place == "itself":
            if not element.xpath(f".//{self.tag}"):
                self._around(element)
            return
        holder = element if stretch.place == "text" else element.getparent()
        if holder is None or holder.tag in _HOLDS_NO_WORDS:
            return
        marks: list[etree._Element] = []
        rest = end = 0
        first = text
        for start, stop in found:
            if not text[start:stop].strip():
                continue
            between = text[end:start]
            if marks:
                marks[-1].tail = between
            else:
                first = between
            marks.append(self._marked(text[start:stop]))
            end = rest = stop
        if not marks:
            return
        marks[-1].tail = text[rest:]
        if stretch.place == "text":
            element.text = first
            place = 0
        else:
            element.tail = first
            place = holder.index(element) + 1
        holder[place:place] = marks

    def _marked(self, text: str) -> etree._Element:
        mark = etree.Element(self.tag)
        if not self.spoken:
            mark.text = text
            return mark
        spoken = etree.SubElement(mark, "span", {"class": "visually-hidden"})
        spoken.text, spoken.tail = self.spoken, text
        return mark

    def _around(self, element: etree._Element) -> None:
        parent = element.getparent()
        if parent is None or parent.tag in _HOLDS_NO_WORDS:
            return
        mark = self._marked("")
        mark.tail, element.tail = element.tail, None
        parent.replace(element, mark)
        mark.append(element)
        if element.tag == "img":  # Its words may be all that differs.
            etree.SubElement(mark, "span", {"class": "desk-alt"}).text = element.get("alt", "")


def _stretches(element: etree._Element) -> Iterator[_Stretch]:
    """Yield what the document says in its order. A picture and an address count, too."""
    yield _Stretch(element, "text", element.text or "")
    for child in element:
        yield from _stretches(child)
        if child.tag == "img":
            told = f"\n{_sign(child.get('src', ''))}{child.get('alt', '')}\n"
            yield _Stretch(child, "itself", told)
        elif child.tag == "a" and not (child.get("href") or "#").startswith("#"):
            yield _Stretch(child, "itself", _sign(child.get("href", "")))
        yield _Stretch(child, "tail", child.tail or "")


def _sign(address: str) -> str:
    """Return one character that stands for an address, and says nothing itself: one of private
    use. Few addresses share one."""
    return chr(0xE000 + crc32(address.encode()) % 6_400)


def _without_places(root: etree._Element) -> None:
    """Two documents on one page can't have the same places in them."""
    for element in root.iter():
        element.attrib.pop("id", "")
        if (element.get("href") or "").startswith("#"):
            del element.attrib["href"]
