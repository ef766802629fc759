"""Cutting a text into lines, clauses and words, without losing a character of it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from functools import cache

# Scripts without blanks between words: each character stands alone, and runs are joined later.
SINGLE = (
    "\u3005-\u3007\u3021-\u3029\u3041-\u3096\u309d-\u309f\u30a1-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
LONGEST_WORD = 1_000  # characters: a place without a word's end this far is not looked for

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
# A full stop inside a number or an address ends nothing.
_CLAUSE = re.compile(
    r"(?:[^。！？；，、.!?;,\n]|[.!?;,](?!\s))+(?:[。！？；，、]+|[.!?;,]+\s*|\n)?"
    r"|[。！？；，、]+|[.!?;,]+\s*|\n"
)


def lines(text: str) -> list[str]:
    """Return the lines with their ends."""
    return _LINE.findall(text)


def clauses(text: str) -> list[str]:
    """Return the text in short runs that end with punctuation."""
    return _CLAUSE.findall(text)


def tokens(text: str) -> list[str]:
    """Return the words, blanks, line ends and signs. `19.99` and `it's` are one word; a Han or
    kana character is one; a letter keeps its marks."""
    if text.isascii():  # The common case: the same rules in a pattern that is small and fast.
        return _ASCII_TOKEN.findall(text)
    return _token().findall(text)


def weight(text: str) -> int:
    """Return how much a run of text says: two for a word, one for a Han or kana character, none
    for blanks and signs."""
    singles = len(_SINGLE.findall(text))
    words = len(_WORD.findall(_SINGLE.sub(" ", text) if singles else text))
    return singles + 2 * words


def same_ends(old: str, new: str) -> tuple[int, int]:
    """Return how many characters are the same at the beginning and, after those, at the end, as
    far as the last place there where no word is cut."""
    size = _common(lambda size: old[:size] == new[:size], min(len(old), len(new)))
    start = next(
        (at for at in _back_from(size) if _between(old, at) and _between(new, at)),
        0,
    )
    most = min(len(old), len(new)) - start
    size = _common(lambda size: old[-size:] == new[-size:], most)
    end = next(
        (
            at
            for at in _back_from(size)
            if _between(old, len(old) - at) and _between(new, len(new) - at)
        ),
        0,
    )
    return start, end


def _back_from(size: int) -> range:
    return range(size, max(size - LONGEST_WORD, 0), -1)


def _common(holds: Callable[[int], bool], most: int) -> int:
    """Return the largest size that holds, where all smaller ones do."""
    return bisect_right(range(1, most + 1), False, key=lambda size: not holds(size))


def _between(text: str, place: int) -> bool:
    """Whether words surely end at `place`: at a blank, or between two Han characters."""
    around = text[max(place - 1, 0) : place + 1]
    return len(around) < 2 or around[0].isspace() or len(_SINGLE.findall(around)) == 2


_SINGLE = re.compile(f"[{SINGLE}]")
_WORD = re.compile(r"[^\W_]+(?:['’.,:][^\W_]+)*")
_INNER = r"(?<=\d)[.,:](?=\d)|(?<=[^\W\d_])['’](?=[^\W\d_])"
_ASCII_TOKEN = re.compile(rf"\w+(?:(?:{_INNER})\w+)*|\n|[^\S\n]+|.", re.ASCII)


@cache
def _token() -> re.Pattern[str]:
    letter, marks = rf"[^\W{SINGLE}]", rf"[{_marks()}\u200d]"
    return re.compile(
        rf"[{SINGLE}]{marks}*|{letter}+(?:(?:{_INNER}|{marks}+){letter}*)*"
        rf"|\n|[^\S\n]+|.{marks}*",
        re.DOTALL,
    )


def _marks() -> str:
    """Return, as the inside of a character class, what is set on the letter before it."""
    ranges: list[str] = []
    start = -1
    for code in range(0x20000):
        is_mark = unicodedata.category(chr(code))[0] == "M"
        if is_mark and start < 0:
            start = code
        elif not is_mark and start >= 0:
            ranges.append(f"{chr(start)}-{chr(code - 1)}")
            start = -1
    return "".join(ranges) + "\U000e0100-\U000e01ef"
