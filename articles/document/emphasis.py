"""Emphasis and strong: which runs of `*` and `_` pair up, in linear time.

The pairing is CommonMark's (section 6.2, with its rule of three), but punctuation does not keep
a `*` from opening or closing: there are no blanks around emphasis in a Chinese sentence. The
library's own pattern loses text (`*a **b*c` becomes `*a <strong>b</strong>`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from articles.document.blocks import Emphasis, Inline, Strong, Text

_RUN = re.compile(r"\*+|_+")
_STRONG = 2  # delimiters; one makes emphasis
_WRAPPERS: dict[int, type[Emphasis | Strong]] = {1: Emphasis, _STRONG: Strong}


@dataclass(slots=True)
class _Run:
    char: str
    length: int
    opens: bool
    closes: bool
    left: int  # delimiters that have no partner yet
    opened: list[int] = field(default_factory=list)  # sizes, innermost first
    closed: list[int] = field(default_factory=list)  # sizes, innermost first

    def may_close(self, opener: _Run) -> bool:
        if opener.char != self.char:
            return False
        one_is_both = opener.closes or self.opens
        odd = (opener.length + self.length) % 3 == 0 and self.length % 3 != 0
        return not (one_is_both and odd)


def emphasized(parts: Sequence[str | Inline], plain: Callable[[str], str]) -> list[Inline]:
    """Return `parts` with emphasis made of their marks; texts go through `plain`."""
    split = _split(parts)
    _pair([part for part in split if isinstance(part, _Run)])
    return _built(split, plain)


def _split(parts: Sequence[str | Inline]) -> list[str | Inline | _Run]:
    """Part texts from the runs in them; nodes next to a run are neither blank nor letter."""
    found: list[str | Inline | _Run] = []
    for position, part in enumerate(parts):
        if not isinstance(part, str):
            found.append(part)
            continue
        start = 0
        for run in _RUN.finditer(part):
            if run.start() > start:
                found.append(part[start : run.start()])
            start = run.end()
            before = part[run.start() - 1] if run.start() else _edge(position > 0)
            after = part[start] if start < len(part) else _edge(position + 1 < len(parts))
            found.append(_run(run[0], before, after))
        if start < len(part):
            found.append(part[start:])
    return found


def _edge(beside_node: bool) -> str:
    return "." if beside_node else " "


def _run(text: str, before: str, after: str) -> _Run:
    opens, closes = not after.isspace(), not before.isspace()
    if text[0] == "_":
        opens = opens and not (before.isalnum() or before == "_")
        closes = closes and not (after.isalnum() or after == "_")
    return _Run(text[0], len(text), opens, closes, len(text))


def _pair(runs: list[_Run]) -> None:
    """Find the opener of each closing run among those before it, the nearest first."""
    openers: list[_Run] = []
    bottoms: dict[tuple[str, bool, int], int] = {}  # below, none opens for this sort of closer
    for run in runs:
        sort = (run.char, run.opens, run.length % 3)
        while run.closes and run.left:
            place = len(openers) - 1
            bottom = bottoms.get(sort, 0)
            while place >= bottom and not run.may_close(openers[place]):
                place -= 1
            if place < bottom:
                bottoms[sort] = len(openers)
                break
            opener = openers[place]
            size = min(_STRONG, opener.left, run.left)
            for side in (opener, run):
                side.left -= size
            opener.opened.append(size)
            run.closed.append(size)
            del openers[place + (opener.left > 0) :]
            bottoms = {name: min(height, len(openers)) for name, height in bottoms.items()}
        if run.opens and run.left:
            openers.append(run)


def _built(parts: list[str | Inline | _Run], plain: Callable[[str], str]) -> list[Inline]:
    """Nest the parts between the runs; emphasis inside emphasis of its kind is none."""
    frames: list[tuple[int, list[Inline]]] = [(0, [])]
    depths = {1: 0, _STRONG: 0}
    for part in parts:
        if isinstance(part, str):
            frames[-1][1].append(Text(plain(part)))
            continue
        if not isinstance(part, _Run):
            frames[-1][1].append(part)
            continue
        for _ in part.closed:
            size, children = frames.pop()
            depths[size] -= 1
            if not depths[size]:
                frames[-1][1].append(_WRAPPERS[size](tuple(children)))
        if part.left:
            frames[-1][1].append(Text(part.char * part.left))
        for size in reversed(part.opened):
            frames.append((size, frames[-1][1] if depths[size] else []))
            depths[size] += 1
    return frames[0][1]
