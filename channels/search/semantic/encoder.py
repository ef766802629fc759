"""What makes a vector of a text, so that texts that mean alike have vectors that are near.

The model is read once per process, in the background: who searches meanwhile is answered by words
alone.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from threading import Lock, Thread
from typing import Protocol

import numpy as np
import numpy.typing as npt
from django.conf import settings
from django.utils.module_loading import import_string

logger = logging.getLogger("knowledgehub.search")

Vectors = npt.NDArray[np.float32]


class Encoder(Protocol):
    name: str  # with its version: vectors of another encoder say nothing to this one

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return a row of length 1 for each text. All rows are as wide, by a multiple of 64."""


class _Loading:
    def __init__(self) -> None:
        self.lock = Lock()
        self.encoder: Encoder | None = None
        self.failed = False
        self.thread: Thread | None = None


_loading = _Loading()


def encoder() -> Encoder | None:
    """Return the encoder if it is there at once; where it is not, see to it that it will be."""
    if not settings.SEARCH_SEMANTIC:
        return None
    if _loading.encoder is None and _loading.thread is None and not _loading.failed:
        _loading.thread = Thread(target=encoder_at_last, name="encoder", daemon=True)
        _loading.thread.start()
    return _loading.encoder


def encoder_at_last() -> Encoder | None:
    """Return the encoder, however long reading it takes; None where it is off or can't be had."""
    if not settings.SEARCH_SEMANTIC:
        return None
    with _loading.lock:
        if _loading.encoder is None and not _loading.failed:
            try:
                made: Encoder = import_string(settings.SEARCH_ENCODER)()
                made.encode(["warm"])
                _loading.encoder = made
            except Exception:
                # Said once; without it the search is what it is without the extra.
                _loading.failed = True
                logger.exception("The sentence encoder can't be used: searching by words alone.")
    return _loading.encoder


def forget_encoder() -> None:
    """Know of an encoder no more than a process does that begins."""
    global _loading
    _loading = _Loading()
