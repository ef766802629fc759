"""Snippets put in their places, and parts left out for those who may not read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from articles.audiences import AUDIENCES, may_read, rank
from articles.document.blocks import (
    ArticleLink,
    AudienceBlock,
    Block,
    Body,
    BulletList,
    Callout,
    Document,
    Emphasis,
    Fact,
    FootnoteRef,
    Heading,
    Inline,
    Link,
    Paragraph,
    Quote,
    SnippetRef,
    Steps,
    Strong,
    Table,
)
from articles.document.errors import ExpansionError
from articles.document.headings import level_headings, name_headings
from articles.document.inlines import tidy
from articles.document.walk import every_block, inlines_with_audience

Present = Callable[[SnippetRef], Fact | Link | Body]
_EachBlock = Callable[[Block], Iterable[Block]]

_DEEPEST = 10  # snippets in snippets
_MOST = 5_000  # snippets put in one body, or few that use each other would fill the disk


def expand(body: Body, present: Present) -> Body:
    """Return `body` with each snippet replaced by what `present` makes of it.

    Raises ExpansionError for a block inside a sentence, a loop, or too many snippets; and what
    `present` raises: UnknownSnippet, UnknownRegion, MissingValue.
    """
    expansion = _Expansion(present)
    blocks = expansion.blocks(body.blocks, ())
    blocks = name_headings(level_headings(blocks), expansion.own_headings)
    footnotes = tuple(
        replace(footnote, blocks=expansion.blocks(footnote.blocks, ()))
        for footnote in body.footnotes
    )
    return Body(blocks, footnotes)


def for_audience(body: Body, audience: str) -> Body:
    """Return what somebody of `audience` may read of `body`.

    Footnotes without a mark that is left go, the others keep their numbers.
    """

    def readable(block: Block) -> tuple[Block, ...]:
        if isinstance(block, AudienceBlock) and not may_read(audience, block.audience):
            return ()
        return _with_blocks(block, readable)

    blocks = _each(body.blocks, readable)
    nodes = inlines_with_audience(Body(blocks))
    marked = {node.number for node, _ in nodes if isinstance(node, FootnoteRef)}
    footnotes = tuple(
        replace(footnote, blocks=_each(footnote.blocks, readable))
        for footnote in body.footnotes
        if footnote.number in marked
    )
    return Body(level_headings(blocks), footnotes)


def audience_levels(document: Document) -> tuple[str, ...]:
    """Return the audiences for whom the article differs: its own, and those of narrower parts."""
    blocks = list(every_block(document.body.blocks))
    for footnote in document.body.footnotes:
        blocks += every_block(footnote.blocks)
    own = rank(document.audience)
    narrower = {rank(part.audience) for part in blocks if isinstance(part, AudienceBlock)}
    return tuple(AUDIENCES[level] for level in sorted({own, *narrower}) if level >= own)


class _Expansion:
    def __init__(self, present: Present) -> None:
        self.present = present
        # Of each heading, in reading order, whether it is the text's own and no snippet's.
        self.own_headings: list[bool] = []
        self.left = _MOST

    def blocks(self, blocks: tuple[Block, ...], path: tuple[str, ...]) -> tuple[Block, ...]:
        return _each(blocks, partial(self._block, path=path))

    def _block(self, block: Block, path: tuple[str, ...]) -> tuple[Block, ...]:
        match block:
            case Paragraph((SnippetRef() as snippet,)):
                return self._alone(snippet, path)
            case Paragraph():
                children = tidy(self._inlines(block.children, path))
                return (Paragraph(children),) if children else ()
            case Heading():
                self.own_headings.append(not path)
                return (replace(block, children=self._line(block.children, path)),)
            case Table():
                header, *rows = (
                    tuple(self._line(cell, path) for cell in row)
                    for row in (block.header, *block.rows)
                )
                return (replace(block, header=header, rows=tuple(rows)),)
        return _with_blocks(block, partial(self._block, path=path))

    def _alone(self, snippet: SnippetRef, path: tuple[str, ...]) -> tuple[Block, ...]:
        """Return what a snippet says that is a paragraph of its own: it may be many blocks."""
        presented, path = self._presented(snippet, path)
        if not isinstance(presented, Body):
            return (Paragraph((presented,)),)
        return self.blocks(presented.blocks, path)

    def _line(self, children: tuple[Inline, ...], path: tuple[str, ...]) -> tuple[Inline, ...]:
        return tidy(self._inlines(children, path), one_line=True)

    def _inlines(self, nodes: tuple[Inline, ...], path: tuple[str, ...]) -> tuple[Inline, ...]:
        found: list[Inline] = []
        for node in nodes:
            match node:
                case SnippetRef():
                    found += self._inside(node, path)
                case Emphasis() | Strong() | Link() | ArticleLink():
                    found.append(replace(node, children=self._inlines(node.children, path)))
                case _:
                    found.append(node)
        return tuple(found)

    def _inside(self, snippet: SnippetRef, path: tuple[str, ...]) -> tuple[Inline, ...]:
        """Return what a snippet says in the middle of a line."""
        presented, path = self._presented(snippet, path)
        if not isinstance(presented, Body):
            return (presented,)
        match presented.blocks:
            case ():
                return ()
            case (Paragraph((SnippetRef() as inner,)),):
                return self._inside(inner, path)
            case (Paragraph(children),):
                return self._inlines(children, path)
        raise ExpansionError(snippet.key, "is a block and stands inside a sentence")

    def _presented(
        self, snippet: SnippetRef, path: tuple[str, ...]
    ) -> tuple[Fact | Link | Body, tuple[str, ...]]:
        """Return what `snippet` says, and the path of snippets with it at its end."""
        key = snippet.key
        if key in path:
            loop = " → ".join((*path[path.index(key) :], key))
            raise ExpansionError(key, f"leads back to itself: {loop}")
        if len(path) >= _DEEPEST:
            raise ExpansionError(key, f"is used through more than {_DEEPEST} others")
        self.left -= 1
        if self.left < 0:
            raise ExpansionError(key, f"is one of more than {_MOST:,} in this article")
        presented = self.present(snippet)
        if isinstance(presented, Body) and presented.footnotes:
            raise ExpansionError(key, "has footnotes, which only an article can have")
        return presented, (*path, key)


def _each(blocks: tuple[Block, ...], change: _EachBlock) -> tuple[Block, ...]:
    return tuple(changed for block in blocks for changed in change(block))


def _with_blocks(block: Block, change: _EachBlock) -> tuple[Block, ...]:
    """Return `block` with the blocks inside it changed; nothing where nothing is left inside."""
    match block:
        case BulletList() | Steps():
            items = tuple(kept for item in block.items if (kept := _each(item, change)))
            return (replace(block, items=items),) if items else ()
        case Quote() | Callout() | AudienceBlock():
            blocks = _each(block.blocks, change)
            return (replace(block, blocks=blocks),) if blocks else ()
    return (block,)
