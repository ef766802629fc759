"""Which words of the readers' texts a word may be a slip of."""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz.distance import OSA

from channels.search.folding import is_han

# A slip has another first letter so rarely that other words with it would be in its way.
LETTERS_OF_ONE_SLIP, LETTERS_OF_TWO = 4, 8
# Of a word so short, another first letter makes another word: `bread` is no slip of `read`.
SHORT = 5


def slips_allowed(word: str) -> int:
    """How many letters of a word, not Chinese, may be wrong."""
    return (len(word) >= LETTERS_OF_ONE_SLIP) + (len(word) >= LETTERS_OF_TWO)


def likeliest(word: str, said: Mapping[str, int]) -> list[str]:
    """Return the others of the words that texts say so often, the likeliest first."""
    is_short = len(word) <= SHORT and not is_han(word)
    others = (other for other in said if other != word and not _is_shorthand(other))
    kept = (other for other in others if not is_short or other[0] == word[0])
    distance = {other: OSA.distance(word, other) for other in kept}
    ordered = sorted(distance, key=lambda other: (distance[other], -said[other], other))
    return [other for other in ordered if said[other]]


def _is_shorthand(word: str) -> bool:
    """Whether a word is too short to be meant by a longer one: `mony` is money, not the short for
    Monday; but `100m` may be 100."""
    return len(word) < LETTERS_OF_ONE_SLIP and word.isascii() and word.isalpha()
