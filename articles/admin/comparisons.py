"""Two texts side by side: a unified diff by lines, with the words that changed marked in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from articles.models import Revision

CONTEXT = 3  # unchanged lines around a change
# Beyond these a comparison takes seconds; the texts are then shown whole, as removed and added.
MOST_LINES = 2_000
MOST_WORDS_IN_LINE = 400
MOST_LINES_MARKED = 100  # in one run of changed lines

# A Han or kana character is a word of its own, as it is to a reader.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\w+|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Part:
    text: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a diff; `kind` is same, removed, added or skip (lines left out here)."""

    kind: str
    parts: tuple[Part, ...] = ()


def compare(before: str, after: str) -> list[Line]:
    """Return the unified diff of two texts; an empty list where they are the same."""
    old, new = before.splitlines(), after.splitlines()
    if old == new:
        return []
    if len(old) > MOST_LINES or len(new) > MOST_LINES:
        return [*_whole(old, "removed"), *_whole(new, "added")]
    lines: list[Line] = []
    groups = SequenceMatcher(None, old, new).get_grouped_opcodes(CONTEXT)
    for number, group in enumerate(groups):
        if number or group[0][1] > 0:
            lines.append(Line("skip"))
        for change, i1, i2, j1, j2 in group:
            match change:
                case "equal":
                    lines += _whole(old[i1:i2], "same")
                case "replace":
                    lines += _replaced(old[i1:i2], new[j1:j2])
                case _:
                    lines += [*_whole(old[i1:i2], "removed"), *_whole(new[j1:j2], "added")]
    return lines


def as_text(revision: Revision | None) -> str:
    """Return all that a revision says as one text to compare; "" for none."""
    if revision is None:
        return ""
    return said(
        title=revision.title,
        summary=revision.summary,
        questions=revision.questions,
        body=revision.body,
    )


def said(*, title: str, summary: str, questions: Sequence[str], body: str) -> str:
    """Return title, summary, questions and body as one text to compare."""
    parts = [title, summary, "\n".join(f"? {question}" for question in questions), body.strip()]
    return "\n\n".join(part for part in parts if part) + "\n"


def _whole(lines: Sequence[str], kind: str) -> Iterator[Line]:
    for line in lines:
        yield Line(kind, (Part(line),))


def _replaced(old: Sequence[str], new: Sequence[str]) -> list[Line]:
    """Mark the words that changed where a line stands for a line."""
    if len(old) != len(new) or len(old) > MOST_LINES_MARKED:
        return [*_whole(old, "removed"), *_whole(new, "added")]
    removed, added = [], []
    for before, after in zip(old, new, strict=True):
        gone, come = _words(before, after)
        removed.append(Line("removed", gone))
        added.append(Line("added", come))
    return [*removed, *added]


def _words(before: str, after: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) > MOST_WORDS_IN_LINE:
        return (Part(before),), (Part(after),)
    gone, come = [], []
    for change, i1, i2, j1, j2 in SequenceMatcher(None, old, new).get_opcodes():
        if i1 < i2:
            gone.append(Part("".join(old[i1:i2]), changed=change != "equal"))
        if j1 < j2:
            come.append(Part("".join(new[j1:j2]), changed=change != "equal"))
    return tuple(gone), tuple(come)
