"""From a site's Markdown to ours: links lead to articles, pictures are ours, and what would stop a
publish is written so that its words stay."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from articles.document.links import link_to, picture
from articles.document.source_lines import PART, FenceState, Line
from articles.document.text import clean_line
from articles.document.words import split_words
from articles.importing.addresses import path_of
from articles.importing.markup import rewrite
from articles.importing.pages import Page
from articles.importing.passages import Passage
from articles.importing.pictures import Pictures
from articles.importing.refused import Refused
from articles.importing.report import Notice
from articles.importing.shortcodes import plain_target
from articles.importing.site import Site

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ATTRIBUTE = re.compile(
    r"""(?<![a-z])([a-z]++)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)
_PART_KIND = re.compile(r"^( {0,3}:{3,}[ \t]*)([A-Za-z]+)(?:\[([^\[\]]*)\])?(.*)$")
# What other generators call our callouts.
_PARTS = {
    "attention": "warning",
    "caution": "warning",
    "details": "note",
    "important": "note",
    "info": "note",
}


@dataclass(frozen=True, slots=True)
class Converted:
    """A page's body as it will be saved, and what it needs."""

    body: str
    links: frozenset[str]  # keys of the articles it leads to
    pictures: tuple[str, ...]  # stored names
    warnings: tuple[Notice, ...]
    lines: tuple[int, ...]  # for each line of the body, the one of the page's body it was made from


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a page can refer to. `untold` are the keys of articles that no reader will find."""

    site: Site
    pictures: Pictures
    snippet_keys: Collection[str]
    untold: Collection[str] = field(default_factory=frozenset)


def convert(page: Page, surroundings: Surroundings) -> Converted:
    """Return the page's body in our dialect."""
    return _Conversion(page, surroundings).run()


