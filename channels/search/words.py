"""The words of a text as the index knows them: one analysis for texts and for questions.

English words are stemmed; a run of Han characters gives its dictionary words and each of its
characters; a name that holds other signs (`E-1042`, `System.String`) gives its parts and itself
without the signs. Anything that is neither letter nor digit only keeps words apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from whoosh.lang.porter2 import stem

from articles.chinese_words import chinese_dictionary
from articles.document.text import normalized
from channels.search.folding import HAN, fold, is_han
from channels.search.stop_words import STOP_WORDS

LETTER = rf"[^\W_{HAN}]"
_WORD = rf"{LETTER}+(?:['’]{LETTER}+)*"
_RUN = re.compile(rf"(?P<han>[{HAN}]+)|{_WORD}(?:[-‐‑._/&+@]{_WORD})*")
_PART = re.compile(_WORD)
_NAME_OR_NUMBER = re.compile(r"[a-z]+|[0-9]+")
LONGEST_JOINED = 24  # characters of a name written without its signs


class Word(NamedTuple):  # Half the time that a dataclass takes to make, and there are thousands.
    """A term and the place where it stands, counted in words (Han: in characters)."""

    place: int
    term: str
    said: str  # the word as it is written, folded
    start: int  # in the text, for questions that are mended
    end: int
    inside: bool = False  # a part of a longer term at the same place
    joined: bool = False  # a name without the signs inside it; its parts follow

    @property
    def is_empty(self) -> bool:
        """Whether the word says nothing about what is asked."""
        return self.said in STOP_WORDS


def words(text: str) -> Iterator[Word]:
    """Yield every term of `text`, in reading order."""
    # Composed first: an accent of its own would part a word.
    folded = fold(normalized(text))
    place = 0
    for run in _RUN.finditer(folded):
        if run["han"]:
            yield from _han(run["han"], place, run.start())
            place += len(run["han"])
        else:
            parts = list(_PART.finditer(run[0]))
            if len(parts) > 1:
                joined = "".join(map(_plain, (part[0] for part in parts)))
                if len(joined) <= LONGEST_JOINED:
                    yield Word(place, _stem(joined), joined, run.start(), run.end(), joined=True)
            for part in parts:
                start = run.start() + part.start()
                yield from _latin(part[0], place, start, inside=len(parts) > 1)
                place += 1


def units(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield (term, start, end) of each Latin word and each Han character: the units of phrases."""
    folded = fold(normalized(text))
    for run in _RUN.finditer(folded):
        if run["han"]:
            yield from (
                (one, run.start() + at, run.start() + at + 1) for at, one in enumerate(run[0])
            )
        else:
            for part in _PART.finditer(run[0]):
                start = run.start() + part.start()
                yield _stem(_plain(part[0])), start, start + len(part[0])


def phrase_terms(phrase: str) -> tuple[str, ...]:
    """Return the terms by which a text that says `phrase` is found, those that say something."""
    found = [word for word in words(phrase) if not word.is_empty]
    whole = [word for word in found if not word.inside or is_han(word.term)]
    return tuple(
        dict.fromkeys(
            word.term for word in whole if not any(_is_part(word, other) for other in whole)
        )
    )


def word_terms(word: str) -> set[str]:
    """Return the terms of one word, folded and not Han."""
    return {found.term for found in _latin(word, 0, 0, inside=False)}


def _is_part(word: Word, other: Word) -> bool:
    """Whether a longer Han word holds this one."""
    longer = other.end - other.start > word.end - word.start
    return longer and other.start <= word.start and word.end <= other.end


def _han(run: str, place: int, start: int) -> Iterator[Word]:
    for said, begin, end in chinese_dictionary().tokenize(run, "search"):
        if end - begin > 1:
            yield Word(place + begin, said, said, start + begin, start + end)
    for at, character in enumerate(run):
        yield Word(place + at, character, character, start + at, start + at + 1, inside=True)


def _latin(word: str, place: int, start: int, *, inside: bool) -> Iterator[Word]:
    end = start + len(word)
    plain = _plain(word)
    yield Word(place, _stem(plain), plain, start, end, inside)
    for part in _names_and_numbers(plain):
        yield Word(place, _stem(part), part, start, end, inside=True)


def _names_and_numbers(word: str) -> list[str]:
    """Return the parts of `iphone15pro`, which `iPhone 15 Pro` is to find, too; `5g` and `s24` have
    none."""
    if word.isalpha() or not word.isascii():
        return []
    parts = _NAME_OR_NUMBER.findall(word)
    is_whole = len(parts) < 2 or any(part.isalpha() and len(part) < 2 for part in parts)
    return [] if is_whole else parts


@lru_cache(maxsize=50_000)
def _plain(word: str) -> str:
    return word.replace("’", "'").removesuffix("'s").replace("'", "")


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    return stem(word) if word.isascii() and word.isalpha() else word
