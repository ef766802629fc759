"""Going through a tree of blocks in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from articles.audiences import PUBLIC, rank
from articles.document.blocks import (
    ArticleLink,
    AudienceBlock,
    Block,
    Body,
    BulletList,
    Callout,
    Emphasis,
    FootnoteRef,
    Heading,
    Inline,
    Link,
    Paragraph,
    Quote,
    Steps,
    Strong,
    Table,
)


def inlines_of(block: Block) -> Iterator[Inline]:
    """Yield the inline nodes that stand directly in `block`, without those inside them."""
    match block:
        case Heading() | Paragraph():
            yield from block.children
        case Table():
            for row in (block.header, *block.rows):
                for cell in row:
                    yield from cell


def blocks_of(block: Block) -> Iterator[Block]:
    """Yield the blocks that stand directly in `block`."""
    match block:
        case BulletList() | Steps():
            for item in block.items:
                yield from item
        case Quote() | Callout() | AudienceBlock():
            yield from block.blocks


def every_inline(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Yield `inlines` and all inside them, the outer one first."""
    for node in inlines:
        yield node
        if isinstance(node, Emphasis | Strong | Link | ArticleLink):
            yield from every_inline(node.children)


def every_block(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield `blocks` and all inside them, the outer one first."""
    for block in blocks:
        yield block
        yield from every_block(blocks_of(block))


def blocks_with_audience(
    blocks: Iterable[Block], audience: str = PUBLIC
) -> Iterator[tuple[Block, str]]:
    """Yield `blocks` and all inside them, the outer one first, each with its widest audience."""
    for block in blocks:
        yield block, audience
        yield from blocks_with_audience(blocks_of(block), _narrower(block, audience))


def inlines_with_audience(body: Body) -> Iterator[tuple[Inline, str]]:
    """Yield every inline node of `body` with the widest audience that reads it there.

    That is `public` where no audience block is around: all who may read the article. A footnote
    is read by those who read a mark of it; one without a mark by everybody.
    """
    readers: dict[int, str] = {}
    for node, audience in _within(body.blocks, PUBLIC):
        if isinstance(node, FootnoteRef):
            widest = min(readers.get(node.number, audience), audience, key=rank)
            readers[node.number] = widest
        yield node, audience
    for footnote in body.footnotes:
        yield from _within(footnote.blocks, readers.get(footnote.number, PUBLIC))


def _within(blocks: Iterable[Block], audience: str) -> Iterator[tuple[Inline, str]]:
    for block, readers in blocks_with_audience(blocks, audience):
        for node in every_inline(inlines_of(block)):
            yield node, readers


def _narrower(block: Block, audience: str) -> str:
    if isinstance(block, AudienceBlock) and rank(block.audience) > rank(audience):
        return block.audience
    return audience
