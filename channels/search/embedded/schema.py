"""The fields of the embedded index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from whoosh.fields import ID, KEYWORD, STORED, FieldType, Schema
from whoosh.formats import Frequency
from whoosh.system import pack_uint

from channels.search.engine import Document

# Rises with every change of the fields, the weights or the analysis: an index of another version
# is built anew.
VERSION = 2


class WeightedTerms(FieldType):
    """Terms that count by where they stand: one posting per term, whatever parts say it.

    Takes a Counter of term -> weight.
    """

    analyzer = None
    vector = None
    scorable = True
    stored = False
    unique = False

    def __init__(self) -> None:
        self.format = Frequency()

    def index(
        self, value: Counter[str], **kwargs: object
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term, weight in value.items():
            yield term.encode(), weight, float(weight), pack_uint(weight)


SCHEMA = Schema(
    entry=ID(unique=True),
    public_id=ID(sortable=True),
    readers=KEYWORD,  # "en/0 en/1": the locale, and each audience rank that gets this document
    words=WeightedTerms(),
    digest=STORED,
    text=STORED,
)


def fields(document: Document) -> dict[str, Any]:
    """Return what the fields hold of a document."""
    return {
        "entry": str(document.entry),
        "public_id": document.public_id,
        "readers": " ".join(readers_term(document.locale, rank) for rank in document.ranks),
        "words": document.words,
        "digest": document.digest,
        "text": document.text,
    }


def readers_term(locale: str, rank: int) -> str:
    """What a document's `readers` hold where somebody of this rank gets it in this locale."""
    return f"{locale}/{rank}"
