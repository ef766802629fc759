"""The fields of an index in OpenSearch.

The words come analysed: what OpenSearch keeps of them are exact terms, as the embedded engine's.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any

from channels.search.engine import Document, Record
from channels.search.folding import is_han
from channels.search.indexed import Indexed, indexed, record_of
from channels.search.judging import weighted
from channels.search.parts import unpacked
from channels.search.question import LONGEST_QUESTION
from channels.search.sounds import sound

STATE = "state"  # the id of the document that says how far the index is

# Longer ones nobody can ask for, and OpenSearch refuses terms of more than 32 kB.
LONGEST_TERM = LONGEST_QUESTION
# Words of a text that is neither long nor short. The average is not known while texts are added;
# the judgement of the candidates goes by the real one.
USUAL_LENGTH = 150

BETWEEN = "\t"  # a word's sound, and the word

_TERM = {"type": "keyword", "doc_values": False}
_COUNTED = {"type": "keyword"}

MAPPING: dict[str, Any] = {
    "dynamic": False,
    "_source": {"includes": ["record", STATE]},
    "properties": {
        "entry": _COUNTED,
        "public_id": _COUNTED,
        "readers": _TERM,  # "en/0", "en/1": the locale, and each audience rank that gets this
        "facets": _COUNTED,  # "kind:support"
        "words": _TERM,
        "weights": {"type": "rank_features"},  # how often a word is said, each time by where
        "length": {"type": "integer"},
        "spelled": _COUNTED,  # words as they are written, but for Chinese
        "sounds": _COUNTED,  # Chinese words by how they sound: "dian hua\t电话"
        "starts": _TERM,  # words of the title and the questions, and their first letters
        "edition": {"type": "integer"},  # of the state alone
        "record": {"type": "object", "enabled": False},
        STATE: {"type": "object", "enabled": False},
    },
}
SETTINGS: dict[str, Any] = {
    "number_of_shards": 1,  # so that what one refresh shows is shown at once
    "auto_expand_replicas": "0-1",
    "refresh_interval": "-1",  # nobody sees half an edition
}


def fields(document: Document) -> dict[str, Any]:
    """Return what the fields hold of a document."""
    kept = indexed(document)
    terms = [term for term in kept.counts if len(term) <= LONGEST_TERM]
    length = kept.length / USUAL_LENGTH
    spelled = sorted(word for word in kept.spelled if len(word) <= LONGEST_TERM)
    return {
        "entry": str(document.entry),
        "public_id": document.public_id,
        "readers": kept.readers,
        "facets": kept.facets,
        "words": terms,
        "weights": {term: weighted(unpacked(kept.counts[term]), length) for term in terms},
        "length": kept.length,
        "spelled": [word for word in spelled if not is_han(word)],
        "sounds": [f"{sound(word)}{BETWEEN}{word}" for word in spelled if is_han(word)],
        "starts": [word for word in kept.starts if len(word) <= LONGEST_TERM],
        "record": {"stored": _as_json(kept)},
    }


def id_of(entry: int, rank: int) -> str:
    """The id of an entry's document whose first reader is of this rank: written twice, it stands
    once."""
    return f"{entry}-{rank}"


def record_from(hit: dict[str, Any]) -> Record:
    """Return the document of a hit. Raises KeyError or ValueError where it is none of ours."""
    *head, numbers, places, parts = hit["_source"]["record"]["stored"]
    return record_of((*head, b64decode(numbers), b64decode(places), parts))


def _as_json(kept: Indexed) -> list[Any]:
    *head, numbers, places, parts = kept.stored
    return [*head, b64encode(numbers).decode(), b64encode(places).decode(), parts]
