"""Comparing signs first loses nothing that is near, and a byte for each number is enough."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from channels.search.engine import Document, Readers, Section
from channels.search.semantic.chunks import chunk_of, write_chunk
from channels.search.semantic.files import VERSION, State, VectorFiles
from channels.search.semantic.nearness import OpenVectors
from tests.search.semantic.fake import WIDTH


class Noise:
    """Every text has a vector of its own, near one of a few topics."""

    name = "noise"

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        self._topics = self._random.standard_normal((30, WIDTH))

    def encode(self, texts):  # type: ignore[no-untyped-def]
        near = self._topics[self._random.integers(0, 30, len(texts))]
        found = near + 1.2 * self._random.standard_normal((len(texts), WIDTH))
        return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


def document(entry: int, *, rank: int = 0, locale: str = "en", sections: int = 3) -> Document:
    parts = tuple(Section(f"s{at}", f"S{at}", "text") for at in range(sections))
    told = (entry, f"id-{entry}", "", locale, (rank,), "Title", (), "", parts)
    return Document(*told)


@hypothesis_settings(max_examples=5)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_nearest_documents_are_found_and_measured_as_by_comparing_all(
    seed: int,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = VectorFiles(Path(folder))
        noise = Noise(seed)
        documents = [document(entry, rank=entry % 2) for entry in range(800)]
        chunks = [chunk_of(documents[:500], noise), chunk_of(documents[500:], noise)]
        names = tuple(write_chunk(files.home, chunk) for chunk in chunks)
        state = State(VERSION, noise.name, 1, "", True, names, (3, 5))
        asked = noise.encode([""])[0]
        found = OpenVectors((0, 0), state, files, None).likenesses(asked, Readers("en", 1), [1])
        exact: dict[int, list[float]] = {}
        for chunk in chunks:
            for row, vector in zip(chunk.rows, chunk.vectors, strict=True):
                if row["entry"] % 2 and row["entry"] not in (3, 5):
                    value = float(vector @ asked * row["scale"])
                    exact.setdefault(int(row["entry"]), []).append(value)
        mean = {entry: sum(sorted(all_)[-2:]) / 2 for entry, all_ in exact.items()}
        assert 1 in found
        assert all(abs(found[entry].value - mean[entry]) < 0.01 for entry in found)
        nearest = sorted(mean, key=lambda entry: -mean[entry])[:5]
        assert set(nearest) <= found.keys()
