"""The comparison of two texts by their words: lines first, then words within changed lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from articles.comparing.matching import Effort, runs
from articles.comparing.pairing import pairs
from articles.comparing.pieces import Hunk, Piece, joined, pieces_of
from articles.comparing.readable import readable
from articles.comparing.tokens import clauses, lines, same_ends, tokens

LONG = 2_000  # characters: a longer stretch is compared by clauses first


def word_diff(before: str, after: str) -> list[Piece]:
    """Return how `before` became `after`, word by word; [] for two empty texts.

    Takes time in proportion to the texts' length: what differs too much is told as replaced.
    """
    return list(pieces_of(hunks_of(before, after)))


def hunks_of(before: str, after: str) -> list[Hunk]:
    """Return the same as stretches of both texts, the same and changed ones in turn."""
    if before == after:
        return joined([Hunk(before, after, same=True)])
    effort = Effort()
    found: list[Hunk] = []
    for hunk in _compared(lines(before), lines(after), effort):
        found += [hunk] if hunk.same else readable(joined(_by_words(hunk, effort)))
    return joined(found)


def _by_words(hunk: Hunk, effort: Effort) -> Iterator[Hunk]:
    if len(hunk.old) * len(hunk.new) <= LONG * LONG:
        yield from _words_compared(hunk, effort)
        return
    for stretch in _without_ends(hunk.old, hunk.new):
        if stretch.same:
            yield stretch
            continue
        for part in _compared(clauses(stretch.old), clauses(stretch.new), effort):
            yield from [part] if part.same else _words_compared(part, effort)


def _words_compared(hunk: Hunk, effort: Effort) -> Iterator[Hunk]:
    """Compare all words at once, and line by line; yield what finds more that stayed. A line that
    was cut in two is told by the first, a line put before a changed one by the second."""
    if not effort.reads(len(hunk.old) + len(hunk.new)):
        yield hunk
        return
    at_once = list(_compared(tokens(hunk.old), tokens(hunk.new), effort))
    if "\n" not in hunk.old[:-1] + hunk.new[:-1]:
        yield from at_once
        return
    by_lines = list(_line_by_line(hunk, effort))
    yield from by_lines if _stayed(by_lines) >= _stayed(at_once) else at_once


def _line_by_line(hunk: Hunk, effort: Effort) -> Iterator[Hunk]:
    old, new = lines(hunk.old), lines(hunk.new)
    i = j = 0
    for at, to in [*pairs(old, new), (len(old), len(new))]:
        for some, others in ((old[i:at], new[j:to]), (old[at : at + 1], new[to : to + 1])):
            yield from _compared(tokens("".join(some)), tokens("".join(others)), effort)
        i, j = at + 1, to + 1


def _stayed(hunks: Sequence[Hunk]) -> int:
    return sum(len(hunk.old) for hunk in hunks if hunk.same)


def _without_ends(old: str, new: str) -> list[Hunk]:
    """Return what is the same at both ends apart from what is between."""
    start, end = same_ends(old, new)
    old_end, new_end = len(old) - end, len(new) - end
    return joined(
        [
            Hunk(old[:start], new[:start], same=True),
            Hunk(old[start:old_end], new[start:new_end], same=False),
            Hunk(old[old_end:], new[new_end:], same=True),
        ]
    )


def _compared(
    old: Sequence[str],
    new: Sequence[str],
    effort: Effort,
) -> Iterator[Hunk]:
    i = j = 0
    for run in runs(old, new, effort=effort):
        yield Hunk("".join(old[i : run.old]), "".join(new[j : run.new]), same=False)
        same = "".join(old[run.old : run.old + run.length])
        yield Hunk(same, same, same=True)
        i, j = run.old + run.length, run.new + run.length
    yield Hunk("".join(old[i:]), "".join(new[j:]), same=False)
