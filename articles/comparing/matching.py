"""Which items of two sequences are the same, in an order that both have. Bounded on any input."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

MOST_PAIRS = 40_000  # equal items of both sides, each with each, in one search for runs
MOST_CHARACTERS = 60_000  # of a changed stretch that is cut into words
MOST_SPLITS = 12  # stretches between landmarks, between landmarks in those, and so on
SMALL = 40_000  # items of one side by items of the other


class Run(NamedTuple):
    """`length` equal items, from `old` on in one sequence and from `new` on in the other."""

    old: int
    new: int
    length: int


@dataclass(slots=True)
class Effort:
    """How much may be searched yet. What is beyond is told as replaced, but for its ends."""

    pairs: int = 250_000
    characters: int = 400_000

    def allows(self, pairs: int) -> bool:
        if pairs > min(MOST_PAIRS, self.pairs):
            return False
        self.pairs -= pairs
        return True

    def reads(self, characters: int) -> bool:
        """Whether a changed stretch may be cut into words."""
        if characters > min(MOST_CHARACTERS, self.characters):
            return False
        self.characters -= characters
        return True


class _Stretch(NamedTuple):
    old: int
    old_end: int
    new: int
    new_end: int
    depth: int

    @property
    def size(self) -> int:
        return (self.old_end - self.old) * (self.new_end - self.new)


def runs(
    old: Sequence[str],
    new: Sequence[str],
    *,
    effort: Effort,
) -> list[Run]:
    """Return the runs that both have, in order, none touching the next in both.

    Blank items are only found beside others: two texts share many, and by chance.
    """
    found: list[Run] = []
    todo = [_Stretch(0, len(old), 0, len(new), 0)]
    while todo:
        stretch = _ends(old, new, todo.pop(), found)
        if not stretch.size:
            continue
        if stretch.size > SMALL and stretch.depth < MOST_SPLITS:
            landmarks = _landmarks(old, new, stretch)
            if landmarks:
                todo += _between(stretch, landmarks)
                found += (Run(i, j, 1) for i, j in landmarks)
                continue
        found += _searched(old, new, stretch, effort=effort)
    return _touching_joined(sorted(found))


def _ends(old: Sequence[str], new: Sequence[str], stretch: _Stretch, found: list[Run]) -> _Stretch:
    """Take what is the same at both ends of the stretch."""
    i, i_end, j, j_end, depth = stretch
    while i < i_end and j < j_end and old[i] == new[j]:
        i, j = i + 1, j + 1
    if i > stretch.old:
        found.append(Run(stretch.old, stretch.new, i - stretch.old))
    while i < i_end and j < j_end and old[i_end - 1] == new[j_end - 1]:
        i_end, j_end = i_end - 1, j_end - 1
    if i_end < stretch.old_end:
        found.append(Run(i_end, j_end, stretch.old_end - i_end))
    return _Stretch(i, i_end, j, j_end, depth)


def _landmarks(old: Sequence[str], new: Sequence[str], stretch: _Stretch) -> list[tuple[int, int]]:
    """Return the most items that stand just once in each and in one order (patience diff)."""
    i, i_end, j, j_end, _depth = stretch
    in_old, in_new = Counter(old[i:i_end]), Counter(new[j:j_end])
    place = {new[at]: at for at in range(j, j_end) if in_new[new[at]] == 1}
    pairs = [
        (at, place[old[at]]) for at in range(i, i_end) if in_old[old[at]] == 1 and old[at] in place
    ]
    tails: list[int] = []  # the smallest place that ends a rising row of each length
    ends: list[int] = []
    before = [-1] * len(pairs)
    for number, (_at, to) in enumerate(pairs):
        length = bisect_left(tails, to)
        before[number] = ends[length - 1] if length else -1
        tails[length : length + 1] = [to]
        ends[length : length + 1] = [number]
    row, number = [], ends[-1] if ends else -1
    while number >= 0:
        row.append(pairs[number])
        number = before[number]
    return row[::-1]


def _between(stretch: _Stretch, landmarks: Sequence[tuple[int, int]]) -> list[_Stretch]:
    i, i_end, j, j_end, depth = stretch
    starts = [(i, j), *((at + 1, to + 1) for at, to in landmarks)]
    ends = [*landmarks, (i_end, j_end)]
    return [
        _Stretch(i, at, j, to, depth + 1) for (i, j), (at, to) in zip(starts, ends, strict=True)
    ]


def _searched(
    old: Sequence[str], new: Sequence[str], stretch: _Stretch, *, effort: Effort
) -> list[Run]:
    """Return the longest runs of what is not blank, each with the blanks around it."""
    i, i_end, j, j_end, _depth = stretch
    places = [at for at in range(i, i_end) if not old[at].isspace()]
    others = [at for at in range(j, j_end) if not new[at].isspace()]
    in_new = Counter(new[at] for at in others)
    if not effort.allows(sum(in_new[old[at]] for at in places)):
        return []
    matcher = SequenceMatcher(
        None, [old[at] for at in places], [new[at] for at in others], autojunk=False
    )
    found: list[Run] = []
    for a, b, size in matcher.get_matching_blocks():
        for step in range(size):
            at, to = places[a + step], others[b + step]
            found += [*_blanks(old, new, (i, at), (j, to)), Run(at, to, 1)]
            i, j = at + 1, to + 1
    return [*found, *_blanks(old, new, (i, i_end), (j, j_end))]


def _blanks(
    old: Sequence[str], new: Sequence[str], between: tuple[int, int], other: tuple[int, int]
) -> Iterator[Run]:
    """Yield the blanks that are the same at both ends of what stands between two runs."""
    (i, i_end), (j, j_end) = between, other
    while i < i_end and j < j_end and old[i] == new[j] and old[i].isspace():
        yield Run(i, j, 1)
        i, j = i + 1, j + 1
    while i < i_end and j < j_end and old[i_end - 1] == new[j_end - 1] and old[i_end - 1].isspace():
        i_end, j_end = i_end - 1, j_end - 1
        yield Run(i_end, j_end, 1)


def _touching_joined(found: Sequence[Run]) -> list[Run]:
    joined: list[Run] = []
    for run in found:
        if joined:
            last = joined[-1]
            if (last.old + last.length, last.new + last.length) == (run.old, run.new):
                joined[-1] = Run(last.old, last.new, last.length + run.length)
                continue
        joined.append(run)
    return joined
