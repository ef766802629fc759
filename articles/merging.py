"""Two people changed the same text: what each changed alone is taken, what both changed is marked.

Pure: a three-way merge by lines, as diff3 does it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

YOURS = "<<<<<<< yours"
BETWEEN = "======="
THEIRS = ">>>>>>> theirs"

MOST_LINES = 5_000  # of one text; beyond, a comparison takes seconds


@dataclass(frozen=True, slots=True)
class Merged:
    """`lines` hold both texts; `conflicts` says how many places are marked in them."""

    lines: list[str]
    conflicts: int

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class _Agreed:
    """A run of lines that stands in all three texts, from these places on."""

    base: int
    yours: int
    theirs: int
    length: int


def merge(base: Sequence[str], yours: Sequence[str], theirs: Sequence[str]) -> Merged:
    """Return both changes of `base` in one text.

    Where both changed the same lines, or lines that touch, and not in the same way, both stand
    there between marks. Texts of more than 5,000 lines are one conflict, unless one is unchanged.
    """
    if max(len(base), len(yours), len(theirs)) > MOST_LINES:
        lines, conflict = _decided(base, yours, theirs)
        return Merged(lines, int(conflict))
    merged: list[str] = []
    conflicts = 0
    at = _Agreed(0, 0, 0, 0)
    for agreed in _agreed(base, yours, theirs):
        lines, conflict = _decided(
            base[at.base : agreed.base],
            yours[at.yours : agreed.yours],
            theirs[at.theirs : agreed.theirs],
        )
        conflicts += conflict
        merged += lines
        merged += base[agreed.base : agreed.base + agreed.length]
        length = agreed.length
        at = _Agreed(agreed.base + length, agreed.yours + length, agreed.theirs + length, 0)
    return Merged(merged, conflicts)


def merge_value(base: str, yours: str, theirs: str) -> tuple[str, bool]:
    """Merge what can't be marked, a title: return it, and whether both changed it otherwise; then
    it is yours."""
    if yours == base:
        return theirs, False
    return yours, theirs not in (base, yours)


def has_marks(text: str) -> bool:
    """Whether a text still holds both versions of some place."""
    lines = {line.strip() for line in text.splitlines()}
    return YOURS in lines or THEIRS in lines


def _agreed(base: Sequence[str], yours: Sequence[str], theirs: Sequence[str]) -> Iterator[_Agreed]:
    """Yield what stands in all three texts, in order; an empty run at their ends comes last."""
    in_yours = SequenceMatcher(None, base, yours).get_matching_blocks()
    in_theirs = SequenceMatcher(None, base, theirs).get_matching_blocks()
    i = j = 0
    while i < len(in_yours) and j < len(in_theirs):
        mine, other = in_yours[i], in_theirs[j]
        start = max(mine.a, other.a)
        end = min(mine.a + mine.size, other.a + other.size)
        if start < end:
            yield _Agreed(start, mine.b + start - mine.a, other.b + start - other.a, end - start)
        if mine.a + mine.size < other.a + other.size:
            i += 1
        else:
            j += 1
    yield _Agreed(len(base), len(yours), len(theirs), 0)


def _decided(
    base: Sequence[str], yours: Sequence[str], theirs: Sequence[str]
) -> tuple[list[str], bool]:
    """Return the lines for one place where not all agree, and whether it is a conflict."""
    if list(yours) == list(theirs) or list(theirs) == list(base):
        return list(yours), False
    if list(yours) == list(base):
        return list(theirs), False
    return [YOURS, *yours, BETWEEN, *theirs, THEIRS], True
