"""Code blocks, fenced or indented: nothing in them is Markdown."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from articles.document.source_lines import FenceState, Line

CODE_INDENT = 4


def take_indented_code(parent: Element, lines: list[Line], position: int) -> int:
    """Append to `parent` the code that is indented from `position` on; return where it ends."""
    start = position
    while position < len(lines):
        if not lines[position].blank and lines[position].indent < CODE_INDENT:
            break
        position += 1
    _append(parent, [line.outdented(CODE_INDENT) for line in lines[start:position]], "")
    return position


def take_fenced_code(parent: Element, lines: list[Line], position: int) -> int:
    """Append to `parent` the code after the fence at `position`; return where it ends.

    Without a second fence, that is the end of `lines`.
    """
    opened = lines[position]
    fence = FenceState()
    fence.inside(opened)
    info = opened.text.lstrip(" ").lstrip(fence.fence[0]).split()
    code = []
    position += 1
    while position < len(lines) and fence.inside(lines[position]) and fence.fence:
        code.append(lines[position].outdented(opened.indent))
        position += 1
    _append(parent, code, info[0] if info else "")
    return position + 1


def _append(parent: Element, lines: list[Line], language: str) -> None:
    texts = [line.text for line in lines]
    while texts and not texts[-1].strip():
        texts.pop()
    while texts and not texts[0].strip():
        texts.pop(0)
    if texts:
        code = SubElement(parent, "pre", language=language)
        code.text = AtomicString("\n".join(texts))
