"""Tidy inline content: one form for what looks the same, however it was written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain, groupby

from articles.document.blocks import (
    ArticleLink,
    Emphasis,
    FootnoteRef,
    Inline,
    LineBreak,
    Link,
    Strong,
    Text,
)
from articles.document.text import single_blanks

_CJK = "\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
# A line end in a Chinese text is no blank.
_BREAK_IN_CJK = re.compile(f"(?<=[{_CJK}]) *\n *(?=[{_CJK}])")

_Wrapper = Emphasis | Strong | Link | ArticleLink


def tidy(nodes: Iterable[Inline], *, one_line: bool = False) -> tuple[Inline, ...]:
    """Return `nodes` in their one form: the children of a paragraph, heading or cell.

    Texts are merged, blanks single and never at an end, emphasis and links hold something and
    nothing of their own kind, footnote marks stand outside links. With `one_line`, line breaks
    become blanks.
    """
    flat = _merged(_flattened(nodes, frozenset(), one_line=one_line))
    return _without_outer_blanks(flat)


def _flattened(nodes: Iterable[Inline], inside: frozenset[str], *, one_line: bool) -> list[Inline]:
    found: list[Inline] = []
    for node in nodes:
        match node:
            case Emphasis() | Strong() | Link() | ArticleLink():
                kind = "link" if isinstance(node, Link | ArticleLink) else type(node).__name__
                inner = _flattened(node.children, inside | {kind}, one_line=one_line)
                found += inner if kind in inside else _rewrapped(node, inner)
            case LineBreak() if one_line:
                found.append(Text(" "))
            case Text():
                text = single_blanks(_BREAK_IN_CJK.sub("", node.text))
                found += [Text(text)] if text else []
            case _:
                found.append(node)
    return found


def _rewrapped(wrapper: _Wrapper, inner: list[Inline]) -> list[Inline]:
    """Return `wrapper` around `inner`, with the blanks at its ends and footnote marks outside."""
    marks: list[Inline] = []
    if isinstance(wrapper, Link | ArticleLink):
        marks = [node for node in inner if isinstance(node, FootnoteRef)]
        inner = [node for node in inner if not isinstance(node, FootnoteRef)]
    merged = _merged(inner)
    before = _blank_at(merged, 0)
    after = _blank_at(merged, -1) if len(merged) > 1 or not before else []
    children = _without_outer_blanks(merged)
    if not children:
        return [*(before or after), *marks]
    return [*before, replace(wrapper, children=children), *marks, *after]


def _blank_at(nodes: list[Inline], position: int) -> list[Inline]:
    if not nodes:
        return []
    match nodes[position]:
        case LineBreak():
            return [LineBreak()]
        case Text(text) if text[position].isspace():
            return [Text(" ")]
    return []


def _merged(nodes: list[Inline]) -> list[Inline]:
    """Merge adjacent texts and adjacent emphasis of the same kind; strip blanks around breaks."""
    found: list[Inline] = []
    for node in chain.from_iterable(_as_one(list(alike)) for _, alike in groupby(nodes, type)):
        last = found[-1] if found else None
        match last, node:
            case Text(), LineBreak():
                stripped = last.text.rstrip()
                found[-1:] = [Text(stripped), node] if stripped else [node]
            case LineBreak(), Text():
                stripped = node.text.lstrip()
                found += [Text(stripped)] if stripped else []
            case LineBreak(), LineBreak():
                pass
            case _:
                found.append(node)
    return found


def _as_one(alike: list[Inline]) -> list[Inline]:
    """Return neighbours of one type as one node where nobody could tell them apart."""
    if len(alike) == 1:
        return alike
    match alike[0]:
        case Text():
            texts = (node.text for node in alike if isinstance(node, Text))
            return [Text(single_blanks("".join(texts)))]
        case Emphasis() | Strong() as first:
            wrappers = (node.children for node in alike if isinstance(node, Emphasis | Strong))
            return [replace(first, children=tuple(_merged([*chain.from_iterable(wrappers)])))]
    return alike


def _without_outer_blanks(nodes: list[Inline]) -> tuple[Inline, ...]:
    kept = list(nodes)
    while kept and (blank := _stripped(kept[0], first=True)) is not kept[0]:
        kept[:1] = [blank] if blank else []
    while kept and (blank := _stripped(kept[-1], first=False)) is not kept[-1]:
        kept[-1:] = [blank] if blank else []
    return tuple(kept)


def _stripped(node: Inline, *, first: bool) -> Inline | None:
    """Return `node` without its outer blank: itself if there is none, None if nothing is left."""
    match node:
        case LineBreak():
            return None
        case Text(text):
            stripped = text.lstrip() if first else text.rstrip()
            if not stripped:
                return None
            return node if stripped == text else Text(stripped)
    return node
