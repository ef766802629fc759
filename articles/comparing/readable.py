"""Changes as a reader would name them: no lone characters that stayed by chance, whole words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate

from articles.chinese_words import chinese_words
from articles.comparing.pieces import Hunk, joined
from articles.comparing.tokens import SINGLE, weight

MOST_CUT = 20_000  # characters of a changed stretch that are cut into Chinese words

_NUMBER = re.compile("[〇零一二两兩三四五六七八九十百千万萬亿億半]+")
_HAN = re.compile(f"[{SINGLE}]")


def readable(hunks: Sequence[Hunk]) -> list[Hunk]:
    """Return the hunks of a changed stretch, each change as a run that can be read."""
    return _whole_words(_without_islands(hunks))


def _without_islands(hunks: Sequence[Hunk]) -> list[Hunk]:
    """Give what stayed between two changes to them where it says little beside them."""
    kept: list[Hunk] = []
    says: list[int] = []  # of each hunk, the more of both texts
    for hunk in hunks:
        kept.append(hunk)
        says.append(max(weight(hunk.old), weight(hunk.new)))
        while len(kept) >= 3 and not hunk.same and _is_island(kept[-3:], says[-3:]):
            kept[-3:] = joined(replace(part, same=False) for part in kept[-3:])
            says[-3:] = [sum(says[-3:])]
    return kept


def _is_island(hunks: Sequence[Hunk], says: Sequence[int]) -> bool:
    """Whether the hunk in the middle is one; the beginning and the end of a line never are."""
    before, stayed, after = hunks
    if "\n" in stayed.old or _all(before, "\n", str.endswith) or _all(after, "\n", str.startswith):
        return False
    return 2 * says[1] <= min(says[0], says[2]) > 0


def _all(change: Hunk, sign: str, holds: Callable[[str, str], bool]) -> bool:
    """Whether it holds for what went and for what came, as far as there is any."""
    return all(holds(text, sign) for text in (change.old, change.new) if text)


def _whole_words(hunks: Sequence[Hunk]) -> list[Hunk]:
    """Widen a change that begins or ends inside a Chinese word to all of it, where both texts have
    the word there."""
    old, new = "".join(hunk.old for hunk in hunks), "".join(hunk.new for hunk in hunks)
    if max(len(old), len(new)) > MOST_CUT or not (_HAN.search(old) and _HAN.search(new)):
        return list(hunks)
    in_old, in_new = _word_starts(old), _word_starts(new)
    widened: list[Hunk] = []
    i = j = 0
    for place, hunk in enumerate(hunks):
        end, new_end = i + len(hunk.old), j + len(hunk.new)
        if hunk.same:
            head, tail = 0, len(hunk.old)
            if place and not _is_number(hunks[place - 1]):
                head = min(_to_next(in_old, i), _to_next(in_new, j), tail)
            if place + 1 < len(hunks) and not _is_number(hunks[place + 1]):
                tail -= min(_since_last(in_old, end), _since_last(in_new, new_end), tail - head)
            for start, stop, same in ((0, head, False), (head, tail, True), (tail, None, False)):
                text = hunk.old[start:stop]
                widened.append(Hunk(text, text, same=same))
        else:
            widened.append(hunk)
        i, j = end, new_end
    return joined(widened)


def _is_number(change: Hunk) -> bool:
    """Whether one number became another, of however many: 三个 is a word, yet 三 is what counts."""
    return all(_NUMBER.fullmatch(text) for text in (change.old, change.new))


def _word_starts(text: str) -> list[int]:
    """Return where each word begins, and where the text ends."""
    return list(accumulate(map(len, chinese_words(text)), initial=0))


def _to_next(starts: Sequence[int], place: int) -> int:
    return starts[bisect_left(starts, place)] - place


def _since_last(starts: Sequence[int], place: int) -> int:
    return place - starts[bisect_right(starts, place) - 1]
