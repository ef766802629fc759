"""Other words for the same thing: the ones that come with the program, and those of the editors.

A line is a group: `refund, money back` finds either by the other; `died > bereavement` leads from
the left to the right alone. What is on a line is not carried on to another line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from channels.search.words import phrase_terms, units

Terms = tuple[str, ...]

FOLDER = Path(__file__).parent / "thesaurus"
LONGEST_PHRASE = 8  # words, or Han characters


@dataclass(frozen=True, slots=True)
class Meaning:
    """What stands from `start` to `end` of a question is also called one of `others`."""

    start: int
    end: int
    others: tuple[Terms, ...]


class Thesaurus:
    def __init__(self, lines: Iterable[str] = ()) -> None:
        self._others: dict[Terms, dict[Terms, None]] = defaultdict(dict)
        for line in lines:
            self._add(line.partition("#")[0])

    def meanings(self, text: str) -> Iterator[Meaning]:
        """Yield what stands in `text` and is known by other words, the longest phrases first."""
        found = list(units(text))
        for length in range(min(LONGEST_PHRASE, len(found)), 0, -1):
            for at in range(len(found) - length + 1):
                phrase = found[at : at + length]
                if others := self._others.get(tuple(term for term, _, _ in phrase)):
                    yield Meaning(phrase[0][1], phrase[-1][2], tuple(others))

    def joined(self, other: Thesaurus) -> Thesaurus:
        """Return one that knows what either does."""
        both = Thesaurus()
        for one in (self, other):
            for said, others in one._others.items():
                both._others[said] |= others
        return both

    def _add(self, line: str) -> None:
        left, arrow, right = line.partition(">")
        said, meant = _phrases(left), _phrases(right)
        for one in said:
            key = tuple(term for term, _, _ in units(one))
            for other in meant if arrow else said:
                terms = phrase_terms(other)
                if key and terms and one != other:
                    self._others[key][terms] = None


@cache
def shipped(language: str) -> Thesaurus:
    """Return the thesaurus that comes with the program for a language such as `en` or `zh`."""
    path = FOLDER / f"{language}.txt"
    return Thesaurus(path.read_text("utf-8").splitlines() if path.is_file() else ())


def _phrases(text: str) -> list[str]:
    return [phrase.strip() for phrase in text.replace("，", ",").split(",") if phrase.strip()]
