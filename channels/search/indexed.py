"""What an index keeps of a document, whichever engine keeps it: made once, by one analysis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from channels.search.engine import Document, Record, Section
from channels.search.parts import Kind, Part, Sequence, sequence_of
from channels.search.words import words

# Rises with every change of the fields, the weights or the analysis: an index of another version
# is built anew.
VERSION = 11

SHORT = 3  # letters of a beginning that is indexed itself


@dataclass(frozen=True, slots=True)
class Indexed:
    """A document as it is looked for, and as it is given back."""

    counts: Mapping[str, int]  # how often each part says a term, packed
    length: int  # words of its text, at least 1
    spelled: frozenset[str]  # words as they are written
    starts: tuple[str, ...]  # words of the title and the questions, and their first letters
    readers: tuple[str, ...]
    facets: tuple[str, ...]
    stored: tuple[Any, ...]  # see `record_of`


def indexed(document: Document) -> Indexed:
    parts = [(Kind.TITLE, -1, document.title)]
    parts += [(Kind.QUESTION, -1, question) for question in document.questions]
    parts += [(Kind.SUMMARY, -1, document.summary)]
    parts += [(Kind.SUMMARY, -1, product) for product in document.facets.get("product", ())]
    for number, section in enumerate(document.sections):
        parts += [(Kind.HEADING, number, section.heading), (Kind.BODY, number, section.text)]
    sequence, counts, spelled = sequence_of(parts)
    asked_as = (document.title, *document.questions)
    return Indexed(
        counts=counts,
        length=max(1, sequence.length),
        spelled=frozenset(spelled),
        starts=tuple(dict.fromkeys(_starts(asked_as))),
        readers=tuple(readers_term(document.locale, rank) for rank in document.ranks),
        facets=tuple(facet_terms(document.facets)),
        stored=_stored(document, asked_as, sequence),
    )


def facet_terms(facets: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for facet, values in facets.items():
        yield from (facet_term(facet, value) for value in values)


def facet_term(facet: str, value: str) -> str:
    return f"{facet}:{value}"


def readers_term(locale: str, rank: int) -> str:
    """What a document's `readers` hold where somebody of this rank gets it in this locale."""
    return f"{locale}/{rank}"


def _starts(asked_as: Iterable[str]) -> Iterator[str]:
    """Yield each word and, so that few of them are looked up, its first letters."""
    for text in asked_as:
        for word in words(text):
            yield word.said
            yield from (word.said[:length] for length in range(1, SHORT + 1))


def _stored(document: Document, asked_as: tuple[str, ...], sequence: Sequence) -> tuple[Any, ...]:
    return (
        document.entry,
        document.public_id,
        document.digest,
        asked_as,
        tuple((one.anchor, one.heading, one.text) for one in document.sections),
        sequence.numbers.tobytes(),
        sequence.places.tobytes(),
        tuple((int(one.kind), one.section, one.begin, one.size) for one in sequence.parts),
    )


KINDS = tuple(Kind)  # To look one up takes a tenth of the time that Kind(number) takes.


def record_of(stored: Iterable[Any]) -> Record:
    """Return the document that was stored as this, or as lists in the place of its tuples."""
    entry, public_id, digest, asked_as, sections, numbers, places, parts = stored
    terms = Sequence(
        np.frombuffer(numbers, dtype=np.uint32),
        np.frombuffer(places, dtype=np.uint32),
        tuple(Part(KINDS[kind], section, begin, size) for kind, section, begin, size in parts),
    )
    return Record(
        entry,
        public_id,
        digest,
        tuple(asked_as),
        tuple(map(Section._make, sections)),
        terms,
    )
