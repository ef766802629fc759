"""A question as the index is asked it: what is wanted, each with the words that say it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from channels.search.folding import is_han
from channels.search.thesaurus import Thesaurus
from channels.search.words import Word, words

LONGEST_QUESTION = 400  # characters; the rest of a longer one is ignored
MOST_WANTED = 48  # words and characters of a question; each costs looks into the index
MOST_OPTIONS = 12  # ways to say one of them

# How much of a word's worth another way of saying it has.
JOINED, SYNONYM, SCATTERED = 1.0, 0.7, 0.5
# Of a word's worth: a Han character in it. Two words that share one are often akin.
CHARACTER = 0.3


@dataclass(frozen=True, slots=True)
class Option:
    """Terms that must all stand in a text, near each other, to say what is wanted."""

    terms: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """One word of a question. The first option is the word itself."""

    said: str
    start: int  # in the question
    end: int
    options: tuple[Option, ...]
    share: float = 1.0  # of a whole word's worth

    def or_else(self, *options: Option) -> Wanted:
        """Return the same with more ways to say it."""
        known = {option.terms for option in self.options}
        more = tuple(option for option in options if option.terms not in known)
        return replace(self, options=(self.options + more)[:MOST_OPTIONS])


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    wanted: tuple[Wanted, ...]
    is_empty: bool = False  # whether none of its words says what is asked: `how do I`

    @property
    def terms(self) -> list[str]:
        """Every term of every option, once."""
        return list(
            dict.fromkeys(
                term for one in self.wanted for option in one.options for term in option.terms
            )
        )


def read_question(text: str, thesaurus: Thesaurus) -> Question:
    """Return what `text` asks. Nothing in it is syntax; a question without a word wants nothing."""
    text = text[:LONGEST_QUESTION]
    found = list(words(text))
    telling = [word for word in found if not word.is_empty] or found
    wanted = _wanted(telling)[:MOST_WANTED]
    is_empty = all(word.is_empty for word in found)
    return Question(text, tuple(_with_meanings(text, wanted, thesaurus)), is_empty)


def _wanted(found: Sequence[Word]) -> list[Wanted]:
    """Return the words of a question, each once, with the other ways of writing it."""
    inside_words = {
        place
        for word in found
        if is_han(word.term) and len(word.term) > 1
        for place in range(word.place, word.place + len(word.term))
    }
    wanted: list[Wanted] = []
    joined: list[Word] = []
    for word in found:
        if is_han(word.term):
            if len(word.term) > 1:
                wanted.append(_one(word, Option(tuple(dict.fromkeys(word.term)), SCATTERED)))
            else:
                share = CHARACTER if word.place in inside_words else 1.0
                wanted.append(replace(_one(word), share=share))
        elif word.inside and wanted and wanted[-1].end == word.end:
            wanted[-1] = _with_part(wanted[-1], word.term)
        elif word.joined:
            joined.append(word)
        else:
            wanted.append(_one(word))
    # Of a question that is too long, whole words are kept.
    return sorted(_once(_with_joined(wanted, joined)), key=lambda one: -one.share)


def _one(word: Word, *options: Option) -> Wanted:
    first = Option((word.term,))
    return Wanted(word.said, word.start, word.end, (first,)).or_else(*options)


def _with_part(one: Wanted, term: str) -> Wanted:
    """`iphone15` is also said where `iphone` and `15` stand together."""
    own = one.options[0]
    parts = one.options[1].terms if len(one.options) > 1 else ()
    return Wanted(one.said, one.start, one.end, (own, Option((*parts, term), JOINED)))


def _with_joined(wanted: list[Wanted], joined: list[Word]) -> list[Wanted]:
    """What is written apart or with a sign between may be one word in a text: `wi-fi`, `log in`."""
    spans = [(word.start, word.end, word.term) for word in joined]
    for one, other in pairwise(wanted):
        if other.start - one.end == 1 and (one.said + other.said).isascii():
            spans.append((one.start, other.end, _joined_term(one.said + other.said)))
    for start, end, term in spans:
        wanted = [
            one.or_else(Option((term,), JOINED)) if start <= one.start and one.end <= end else one
            for one in wanted
        ]
    return wanted


def _joined_term(word: str) -> str:
    return next((found.term for found in words(word)), word)


def _once(wanted: Iterable[Wanted]) -> list[Wanted]:
    return list({one.options[0].terms: one for one in reversed(list(wanted))}.values())[::-1]


def _with_meanings(text: str, wanted: list[Wanted], thesaurus: Thesaurus) -> Iterable[Wanted]:
    """Add the synonyms. One for several words is another way to say each of them."""
    meanings = list(thesaurus.meanings(text))
    for one in wanted:
        yield one.or_else(
            *(
                Option(terms, SYNONYM)
                for meaning in meanings
                if meaning.start < one.end and one.start < meaning.end
                for terms in meaning.others
            )
        )
