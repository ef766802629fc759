"""The words by which a text is found: folded alike for what is stored and for what is asked.

Case, width, accents and the two ways of writing Chinese make no difference. Scripts without blanks
give each character and each pair of neighbours, so that a word of one or two characters is found,
and a longer one by its pairs; nothing depends on a dictionary.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from articles.chinese import simplified
from articles.comparing.tokens import SINGLE
from articles.document.text import normalized

LONGEST_WORD = 40  # characters: the rest of a longer one is neither stored nor asked for
# Of all words of a text: more than any manual has, and what PostgreSQL's tsvector (1 MB) can hold.
MOST_BYTES = 400_000
MOST_ASKED = 12  # words and pairs; each costs a look into the index
LONGEST_QUESTION = 1_000  # characters

_RUN = re.compile(rf"(?P<single>[{SINGLE}]+)|[^\W_{SINGLE}]+")

# No mark is a letter, a blank or in ASCII.
_SIGNS = re.compile(r"[^\w\s\x00-\x7f]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: texts with all of `words`; `begins` are those that a word of the text
    may go on from. `cut` says that more was typed than is looked for."""

    words: tuple[str, ...]
    begins: frozenset[str]
    cut: bool


def index_words(parts: Iterable[str]) -> str:
    """Return every word of the parts once, between blanks. What comes first is kept where a text
    has too many."""
    kept: dict[str, None] = {}
    size = 0
    for part in parts:
        for run in _runs(part):
            for word in _stored(run):
                if word in kept:
                    continue
                size += len(word.encode()) + 1
                if size > MOST_BYTES:
                    return " ".join(kept)
                kept[word] = None
    return " ".join(kept)


def asked_words(typed: str) -> Asked:
    """Return what to look for where `typed` stands in the search box; nothing in it is syntax."""
    words: dict[str, None] = {}
    begins = set()
    for run in _runs(typed[:LONGEST_QUESTION]):
        if run["single"]:
            words |= dict.fromkeys(_pairs(run[0]) or [run[0]])
        else:
            word = run[0][:LONGEST_WORD]
            words[word] = None
            # A letter alone begins half of all words.
            begins |= {word} if len(word) > 1 else set()
    asked = tuple(words)[:MOST_ASKED]
    cut = len(words) > MOST_ASKED or len(typed) > LONGEST_QUESTION
    return Asked(asked, frozenset(begins.intersection(asked)), cut)


def _runs(text: str) -> Iterator[re.Match[str]]:
    return _RUN.finditer(_folded(text))


def _stored(run: re.Match[str]) -> Iterator[str]:
    if run["single"]:
        yield from run[0]
        yield from _pairs(run[0])
    else:
        yield run[0][:LONGEST_WORD]


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", normalized(text)).casefold()
    bare = _SIGNS.sub(_without_marks, unicodedata.normalize("NFKD", folded))
    return simplified(unicodedata.normalize("NFC", bare))


def _without_marks(signs: re.Match[str]) -> str:
    return "".join(char for char in signs[0] if unicodedata.category(char)[0] != "M")
