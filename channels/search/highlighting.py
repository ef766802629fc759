"""The passage of a text that says what was asked, with the words found marked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString

from channels.search.folding import HAN, fold, is_han
from channels.search.words import LETTER, word_terms

# Characters of a passage; a Han character says about as much as two or three letters.
LATIN_WIDTH, HAN_WIDTH = 180, 80
MOST_MATCHES = 40  # of one term, looked at in one text

_LETTER = re.compile(LETTER)
_WORD = re.compile(f"{LETTER}+(?:['’]{LETTER}+)*")
_BLANK = re.compile(r"\s")


def passage(text: str, terms: Sequence[str]) -> SafeString | None:
    """Return the part of `text` that says most of `terms`, as HTML; None where it says none."""
    matches = _matches(text, terms)
    if not matches:
        return None
    width = HAN_WIDTH if re.search(f"[{HAN}]", text[:200]) else LATIN_WIDTH
    first = _richest(matches, width)
    start, end = _bounds(text, matches[first][0], width)
    return _marked(text, [match[:2] for match in matches], start, end)


def beginning(text: str) -> SafeString:
    """Return the first words of `text`, as HTML."""
    start, end = _bounds(text, 0, HAN_WIDTH if re.search(f"[{HAN}]", text[:200]) else LATIN_WIDTH)
    return _marked(text, [], start, end)


def _matches(text: str, terms: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return (start, end, term) where `text` says a term, in reading order."""
    folded = fold(text)
    characters = set(folded)
    found: list[tuple[int, int, str]] = []
    for term in terms:
        if not is_han(term):
            found += _words(folded, term)
        elif not characters.issuperset(term):
            continue
        elif places := _places(folded, term):
            found += [(at, at + len(term), term) for at in places]
        else:  # Its characters apart.
            found += [(at, at + 1, term) for one in set(term) for at in _places(folded, one)]
    # Of two that begin together the longer is marked.
    return sorted(found, key=lambda match: (match[0], -match[1]))


def _words(folded: str, term: str) -> Iterator[tuple[int, int, str]]:
    """Yield where a word stands that has the term: it begins as its stem does, nearly."""
    # A stem's last letter may be of its own making: batteri, hope (of hoping).
    beginning = term[:-1] if len(term) > 3 and term[-1] in "ie" else term
    for at in _places(folded, beginning):
        word = _WORD.match(folded, at)
        if word and not _LETTER.match(folded, max(at - 1, 0), at) and term in word_terms(word[0]):
            yield at, word.end(), term


def _places(folded: str, part: str) -> list[int]:
    places: list[int] = []
    at = folded.find(part)
    while at >= 0 and len(places) < MOST_MATCHES:
        places.append(at)
        at = folded.find(part, at + len(part))
    return places


def _richest(matches: list[tuple[int, int, str]], width: int) -> int:
    """Return the first of the matches around which most different terms stand."""
    best, most, end = 0, 0, 0
    near: Counter[str] = Counter()
    for index, (start, _, term) in enumerate(matches):
        while end < len(matches) and matches[end][0] < start + width * 3 // 4:
            near[matches[end][2]] += 1
            end += 1
        if len(near) > most:
            best, most = index, len(near)
        near[term] -= 1
        if not near[term]:
            del near[term]
    return best


def _bounds(text: str, around: int, width: int) -> tuple[int, int]:
    """Return a stretch of about `width` characters from a little before `around`, at word ends.

    Where the text ends soon it begins earlier, but never so early that a reader who sees two lines
    of it would not see what was found.
    """
    start = max(0, min(around - width // 4, max(len(text) - width, around - width // 3)))
    end = min(len(text), start + width)
    if start and (blank := _BLANK.search(text, start, min(around, start + 20))):
        start = blank.end()
    if end < len(text) and (blank := _BLANK.search(text, end, end + 20)):
        end = blank.start()
    return start, end


def _marked(text: str, matches: list[tuple[int, int]], start: int, end: int) -> SafeString:
    parts = ["… "] if start else []
    at = start
    for begins, ends in matches:
        if begins < at or ends > end:
            continue
        parts.append(escape(text[at:begins]))
        parts.append(f"<mark>{escape(text[begins:ends])}</mark>")
        at = ends
    parts.append(escape(text[at:end]))
    if end < len(text):
        parts.append(" …")
    return SafeString("".join(parts))
