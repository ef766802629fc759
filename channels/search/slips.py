"""Slips of the finger: a word that no text says may be one that some text does."""

from __future__ import annotations

from dataclasses import replace

from channels.search.engine import Readers, entry_backend
from channels.search.question import Option, Question, Wanted
from channels.search.words import phrase_terms

MOST_GUESSES = 3
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
        guesses = [] if known else engine.spelled_like(one.said, readers)[:MOST_GUESSES]
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
