"""One ranking of two: what a document says of the question, and how near it comes in meaning.

A weighted sum, with what the words say relative to the best document: better than reciprocal ranks
on every kind of question, which forget by how much the first is ahead (docs/semantic.md).
"""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from channels.search.engine import Candidates, Readers, entry_backend
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

# How sure one can be of the first hit by what it says (the odds without vectors) and how near it
# is: a logistic regression on the half of the question sets for tuning.
BIAS, SAYS, NEAR = -1.1, 0.72, 5.1
ENOUGH = 0.45
# Meaning knows no language: of a text and its translation the one in the reader's own is meant.
ENOUGH_TO_STAND_IN = 0.65

LONGEST_ASKED = 400  # characters


@dataclass(frozen=True, slots=True)
class Meant:
    """What the vectors say of a question. Nothing where they are off or not there."""

    likenesses: Mapping[str, Likeness] = field(default_factory=dict)  # by public id
    added: frozenset[str] = frozenset()  # articles that no word found

    def __bool__(self) -> bool:
        return bool(self.likenesses)


NOTHING_MEANT = Meant()


def with_meaning(text: str, readers: Readers, found: Candidates) -> tuple[Candidates, Meant]:
    """Add what means nearly what `text` asks to what its words found.

    Never raises: where anything fails, that is logged and the words decide alone.
    """
    model = encoder()
    if model is None:
        return found, NOTHING_MEANT
    try:
        return _with_meaning(model, text, readers, found)
    except Exception:
        _report()
        return found, NOTHING_MEANT


def _with_meaning(
    model: Encoder, text: str, readers: Readers, found: Candidates
) -> tuple[Candidates, Meant]:
    files = vector_files()
    try:
        vectors = opened(files)
    except (OSError, ValueError):
        files.forget()
        raise
    if vectors is None or vectors.state.encoder != model.name:
        return found, NOTHING_MEANT
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
    meant = Meant(
        {record.public_id: near[record.entry] for record in every if record.entry in near},
        frozenset(record.public_id for record in added),
    )
    return replace(found, records=every), meant


def fused(judged: Sequence[Judged], meant: Meant) -> list[Judged]:
    """Return the documents in the order of both, with the section that is nearest where no words
    found one."""
    if not meant:
        return list(judged)
    best = max((one.score for one in judged), default=0.0) or 1.0
    told = []
    for one in judged:
        likeness = meant.likenesses.get(one.record.public_id)
        score = one.score / best + (WEIGHT * likeness.value if likeness else 0.0)
        section = likeness.section if likeness and one.section < 0 else one.section
        told.append(replace(one, score=score, section=section))
    return sorted(told, key=lambda one: (-one.score, one.record.public_id))


def fits_in_meaning(likelihood: float, first: str, meant: Meant, *, stands_in: bool) -> bool:
    """Whether the first hit is likely to answer, of which the words say so with this likelihood;
    more is asked of one in another language than the reader's."""
    odds = math.log(max(likelihood, 1e-6) / max(1 - likelihood, 1e-6))
    value = meant.likenesses[first].value if first in meant.likenesses else 0.0
    likely = 1 / (1 + math.exp(-(BIAS + SAYS * odds + NEAR * value)))
    return likely >= (ENOUGH_TO_STAND_IN if stands_in else ENOUGH)


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
