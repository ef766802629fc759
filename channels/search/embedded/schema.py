"""The fields of the embedded index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from whoosh.fields import ID, STORED, FieldType, Schema
from whoosh.formats import Existence

from channels.search.engine import Document
from channels.search.indexed import indexed

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
    kept = indexed(document)
    return {
        "entry": str(document.entry),
        "public_id": document.public_id,
        "readers": dict.fromkeys(kept.readers, 1),
        "facets": dict.fromkeys(kept.facets, 1),
        "words": {**kept.counts, LENGTH: min(kept.length, 2**24 - 1)},
        "spelled": dict.fromkeys(kept.spelled, 1),
        "starts": dict.fromkeys(kept.starts, 1),
        "record": kept.stored,
    }
