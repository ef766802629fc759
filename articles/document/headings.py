"""Heading levels without gaps, and anchors that a reader can guess and no two headings share."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import repeat

from articles.audiences import rank
from articles.document.blocks import (
    AudienceBlock,
    Block,
    BulletList,
    Callout,
    Code,
    Fact,
    Heading,
    Image,
    Inline,
    Quote,
    SnippetRef,
    Steps,
    Text,
)
from articles.document.walk import blocks_with_audience, every_block, every_inline

_TOP, _DEEPEST = 2, 6
_LONGEST = 100


def slug(text: str) -> str:
    """Return `text` as GitHub would make an anchor of it, `section` where no letter is left."""
    kept = (char for char in text.lower() if char in "_-" or char.isspace() or _is_letter(char))
    return "".join("-" if char.isspace() else char for char in kept)[:_LONGEST] or "section"


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LMN"


def level_headings(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Bring the levels used to 2, 3 … in their order, none more than one below the one before."""
    used = {block.level for block in every_block(blocks) if isinstance(block, Heading)}
    ranks = {level: rank for rank, level in enumerate(sorted(used), start=_TOP)}
    deepest = _TOP - 1

    def leveled(heading: Heading) -> Heading:
        nonlocal deepest
        deepest = min(ranks[heading.level], deepest + 1, _DEEPEST)
        return replace(heading, level=deepest)

    return _each_heading(blocks, leveled)


def name_headings(
    blocks: tuple[Block, ...], own: Iterable[bool] = repeat(True)
) -> tuple[Block, ...]:
    """Give each heading an anchor of its own; one that has a free anchor keeps it.

    Headings with more readers choose first: nobody learns from an anchor that others read more.
    `own` says of each heading, in reading order, whether it is the text's own; those choose before
    the ones that snippets bring to the same readers.
    """
    choosing: list[tuple[int, bool, int, str]] = []
    headings = (
        (block, audience)
        for block, audience in blocks_with_audience(blocks)
        if isinstance(block, Heading)
    )
    for place, ((heading, audience), is_own) in enumerate(zip(headings, own, strict=False)):
        wanted = heading.anchor or slug(_plain(heading.children))
        choosing.append((rank(audience), not is_own, place, wanted))
    taken: set[str] = set()
    tried: dict[str, int] = {}
    chosen: dict[int, str] = {}
    for *_, place, wanted in sorted(choosing):
        anchor = wanted
        while anchor in taken:
            tried[wanted] = tried.get(wanted, 0) + 1
            anchor = f"{wanted}-{tried[wanted]}"
        taken.add(anchor)
        chosen[place] = anchor
    names = (chosen[place] for place in range(len(chosen)))
    return _each_heading(blocks, lambda heading: replace(heading, anchor=next(names)))


def anchors(blocks: tuple[Block, ...]) -> frozenset[str]:
    """Return the anchors of all headings in `blocks`."""
    return frozenset(block.anchor for block in every_block(blocks) if isinstance(block, Heading))


def _plain(children: Iterable[Inline]) -> str:
    parts = []
    for node in every_inline(children):
        match node:
            case Text() | Code() | Fact():
                parts.append(node.text)
            case Image():
                parts.append(node.alt)
            case SnippetRef():
                parts.append(node.name)
    return "".join(parts)


def _each_heading(
    blocks: tuple[Block, ...], change: Callable[[Heading], Heading]
) -> tuple[Block, ...]:
    """Return `blocks` with each heading changed, in reading order."""

    def inside(block: Block) -> Block:
        match block:
            case Heading():
                return change(block)
            case BulletList() | Steps():
                items = tuple(_each_heading(item, change) for item in block.items)
                return replace(block, items=items)
            case Quote() | Callout() | AudienceBlock():
                return replace(block, blocks=_each_heading(block.blocks, change))
        return block

    return tuple(inside(block) for block in blocks)
