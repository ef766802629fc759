"""Where in a Markdown source running text stands: as the document's own parser sees it, so that
code, comments and marks are never taken for it."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace

from markdown import Markdown

from articles.document.outline import Outline
from articles.document.problems import Problems


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines `start` to `end` (from 0, without `end`) that hold one paragraph, heading or row."""

    tag: str  # p, td, h1 … h6
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passages:
    """The passages of a source in its order, and what its reference definitions lead to."""

    found: tuple[Passage, ...]
    references: Mapping[str, str]

    def first_heading(self) -> Passage | None:
        """Return the first heading of the top level."""
        return next((passage for passage in self.found if passage.tag == "h1"), None)

    def without(self, passage: Passage) -> Passages:
        """Return the others: those of the source with empty lines in place of `passage`."""
        return replace(self, found=tuple(other for other in self.found if other != passage))


def passages_of(source: str) -> Passages:
    """Return where `source` holds running text. A source too deeply nested holds none."""
    outline = _outline()
    outline.md.reset()
    outline.start(Problems())
    try:
        root = outline.parseDocument(source.split("\n")).getroot()
    except RecursionError:
        return Passages((), {})
    found: dict[int, Passage] = {}
    for element in root.iter() if root is not None else ():
        line, text = element.get("line"), element.get("source")
        if line is None or text is None:
            continue
        start = int(line) - 1
        # The cells of a row share its line.
        found.setdefault(start, Passage(element.tag, start, start + text.count("\n") + 1))
    references = {label: str(target) for label, (target, _) in outline.md.references.items()}
    return Passages(tuple(found[start] for start in sorted(found)), references)


_local = threading.local()


def _outline() -> Outline:
    """Return this thread's outline; Python-Markdown costs milliseconds to make."""
    if not hasattr(_local, "outline"):
        _local.outline = Outline(Markdown())
    outline: Outline = _local.outline
    return outline
