"""The fields of the embedded index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from whoosh.fields import ID, STORED, FieldType, Schema
from whoosh.formats import Existence

from channels.search.engine import Document, Record, Section
from channels.search.parts import Kind, Part, Sequence, packed, sequence_of
from channels.search.words import words

# Rises with every change of the fields, the weights or the analysis: an index of another version
# is built anew.
VERSION = 4

SHORT = 3  # letters of a beginning that is indexed itself
LENGTH = "*"  # a term of no text: each document "says" it as often as its body has words


class Numbered(FieldType):
    """Terms with a number each: what a posting's weight is.

    Takes a mapping of term -> number below 2**24.
    """

    analyzer = None
    vector = None
    scorable = False
    stored = False
    unique = False

    def __init__(self) -> None:
        self.format = Existence()

    def index(
        self, value: Mapping[str, int], **kwargs: object
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term, number in value.items():
            yield term.encode(), 1, float(number), b""


SCHEMA = Schema(
    entry=ID(unique=True),
    public_id=ID,
    readers=Numbered(),  # "en/0", "en/1": the locale, and each audience rank that gets this
    facets=Numbered(),  # "kind:support"
    words=Numbered(),  # how often each part says a term, packed
    spelled=Numbered(),  # words as they are written; 1 where a title or question says it
    starts=Numbered(),  # words of the title and the questions, and their first letters
    record=STORED,
)


def fields(document: Document) -> dict[str, Any]:
    """Return what the fields hold of a document."""
    parts = [(Kind.TITLE, -1, document.title)]
    parts += [(Kind.QUESTION, -1, question) for question in document.questions]
    parts += [(Kind.SUMMARY, -1, document.summary)]
    parts += [(Kind.SUMMARY, -1, product) for product in document.facets.get("product", ())]
    for number, section in enumerate(document.sections):
        parts += [(Kind.HEADING, number, section.heading), (Kind.BODY, number, section.text)]
    sequence, counts, spelled = sequence_of(parts)
    length = sum(part.size for part in sequence.parts if part.kind is Kind.BODY)
    packed_counts = {term: packed(kinds) for term, kinds in counts.items()}
    return {
        "entry": str(document.entry),
        "public_id": document.public_id,
        "readers": dict.fromkeys((readers_term(document.locale, r) for r in document.ranks), 1),
        "facets": dict.fromkeys(facet_terms(document.facets), 1),
        "words": packed_counts | {LENGTH: max(1, min(length, 2**24 - 1))},
        "spelled": dict.fromkeys(spelled, 1),
        "starts": dict.fromkeys(_starts((document.title, *document.questions)), 1),
        "record": _stored(document, sequence),
    }


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


def _stored(document: Document, sequence: Sequence) -> tuple[Any, ...]:
    return (
        document.entry,
        document.public_id,
        document.digest,
        (document.title, *document.questions),
        tuple((one.anchor, one.heading, one.text) for one in document.sections),
        sequence.numbers.tobytes(),
        sequence.places.tobytes(),
        tuple((int(one.kind), one.section, one.begin, one.size) for one in sequence.parts),
    )


def record_of(stored: tuple[Any, ...]) -> Record:
    """Return the document that was stored as this."""
    entry, public_id, digest, asked_as, sections, numbers, places, parts = stored
    terms = Sequence(
        np.frombuffer(numbers, dtype=np.uint32),
        np.frombuffer(places, dtype=np.uint32),
        tuple(Part(Kind(kind), section, begin, size) for kind, section, begin, size in parts),
    )
    return Record(
        entry, public_id, digest, asked_as, tuple(Section(*section) for section in sections), terms
    )
