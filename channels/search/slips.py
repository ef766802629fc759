"""Slips of the finger: a word that no text says may be one that some text does."""

from __future__ import annotations

from dataclasses import replace

from channels.search.engine import EntryBackend, Readers, entry_backend
from channels.search.folding import is_han
from channels.search.question import Option, Question, Wanted
from channels.search.words import phrase_terms

MOST_GUESSES = 3
SHORTEST_HALF, LONGEST_WHOLE = 3, 24  # letters of words that are written together
MENDED = (0.8, 0.6, 0.5)  # of a word's worth: the likeliest guess, the next ones


def mend(question: Question, readers: Readers) -> tuple[Question, str]:
    """Return the question with words of the reader's texts for those that none of them says, and
    the question as it was meant, "" where nothing was mended."""
    engine = entry_backend()
    counts = engine.frequencies(question.terms, readers)
    mended: list[Wanted] = []
    meant, moved = question.text, 0
    for one in question.wanted:
        known = any(all(counts.get(term) for term in option.terms) for option in one.options)
        guesses = [] if known else _guesses(one.said, readers, engine)
        options = (
            Option(phrase_terms(guess) or (guess,), weight)
            for guess, weight in zip(guesses, MENDED, strict=False)
        )
        mended.append(one.or_else(*options))
        if guesses:
            start, end = one.start + moved, one.end + moved
            meant = meant[:start] + guesses[0] + meant[end:]
            moved += len(guesses[0]) - (end - start)
    changed = meant != question.text
    return replace(question, wanted=tuple(mended)), meant if changed else ""


def _guesses(word: str, readers: Readers, engine: EntryBackend) -> list[str]:
    """Return what a word may have been meant to be, the likeliest first."""
    return engine.spelled_like(word, readers)[:MOST_GUESSES] or _apart(word, readers, engine)


def _apart(word: str, readers: Readers, engine: EntryBackend) -> list[str]:
    """Return the two words of the readers' texts that were written together, as one phrase."""
    if is_han(word) or len(word) > LONGEST_WHOLE:
        return []
    places = range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1)
    halves = {f"{word[:at]} {word[at:]}": phrase_terms(f"{word[:at]} {word[at:]}") for at in places}
    halves = {phrase: terms for phrase, terms in halves.items() if len(terms) == 2}
    said = engine.frequencies({term for terms in halves.values() for term in terms}, readers)
    often = {phrase: min(said.get(term, 0) for term in terms) for phrase, terms in halves.items()}
    best = max(often, key=lambda phrase: often[phrase], default="")
    return [best] if best and often[best] else []
