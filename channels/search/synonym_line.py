"""A line of the thesaurus as editors type it: read, judged, and compared by what it says."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass

from django.utils.translation import gettext

from articles.document.text import clean_line, clean_name
from articles.exceptions import InvalidInput
from channels.search.thesaurus import LONGEST_PHRASE
from channels.search.words import phrase_terms, units

LONGEST_LINE = 300
MOST_PHRASES = 20
LONGEST_SENT = 2_000  # characters before they are cleaned, which makes them fewer

# What keyboards for Chinese write, and what people take for an arrow.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_COMMA = re.compile("\\s*[,，、;；]\\s*")
_ARROW = re.compile("\\s*(?:[-=]+[>＞]|[>＞→⇒])\\s*")


@dataclass(frozen=True, slots=True)
class SynonymLine:
    """`said` leads to `meant`; where all of them mean the same, `meant` is empty."""

    said: tuple[str, ...]
    meant: tuple[str, ...] = ()

    @property
    def one_way(self) -> bool:
        return bool(self.meant)

    def __str__(self) -> str:
        """The line in the thesaurus' notation."""
        said = ", ".join(self.said)
        return f"{said} > {', '.join(self.meant)}" if self.meant else said

    def in_words(self) -> str:
        """Return what the line does, as a sentence in the active language."""
        if self.one_way:
            message = gettext(
                "Who asks for %(said)s also finds what says %(meant)s; not the reverse."
            )
            return message % {"said": _listed(self.said), "meant": _listed(self.meant)}
        return gettext("Who asks for one of %(said)s finds what says any of them.") % {
            "said": _listed(self.said)
        }

    def meaning(self, language: str) -> str:
        """SHA-256 (hex) of what the line tells the search of a language: order, case, the form of
        a word and the script of Chinese make no difference."""
        said, meant = (
            sorted({" ".join(_units(phrase)) for phrase in phrases})
            for phrases in (self.said, self.meant)
        )
        return hashlib.sha256(json.dumps([language, said, meant]).encode()).hexdigest()


def read_line(typed: str) -> SynonymLine:
    """Return what the line says. Raises InvalidInput (field `words`) in words that help."""
    if len(typed) > LONGEST_SENT:
        raise _refusal(gettext("The line is too long: at most %(most)d characters."), LONGEST_LINE)
    if _CONTROL.search(typed):
        raise _refusal(gettext("The line has a control character in it: type it anew."))
    if len(typed.strip().splitlines()) > 1:
        raise _refusal(gettext("This is more than one line: each gets a row of its own."))
    line = clean_name(typed)
    if not line:
        raise _refusal(gettext("Type words that mean the same, separated by commas."))
    if "#" in line:
        raise _refusal(gettext("What follows # would be ignored: say it in the note."))
    parts = _ARROW.split(line)
    if len(parts) > 2:
        raise _refusal(gettext("One line leads one way: it has at most one “>”."))
    said, meant = _phrases(parts[0]), _phrases(parts[1]) if len(parts) > 1 else ()
    if len(parts) > 1 and not (said and meant):
        raise _refusal(gettext("An arrow leads from words to words: one side of it is empty."))
    found = SynonymLine(said, meant)
    _check(found)
    return found


def _check(line: SynonymLine) -> None:
    if len(str(line)) > LONGEST_LINE:
        raise _refusal(gettext("The line is too long: at most %(most)d characters."), LONGEST_LINE)
    phrases = (*line.said, *line.meant)
    if len(phrases) > MOST_PHRASES:
        raise _refusal(gettext("At most %(most)d words or phrases on a line."), MOST_PHRASES)
    for phrase in phrases:
        if not phrase_terms(phrase):
            raise _refusal(
                gettext("“%(phrase)s” says nothing that can be searched for."), phrase=phrase
            )
        if len(_units(phrase)) > LONGEST_PHRASE:
            message = gettext("“%(phrase)s” is longer than %(most)d words or Chinese characters.")
            raise _refusal(message, LONGEST_PHRASE, phrase=phrase)
    said = {_units(phrase) for phrase in line.said}
    meant = {_units(phrase) for phrase in line.meant}
    if not line.one_way and len(said) < 2:
        raise _refusal(
            gettext("The search takes all of this for one and the same already: add other words.")
            if len(line.said) > 1
            else gettext("One word alone has no synonym: add another, after a comma.")
        )
    if said & meant:
        raise _refusal(gettext("The same words stand on both sides of the arrow."))


def _phrases(text: str) -> tuple[str, ...]:
    phrases = (clean_line(phrase) for phrase in _COMMA.split(text))
    return tuple(dict.fromkeys(phrase for phrase in phrases if phrase))


def _units(phrase: str) -> tuple[str, ...]:
    return tuple(term for term, _start, _end in units(phrase))


def _listed(phrases: tuple[str, ...]) -> str:
    return gettext(", ").join(gettext("“%(phrase)s”") % {"phrase": phrase} for phrase in phrases)


def _refusal(message: str, most: int = 0, *, phrase: str = "") -> InvalidInput:
    return InvalidInput(message % {"most": most, "phrase": phrase[:60]}, field="words")
