"""The pieces of a comparison: what stayed, what went, what came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["same", "removed", "added"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text. What is `same` or `removed` makes up the text before, in order; what is
    `same` or `added` the text after. Where both differ, what was removed comes first."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Hunk:
    """A stretch of both texts: the same in both, or one that became the other."""

    old: str
    new: str
    same: bool


def joined(hunks: Iterable[Hunk]) -> list[Hunk]:
    """Return the hunks with neighbours of a sort made one, and without empty ones."""
    found: list[Hunk] = []
    for hunk in hunks:
        if not (hunk.old or hunk.new):
            continue
        if found and found[-1].same == hunk.same:
            hunk = _with(found.pop(), hunk)
        found.append(hunk)
    return found


def _with(first: Hunk, second: Hunk) -> Hunk:
    return Hunk(first.old + second.old, first.new + second.new, same=first.same)


def pieces_of(hunks: Iterable[Hunk]) -> Iterator[Piece]:
    for hunk in hunks:
        if hunk.same:
            yield Piece("same", hunk.old)
            continue
        if hunk.old:
            yield Piece("removed", hunk.old)
        if hunk.new:
            yield Piece("added", hunk.new)
