"""Markdown in the dialect of `docs/markdown.md`: it parses back to the same words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from articles.document.blocks import (
    Align,
    AudienceBlock,
    Block,
    BulletList,
    Callout,
    Cell,
    CodeBlock,
    Document,
    Footnote,
    Heading,
    Paragraph,
    Quote,
    Rule,
    Steps,
    Table,
)
from articles.document.parse import parse
from articles.document.words import read_body, words_of
from channels.renderers.base import Context, Renderer, clean
from channels.renderers.footnote_numbers import with_their_numbers
from channels.renderers.markdown_escaping import (
    escape,
    escape_line_start,
    fence_for,
    one_line,
    quoted_title,
)
from channels.renderers.markdown_inlines import LINE_BREAK, inline

_INDENT = "    "
_PIPE = re.compile(r"\\.|\|")  # an escaped character, or a bare pipe
_CLOSING = re.compile("(?<!#)#++$")  # from the first of them only, or each would be tried
_DASHES: dict[Align, str] = {"": "---", "left": ":---", "center": ":---:", "right": "---:"}


class MarkdownRenderer(Renderer):
    format = "markdown"
    media_type = "text/markdown; charset=utf-8"
    version = 1

    def render(self, document: Document, context: Context) -> bytes:
        parts = [_heading(1, escape(document.title))]
        if document.summary:
            parts.append(_paragraph(escape(document.summary)))
        parts.append(_blocks(document.body.blocks))
        parts.extend(map(_footnote, document.body.footnotes))
        return ("\n\n".join(filter(None, parts)) + "\n").encode()

    def words(self, body: bytes) -> list[str]:
        source = body.decode()
        return words_of(read_body(with_their_numbers(parse(source, locale="en").body, source)))


def _blocks(blocks: Iterable[Block]) -> str:
    parts: list[str] = []
    before: Block | None = None
    alternate = False
    for block in blocks:
        # Two lists in a row stay two by different marks.
        alternate = type(block) is type(before) and not alternate
        parts.append(_block(block, alternate=alternate))
        before = block
    return "\n\n".join(filter(None, parts))


def _block(block: Block, *, alternate: bool) -> str:
    match block:
        case Paragraph(children):
            return _paragraph(inline(children))
        case Heading(level, _, children):
            return _heading(level, inline(children))
        case BulletList(items):
            return _items(("*" if alternate else "-", item) for item in items if item)
        case Steps(items, start):
            dot = ")" if alternate else "."
            return _items((f"{number}{dot}", item) for number, item in enumerate(items, start))
        case Table():
            return _table(block)
        case CodeBlock(text, language):
            fence = fence_for(text)
            return f"{fence}{_info(language)}\n{clean(text)}\n{fence}"
        case Quote(blocks):
            return _prefixed("> ", _blocks(blocks))
        case Callout(kind, title, blocks):
            return _container(kind, title, blocks)
        case AudienceBlock(audience, title, blocks):
            return _container(audience, title, blocks)
        case Rule():
            return "___"  # after a bullet, dashes would be one longer rule


def _heading(level: int, content: str) -> str:
    # Number signs at the end of the line would be taken for the heading's closing sequence.
    text = _CLOSING.sub(
        lambda signs: r"\#" * len(signs[0]), content.replace(LINE_BREAK, " ").strip()
    )
    return f"{'#' * level} {text}".rstrip()


def _paragraph(content: str) -> str:
    return "\n".join(escape_line_start(line.strip()) for line in content.split("\n")).strip()


def _items(items: Iterable[tuple[str, tuple[Block, ...]]]) -> str:
    written = [_item(marker, blocks) for marker, blocks in items]
    tight = not any("\n" in item for item in written)
    return ("\n" if tight else "\n\n").join(written)


def _item(marker: str, blocks: tuple[Block, ...]) -> str:
    """Write an item; what isn't text begins under its marker, where it can't be misread."""
    marker = marker.ljust(len(_INDENT) - 1) + " "
    indent = " " * len(marker)
    text = _prefixed(indent, _blocks(blocks))
    if blocks and isinstance(blocks[0], Paragraph):
        return (marker + text.removeprefix(indent)).rstrip()
    return f"{marker.rstrip()}\n{text}".rstrip()


def _prefixed(prefix: str, text: str) -> str:
    return "\n".join((prefix + line).rstrip() for line in text.split("\n"))


def _table(table: Table) -> str:
    dashes = f"| {' | '.join(_DASHES[side] for side in table.align)} |"
    return "\n".join((_row(table.header), dashes, *map(_row, table.rows)))


def _row(cells: Iterable[Cell]) -> str:
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(cell: Cell) -> str:
    """Return a cell on one line; even in code, only a backslash keeps a pipe inside it."""
    return _PIPE.sub(_escaped_pipe, inline(cell).replace(LINE_BREAK, " ").strip())


def _escaped_pipe(found: re.Match[str]) -> str:
    return "\\|" if found[0] == "|" else found[0]


def _info(language: str) -> str:
    return one_line(language).replace("`", "").replace(" ", "")


def _container(name: str, title: str, blocks: tuple[Block, ...]) -> str:
    colons = ":" * (3 + max(map(_depth, blocks), default=0))
    return f"{colons} {name} {quoted_title(title)}\n\n{_blocks(blocks)}\n\n{colons}"


def _depth(block: Block) -> int:
    """Return how many containers stand inside one another in the block, itself included."""
    match block:
        case Callout(blocks=blocks) | AudienceBlock(blocks=blocks):
            return 1 + max(map(_depth, blocks), default=0)
        case Quote(blocks):
            return max(map(_depth, blocks), default=0)
        case BulletList(items) | Steps(items):
            return max((_depth(inner) for item in items for inner in item), default=0)
        case _:
            return 0


def _footnote(footnote: Footnote) -> str:
    text = _prefixed(_INDENT, _blocks(footnote.blocks))
    if footnote.blocks and isinstance(footnote.blocks[0], Paragraph):
        text = text.removeprefix(_INDENT)
        return f"[^{footnote.number}]: {text}"
    return f"[^{footnote.number}]:\n{text}"