class _Conversion:
    def __init__(self, page: Page, surroundings: Surroundings) -> None:
        self.page, self.around = page, surroundings
        self.lines = page.body.split("\n")
        self.made_from = list(range(1, len(self.lines) + 1))
        self.links: set[str] = set()
        self.pictures: dict[str, None] = {}
        self.warnings: list[Notice] = []
        self.tags: list[int] = []

    def run(self) -> Converted:
        self._translate_parts()
        # Backwards: a link that stood on two lines may need only one.
        for passage in reversed(self.page.passages.found):
            self._rewrite(passage)
        if self.tags:
            message = f"Raw HTML is shown as the text it is ({len(self.tags)} tags)."
            self.warn(min(self.tags), message)
        return Converted(
            body="\n".join(self.lines),
            links=frozenset(self.links),
            pictures=tuple(self.pictures),
            warnings=tuple(sorted(self.warnings, key=lambda notice: notice.line or 0)),
            lines=tuple(self.made_from),
        )

    def warn(self, line: int, message: str) -> None:
        self.warnings.append(Notice(self.page.path, self.page.line(line + 1), message))

    def _rewrite(self, passage: Passage) -> None:
        text = "\n".join(self.lines[passage.start : passage.end])
        changed = rewrite(text, self, self.page.passages.references, line=passage.start).split("\n")
        self.lines[passage.start : passage.end] = changed
        del self.made_from[passage.start + len(changed) : passage.end]

    def _translate_parts(self) -> None:
        """`:::info Title` of other generators is our `::: note "Title"`."""
        fence = FenceState()
        for number, line in enumerate(self.lines):
            in_code = fence.inside(Line(number, line))
            found = _PART_KIND.match(line) if not in_code and PART.match(line) else None
            if found is None or (found[2].lower() not in _PARTS and found[3] is None):
                continue
            kind = _PARTS.get(found[2].lower(), found[2])
            title = f' "{found[3]}"' if found[3] else found[4]
            self.lines[number] = f"{found[1]}{kind}{title}"

    # What becomes of each thing found in running text (articles.importing.markup.Changes).

    def link(self, words: str, target: str, line: int) -> str | None:
        target = plain_target(target)
        if target.startswith("//"):
            return f"[{words}](https:{target})"
        if target.startswith("#"):
            return self._anchor_link(words, target, line)
        if _SCHEME.match(target):
            if link_to(target, ()) is not None:
                return None
            return self._drop(words, line, f"A link can't lead to “{target[:80]}”")
        path, _, anchor = target.partition("#")
        if path.lower().endswith(".pdf"):
            return self._file_link(words, target, line)
        key = self.around.site.find(path_of(path), page=self.page) if path else None
        if key is None:
            return self._drop(words, line, f"“{target[:80]}” is no page of this folder")
        if key in self.around.untold:
            return self._drop(words, line, f"“{target[:80]}” will not be published")
        self.links.add(key)
        address = f"article:{self.around.site.public_ids[key]}"
        linked = self.around.site.page(key, self.page.locale)
        words = words or _escaped(linked.title)
        if anchor:
            if found := self.around.site.anchor(anchor, page=linked):
                return f"[{words}]({address}#{found})"
            self.warn(line, f"“{target[:80]}” is no heading there: the link leads to its top.")
        return f"[{words}]({address})"

    def picture(self, alt: str, source: str, title: str, line: int) -> str | None:
        name = PurePosixPath(path_of(source)).stem.replace("-", " ").replace("_", " ")
        named = (clean_line(text) for text in (alt, title, name))
        words = next((text for text in named if split_words(text)), "picture")
        if picture(source):
            return None
        if _SCHEME.match(source) or source.startswith("//"):
            self.warn(line, f"The picture “{source[:80]}” is not in the folder: its words stay.")
            return _escaped(words)
        try:
            stored = self.around.pictures.find(source, page_path=self.page.path)
        except Refused as refusal:
            self.warn(line, f"The picture “{source[:80]}” {refusal.reason}: its words stay.")
            return _escaped(words)
        if not split_words(alt):
            self.warn(line, f"The picture “{source[:80]}” says nothing: it is called “{words}”.")
        self.pictures[stored] = None
        return f"![{_escaped(words)}](media:{stored})"

    def snippet(self, key: str, written: str, line: int) -> str:
        if key in self.around.snippet_keys:
            return written
        self.warn(line, f"There is no snippet “{key}”: {written} stays as text.")
        return "\\" + written

    def tag(self, written: str, line: int) -> str:
        if written[:4].lower() == "<img":
            attributes = {
                found[1].lower(): found[2] or found[3] or found[4] or ""
                for found in _ATTRIBUTE.finditer(written)
            }
            if source := attributes.get("src"):
                shown = self.picture(
                    attributes.get("alt", ""), source, attributes.get("title", ""), line
                )
                return shown or f"![{_escaped(attributes.get('alt', ''))}]({source})"
        self.tags.append(line)
        return written

    def _anchor_link(self, words: str, target: str, line: int) -> str | None:
        if anchor := self.around.site.anchor(target[1:], page=self.page):
            return f"[{words}](#{anchor})"
        return self._drop(words, line, f"There is no heading for “{target[:80]}”")

    def _file_link(self, words: str, target: str, line: int) -> str:
        name = _escaped(clean_line(PurePosixPath(path_of(target)).name) or "PDF")
        try:
            stored = self.around.pictures.find(target, page_path=self.page.path)
        except Refused as refusal:
            return self._drop(words or name, line, f"“{target[:80]}” {refusal.reason}")
        if not stored.endswith(".pdf"):
            return self._drop(words or name, line, f"“{target[:80]}” is no PDF")
        self.pictures[stored] = None
        return f"[{words or name}](media:{stored})"

    def _drop(self, words: str, line: int, reason: str) -> str:
        self.warn(line, f"{reason}: the link is left out, its words stay.")
        return words


def _escaped(words: str) -> str:
    return re.sub(r"([\\\[\]`*_<>{}!|])", r"\\\1", words)
