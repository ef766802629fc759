"""The fields of the embedded index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from whoosh.fields import ID, KEYWORD, NUMERIC, STORED, FieldType, Schema
from whoosh.formats import Frequency
from whoosh.system import pack_uint

# Rises with every change of the fields, the weights or the analysis: an index of another version
# is built anew.
VERSION = 1


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
    entry=ID(stored=True, unique=True),
    public_id=ID(stored=True, sortable=True),
    locale=ID(stored=True, sortable=True),
    kind=ID(stored=True, sortable=True),
    topic=ID(stored=True, sortable=True),
    edition=NUMERIC(stored=True),  # the entry began with it
    digest=STORED,  # of the content that `text` says
    readers=KEYWORD,  # "en/0 en/1": the locale, and each audience rank that gets this document
    words=WeightedTerms(),
    text=STORED,
)


def readers_term(locale: str, rank: int) -> str:
    """What a document's `readers` hold where somebody of this rank gets it in this locale."""
    return f"{locale}/{rank}"
