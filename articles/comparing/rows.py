"""A comparison as rows of two columns: each line before beside the line that it became."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from articles.comparing.pieces import Piece

CONTEXT = 3  # unchanged lines around a change
MOST_LEVEL = 200  # lines of one change that are put beside those they share most with


@dataclass(frozen=True, slots=True)
class Side:
    """One line of one of the texts, by its number from 1."""

    number: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line before, a line after, or both; `skipped` unchanged lines where there is neither."""

    before: Side | None = None
    after: Side | None = None
    skipped: int = 0

    @property
    def changed(self) -> bool:
        if self.skipped:
            return False
        sides = [side for side in (self.before, self.after) if side]
        return len(sides) < 2 or any(p.kind != "same" for side in sides for p in side.pieces)


def rows_of(pieces: Iterable[Piece]) -> list[Row]:
    """Return all lines of both texts in rows."""
    page = _Page()
    for piece in pieces:
        page.take(piece)
    page.settle(ended=True)
    return page.rows


def near_changes(rows: Sequence[Row], context: int = CONTEXT) -> list[Row]:
    """Return the rows without those far from any change; [] where nothing changed."""
    changed = [place for place, row in enumerate(rows) if row.changed]
    kept: list[Row] = []
    shown = 0  # up to here, all rows are kept or skipped
    for place in changed:
        start = max(place - context, shown)
        if start > shown:
            kept.append(Row(skipped=start - shown))
        end = min(place + context + 1, len(rows))
        kept += rows[start:end]
        shown = max(shown, end)
    if changed and shown < len(rows):
        kept.append(Row(skipped=len(rows) - shown))
    return kept


class _Column:
    """One text on its way into lines."""

    def __init__(self) -> None:
        self.number = 1
        self.lines: list[Side] = []
        self.line: list[Piece] = []

    def write(self, piece: Piece) -> None:
        self.line.append(piece)

    def end_line(self) -> None:
        self.lines.append(Side(self.number, tuple(self.line)))
        self.line = []
        self.number += 1


class _Page:
    """Both columns. Where both texts are at the beginning of a line, their lines are level."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.before, self.after = _Column(), _Column()
        # How much the lines of these numbers share, since both columns were level last.
        self.shared: Counter[tuple[int, int]] = Counter()

    def take(self, piece: Piece) -> None:
        columns = {
            "same": (self.before, self.after),
            "removed": (self.before,),
            "added": (self.after,),
        }[piece.kind]
        for text, ends in _by_line(piece.text):
            if piece.kind == "same":
                self.settle()
                self.shared[self.before.number, self.after.number] += len(text.strip())
            for column in columns:
                if text:
                    column.write(Piece(piece.kind, text))
                if ends:
                    column.end_line()

    def settle(self, *, ended: bool = False) -> None:
        """Put lines that are whole in both texts level."""
        columns = (self.before, self.after)
        if ended:
            for column in columns:
                if column.line:
                    column.end_line()
        elif any(column.line for column in columns):
            return
        before, after = self.before.lines, self.after.lines
        i = j = 0
        for to, beside in [*self._level(), (len(before), len(after))]:
            self.rows += (Row(*sides) for sides in zip_longest(before[i:to], after[j:beside]))
            i, j = to, beside
        self.before.lines, self.after.lines = [], []
        self.shared.clear()

    def _level(self) -> list[tuple[int, int]]:
        """Return the places of lines that belong beside each other: those that share most."""
        before, after = self.before.lines, self.after.lines
        if len(before) == len(after):
            return []
        found: list[tuple[int, int]] = []
        for (number, other), length in self.shared.most_common(MOST_LEVEL):
            pair = (
                number - before[0].number if before else 0,
                other - after[0].number if after else 0,
            )
            at = bisect_left(found, pair)
            fits_before = at == 0 or (found[at - 1][0] < pair[0] and found[at - 1][1] < pair[1])
            fits_after = at == len(found) or (pair[0] < found[at][0] and pair[1] < found[at][1])
            if length and fits_before and fits_after:
                found.insert(at, pair)
        return found


def _by_line(text: str) -> Iterator[tuple[str, bool]]:
    """Yield each line, and whether it ends here."""
    *whole, rest = text.split("\n")
    for line in whole:
        yield line, True
    if rest:
        yield rest, False
