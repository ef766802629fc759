"""What flows inside a line of Markdown: emphasis, links, code, pictures and marks of footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import unescape

from articles.document.blocks import (
    ArticleLink,
    Code,
    Emphasis,
    Fact,
    FootnoteRef,
    Image,
    Inline,
    LineBreak,
    Link,
    Paragraph,
    SnippetRef,
    Strong,
    Text,
)
from articles.document.inlines import tidy
from articles.document.parse import parse
from channels.renderers.base import file_path, safe_href, unexpanded
from channels.renderers.markdown_escaping import code_span, escape

LINE_BREAK = "\\\n"


def inline(children: Iterable[Inline]) -> str:
    """Return the content of a paragraph, a heading or a cell.

    Where the marks of strong text and of emphasis meet, CommonMark may pair them otherwise (6.2,
    rules 9 and 10). There emphasis is written with underscores.
    """
    nodes = tuple(children)
    written = _written(nodes, "*")
    met = "***" in written and not _reads_back(written)
    return _written(nodes, "_") if met else written


def _reads_back(written: str) -> bool:
    line = f"x {written.replace(LINE_BREAK, ' ')} x"
    match parse(line, locale="en").body.blocks:
        case (Paragraph(children),):
            return _written(children, "*") == line
    return False


def _written(nodes: Sequence[Inline], stress: str) -> str:
    pieces = [_node(node, stress) for node in nodes]
    if stress == "_" and any(torn := _inside_words(nodes, pieces)):
        return _written(_without_stress(nodes, torn), stress)
    written = ""
    for piece in pieces:
        if piece.startswith("[") and written.endswith("!"):  # a link, not a picture
            written = written[:-1] + "\\!"
        written += piece
    return written


def _inside_words(nodes: Sequence[Inline], pieces: Sequence[str]) -> list[bool]:
    """Say for each node whether it is emphasis beside a letter, where no underscore marks any."""
    befores = ("", *(piece[-1:] for piece in pieces[:-1]))
    afters = (*(piece[:1] for piece in pieces[1:]), "")
    return [
        isinstance(node, Emphasis) and any(side.isalnum() or side == "_" for side in sides)
        for node, *sides in zip(nodes, befores, afters, strict=True)
    ]


def _without_stress(nodes: Sequence[Inline], torn: Sequence[bool]) -> tuple[Inline, ...]:
    """Return the same words, those that are `torn` out of a longer word without emphasis."""
    kept: list[Inline] = []
    for node, is_torn in zip(nodes, torn, strict=True):
        kept += node.children if is_torn and isinstance(node, Emphasis) else (node,)
    return tidy(kept)


def _node(node: Inline, stress: str) -> str:
    match node:
        case Text(text) | Fact(text=text):
            return escape(text)
        case Code(text):
            return code_span(text)
        case Strong(children):
            return _marked("**", _written(children, stress))
        case Emphasis(children):
            return _marked(stress, _written(children, stress))
        case LineBreak():
            return LINE_BREAK
        case Link():
            return _link(node, _written(node.children, stress))
        case ArticleLink(article, anchor, children):
            target = f"article:{article}#{anchor}" if anchor else f"article:{article}"
            return f"[{_written(children, stress)}]({target})"
        case Image(source, alt):
            return f"![{escape(alt)}](media:{source})"
        case FootnoteRef(number):
            return f"[^{number}]"
        case SnippetRef():
            raise unexpanded(node)


def _marked(mark: str, text: str) -> str:
    """Return emphasis; blanks at its ends stand outside, or the marks would not be read."""
    inner = text.strip()
    if not inner:
        return text
    before, _, after = text.partition(inner)
    return f"{before}{mark}{inner}{mark}{after}"


def _link(link: Link, text: str) -> str:
    kept = link.href.startswith("#") or file_path(link.href)
    address = link.href if kept else safe_href(link.href)
    if not address:
        return text
    if unescape(address) != address:  # `&copy=1` would be read as an entity
        address = address.replace("&", "&amp;")
    elif link.children == (Text(address),):
        return f"<{address}>"
    target = f"<{address}>" if "(" in address or ")" in address else address
    return f"[{text}]({target})"
