"""The passages of a document that get a vector each: every section, under the article's title."""

from __future__ import annotations

from collections.abc import Iterator

from channels.search.engine import Document

# Characters of a section: the encoder blurs a longer one, and what it is about stands in front.
LONGEST = 300


def passages(document: Document) -> Iterator[tuple[int, str]]:
    """Yield (number of the section, its text); -1 for what stands above all. At least one."""
    for number, section in enumerate(document.sections):
        heading = f"{section.heading}. " if section.heading else ""
        yield number, f"{document.title}. {heading}{section.text[:LONGEST]}"
    if not document.sections:
        yield -1, f"{document.title}. {document.summary[:LONGEST]}"
