"""Titles and questions that go on from what was typed so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from channels.search.engine import Record
from channels.search.folding import fold, is_han
from channels.search.words import Word, words

NOT_AT_ALL = 9


def typed_words(text: str) -> list[str]:
    """Return the words to look for, as they are written; the last may be half typed."""
    typed = (word for word in words(text) if not word.joined)
    kept: list[Word] = []
    for _, alike in groupby(typed, key=lambda word: (word.start, word.end)):
        whole, *parts = alike
        # Of what has parts these are looked for: `Tide 5` goes on from `tide5`, too.
        kept += parts or [whole]
    return [word.said for word in kept if not (is_han(word.term) and len(word.term) > 1)]


def going_on(
    text: str, typed: Sequence[str], records: Iterable[Record], most: int
) -> list[tuple[str, str]]:
    """Return (public id, title or question) of those that go on from `text`, the best first."""
    wanted = fold(" ".join(text.split()))
    phrases = []
    for record in records:
        for number, phrase in enumerate(record.asked_as):
            if (rank := _begins(fold(phrase), wanted, typed)) < NOT_AT_ALL:
                phrases.append((rank, number > 0, len(phrase), phrase, record.public_id))
    return [(public_id, phrase) for _, _, _, phrase, public_id in sorted(phrases)[:most]]


def _begins(phrase: str, wanted: str, typed: Sequence[str]) -> int:
    """Return how well `phrase` goes on from what is typed: 0 best."""
    if phrase.startswith(wanted):
        return 0
    if wanted in phrase:
        return 1
    said = {word.said for word in words(phrase)}
    whole = all(word in said for word in typed[:-1])
    return 2 if whole and any(word.startswith(typed[-1]) for word in said) else NOT_AT_ALL
