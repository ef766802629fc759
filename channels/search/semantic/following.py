"""Making the vectors of what is told: in the background, after the index, a slice at a time.

What has no vectors yet is found by its words alone for the moment; so a publish is visible as soon
as without them.
"""

from __future__ import annotations

import logging
import math
import time
from contextlib import suppress
from itertools import islice
from pathlib import Path

import numpy as np
from django.conf import settings

from channels.models import Entry
from channels.queries import at_edition
from channels.search.documents import documents_of
from channels.search.engine import Reached
from channels.search.exceptions import IndexBusy
from channels.search.indexing import current_edition, is_ours
from channels.search.semantic.chunks import Chunk, chunk_of, merged, read_chunk, write_chunk
from channels.search.semantic.encoder import Encoder, encoder_at_last
from channels.search.semantic.files import VERSION, State, VectorFiles

logger = logging.getLogger("knowledgehub.search")

BATCH = 20  # entries that are encoded between two looks at the clock
PAUSE_AFTER_FAILURE = 60.0  # seconds

_not_before = -math.inf  # of the clock: what failed is not tried again at once


def vector_files() -> VectorFiles:
    return VectorFiles(Path(settings.SEARCH_VECTORS))


def bring_vectors_to_current(*, seconds: float = math.inf, anew: bool = False) -> bool:
    """Make what vectors are missing, for about so many seconds; return whether more are to be made.

    Idempotent. Never raises: without vectors the search is what it is without the extra. One
    statement where nothing is to be done, none where the extra is off.
    """
    global _not_before
    if not settings.SEARCH_SEMANTIC or time.monotonic() < _not_before:
        return False
    try:
        files, current = vector_files(), current_edition()
        if not anew and _is_whole(files.state(), current):
            return False
        if (encoder := encoder_at_last()) is None:
            return False
        with suppress(IndexBusy), files.only_writer():
            return _follow(files, encoder, current, time.monotonic() + seconds, anew=anew)
    except Exception:
        logger.exception("The vectors for searching can't be made; trying again later.")
        _not_before = time.monotonic() + PAUSE_AFTER_FAILURE
    return False


def _is_whole(state: State | None, current: Reached) -> bool:
    return (
        state is not None
        and state.version == VERSION
        and state.is_whole
        and (state.edition, state.manifest_digest) == (current.edition, current.manifest_digest)
    )


def _follow(
    files: VectorFiles, encoder: Encoder, current: Reached, until: float, *, anew: bool
) -> bool:
    """Entries are immutable: those that began lack vectors, those that ended have some too many."""
    state = None if anew else files.state()
    chunks = _usable(files, encoder, state, current)
    names = {} if state is None or chunks is None else dict(zip(state.chunks, chunks, strict=True))
    known = {int(entry) for chunk in names.values() for entry in np.unique(chunk.rows["entry"])}
    order = at_edition(Entry.objects.order_by("pk"), current.edition)
    live = list(order.values_list("pk", flat=True))
    ended = known.difference(live)
    missing = (entry for entry in live if entry not in known)
    is_whole = False
    while not is_whole:
        batch = list(islice(missing, BATCH))
        if documents := list(documents_of(batch)):
            chunk = chunk_of(documents, encoder)
            names[write_chunk(files.home, chunk)] = chunk
            ended = _tidied(files, names, ended)
        is_whole = not batch
        files.write_state(
            State(
                VERSION,
                encoder.name,
                current.edition,
                current.manifest_digest,
                is_whole,
                tuple(names),
                tuple(sorted(ended)),
            )
        )
        if time.monotonic() > until:
            break
    if is_whole and not known:
        logger.info(
            "The vectors were made anew: edition %d, %d entries.", current.edition, len(live)
        )
    return not is_whole


def _usable(
    files: VectorFiles, encoder: Encoder, state: State | None, current: Reached
) -> list[Chunk] | None:
    """Return the chunks that are there, None where they are none of ours or can't be read."""
    if state is None or (state.version, state.encoder) != (VERSION, encoder.name):
        return None
    if not is_ours(Reached(state.edition, state.manifest_digest), current):
        return None
    with suppress(OSError, ValueError):
        return [read_chunk(files.home, name) for name in state.chunks]
    return None


def _tidied(files: VectorFiles, names: dict[str, Chunk], ended: set[int]) -> set[int]:
    """Merge the last chunks while they are nearly as large as those before, so that there are few
    and each vector is seldom written again; all of them where many ended. Return who is in them
    still and ended."""
    order = list(names)
    sizes = [len(names[name].rows) for name in order]
    begin = len(order) - 1
    while begin and sizes[begin - 1] < 2 * sum(sizes[begin:]):
        begin -= 1
    if (
        len(ended) > BATCH
        and sum(int(np.isin(chunk.rows["entry"], list(ended)).sum()) for chunk in names.values())
        > sum(sizes) / 3
    ):
        begin = 0
    if begin == len(order) - 1:
        return ended
    last = [names.pop(name) for name in order[begin:]]
    whole = merged(last, ended)
    names[write_chunk(files.home, whole)] = whole
    left = {int(entry) for chunk in names.values() for entry in chunk.rows["entry"]}
    return ended & left
