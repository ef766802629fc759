"""Which changed line became which: those that say most of the same, in an order that both have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from articles.comparing.tokens import tokens

MOST_PAIRS = 900  # lines of one text, each with each of the other
LEAST_ALIKE = 0.4  # of the words of both


def pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of lines that are alike, in rising order; [] where there are too many
    lines to tell. What is alike most, taken together, is what is paired."""
    if len(old) * len(new) > MOST_PAIRS:
        return []
    said, says = [_words(line) for line in old], [_words(line) for line in new]
    # The best that can be had of the lines from `i` and from `j` on.
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    alike = [[_alike(one, other) for other in says] for one in said]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            both = alike[i][j] + best[i + 1][j + 1] if alike[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], both)
    found = []
    i = j = 0
    while i < len(old) and j < len(new):
        if alike[i][j] and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _words(line: str) -> Counter[str]:
    return Counter(token for token in tokens(line) if token[0].isalnum())


def _alike(one: Counter[str], other: Counter[str]) -> float:
    """Return how much of both lines is the same, from LEAST_ALIKE to 1; 0 for less."""
    size = one.total() + other.total()
    share = 2 * (one & other).total() / size if size else 0.0
    return share if share >= LEAST_ALIKE else 0.0
