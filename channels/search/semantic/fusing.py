"""One ranking of two: what a document says of the question, and how near it comes in meaning.

A weighted sum, with what the words say relative to the best document: better than reciprocal ranks
on every kind of question, which forget by how much the first is ahead (docs/semantic.md).
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from channels.search.engine import Candidates, Readers, Record, entry_backend
from channels.search.judging import Judged
from channels.search.semantic.encoder import Encoder, Vectors, encoder
from channels.search.semantic.following import vector_files
from channels.search.semantic.nearness import Likeness, opened

logger = logging.getLogger("knowledgehub.search")

# What a likeness of 1 counts, where the words of the best document count 1.
WEIGHT = 5.0

# A document that was not found by words is taken in where it is among so many, and so near.
MOST_ADDED = 10
LEAST_ADDED = 0.15

# How sure one can be of the first hit by what it says and how near it is, in log-odds: a logistic
# regression on the half of the question sets for tuning. What the words say alone is their part.
BIAS, SAYS, NEAR = -1.1, 0.8, 6.5
LEAST_SURE = -8.0  # of what no word found
# Meaning knows no language: of a text and its translation the one in the reader's own is meant.
STANDS_IN = 0.8

LONGEST_ASKED = 400  # characters


@dataclass(frozen=True, slots=True)
class Meant:
    """What the vectors say of a question. Nothing where they are off or not there."""

    likenesses: Mapping[str, Likeness] = field(default_factory=dict)  # by public id
    added: Sequence[Record] = ()  # documents that no word found

    def __bool__(self) -> bool:
        return bool(self.likenesses)


NOTHING_MEANT = Meant()


def with_meaning(text: str, readers: Readers, found: Candidates) -> Meant:
    """Return what means nearly what `text` asks, of what its words found and beyond.

    Never raises: where anything fails, that is logged and the words decide alone.
    """
    model = encoder()
    if model is None:
        return NOTHING_MEANT
    try:
        return _with_meaning(model, text, readers, found)
    except Exception:
        _report()
        return NOTHING_MEANT


def _with_meaning(model: Encoder, text: str, readers: Readers, found: Candidates) -> Meant:
    files = vector_files()
    try:
        vectors = opened(files)
    except (OSError, ValueError):
        files.forget()
        raise
    if vectors is None or vectors.state.encoder != model.name:
        return NOTHING_MEANT
    by_words = {record.entry: record.public_id for record in found.records}
    near = vectors.likenesses(_vector(model.name, text[:LONGEST_ASKED]), readers, by_words)
    others = [one for one in near.values() if one.entry not in by_words]
    others = sorted(others, key=lambda one: (-one.value, one.public_id))[:MOST_ADDED]
    others = [one for one in others if one.value >= LEAST_ADDED]
    # The engine has the word on what these readers get, and of which entry.
    records = entry_backend().records([one.public_id for one in others], readers)
    entries = {one.entry for one in others}
    added = [record for record in records.values() if record.entry in entries]
    every = [*found.records, *added]
    return Meant(
        {record.public_id: near[record.entry] for record in every if record.entry in near}, added
    )


def fused(judged: Sequence[Judged], meant: Meant) -> list[Judged]:
    """Return the documents in the order of both, with the section that is nearest where no words
    found one."""
    if not meant:
        return list(judged)
    best = max((one.score for one in judged), default=0.0) or 1.0

    def points(one: Judged) -> float:
        likeness = meant.likenesses.get(one.record.public_id)
        return one.score / best + (WEIGHT * likeness.value if likeness else 0.0)

    ordered = sorted(judged, key=lambda one: (-points(one), one.record.public_id))
    return [_with_section(one, meant) for one in ordered]


def _with_section(one: Judged, meant: Meant) -> Judged:
    likeness = meant.likenesses.get(one.record.public_id)
    return replace(one, section=likeness.section) if likeness and one.section < 0 else one


def sureness_in_meaning(
    sureness: float, judged: Sequence[Judged], meant: Meant, *, stands_in: bool
) -> float:
    """Return how sure one can be of the first of the judged documents, of which the words say so
    much, by its meaning too: as `confidence.sureness`."""
    if not meant or not judged:
        return sureness
    likeness = meant.likenesses.get(judged[0].record.public_id)
    near = likeness.value if likeness else 0.0
    return BIAS + SAYS * max(sureness, LEAST_SURE) + NEAR * near - (STANDS_IN if stands_in else 0.0)


@lru_cache(maxsize=256)
def _vector(name: str, text: str) -> Vectors:
    """Return the question's vector by the encoder of this name; pages and filters ask it again."""
    if (model := encoder()) is None or model.name != name:
        raise RuntimeError(f"The encoder {name} is gone.")
    return model.encode([text])[0]


@lru_cache(maxsize=1)
def _report() -> None:
    """Say it once in a process: it may fail with every question."""
    logger.exception("Searching by meaning failed; words decide alone.")
