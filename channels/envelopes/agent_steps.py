"""Boxes to tick before the steps of an agent's card. They are markup and say nothing, so the words
of the card stay those that are stored.

The pattern begins with a raw `<`, which our HTML writes as an entity wherever an author typed it:
it can only match markup that the renderer set.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

_TAG = re.compile(r'<(/?)(ol|ul|li)(?: start="(\d+)")?>')
_ANY_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Step:
    number: int  # from 1, of all steps of the article
    shown: int  # what stands before it
    words: str  # 16 hexadecimal digits: of what it says, and which of its like it is
    at: int  # where it begins in the HTML, in characters

    @property
    def name(self) -> str:
        """What a form calls it."""
        return f"{self.number}.{self.words}"


def steps_of(html: str) -> list[Step]:
    """Return the items of the ordered lists, in their order."""
    lists: list[tuple[str, int]] = []  # those that are open: their tags, and the next number
    opened: list[tuple[int, int, int] | None] = []  # the items that are open: None for no step
    found: list[tuple[int, int, int, int]] = []
    number = 0
    for tag in _TAG.finditer(html):
        closing, name, start = tag.groups()
        if name != "li":
            lists = lists[:-1] if closing else [*lists, (name, int(start or 1))]
        elif closing:
            if item := opened.pop():
                found.append((*item, tag.start()))
        elif lists[-1][0] == "ol":
            number += 1
            shown = lists[-1][1]
            lists[-1] = ("ol", shown + 1)
            opened.append((number, shown, tag.end()))
        else:
            opened.append(None)
    seen: Counter[str] = Counter()
    steps = []
    for number, shown, at, end in sorted(found):
        said = " ".join(_ANY_TAG.sub("", html[at:end]).split())
        seen[said] += 1
        words = hashlib.sha256(f"{seen[said]} {said}".encode()).hexdigest()[:16]
        steps.append(Step(number, shown, words, at))
    return steps


def with_boxes(
    html: str,
    steps: Sequence[Step],
    *,
    is_ticked: Callable[[Step], bool],
    label: Callable[[Step], str],
) -> str:
    """Put a button that is a box before each of the `steps` of this HTML; it belongs to the form
    `steps`, to which it sends the step's name and whether it is to be ticked (1) or not (0)."""
    parts = []
    end = 0
    for step in steps:
        ticked, wanted = ("true", 0) if is_ticked(step) else ("false", 1)
        parts += [
            html[end : step.at],
            '<button class="step" type="submit" form="steps" name="step"'
            f' value="{step.name}.{wanted}"'
            f' role="checkbox" aria-checked="{ticked}"'
            f' aria-label="{escape(label(step))}"></button>',
        ]
        end = step.at
    return "".join([*parts, html[end:]])
