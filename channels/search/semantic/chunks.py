"""Vectors as they are stored: chunks that never change once they are written.

Of each vector its signs are kept apart, 64 bytes in memory: how many differ says nearly how far two
vectors are from each other, a hundred times as fast as their product. The vector itself, a byte for
each number, is read from the disk for the nearest alone.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from channels.search.engine import Document
from channels.search.semantic.encoder import Encoder, Vectors
from channels.search.semantic.passages import passages

ROW = np.dtype(
    [
        ("entry", "i8"),
        ("locale", "S16"),
        ("public_id", "S40"),
        ("ranks", "u1"),  # a bit for each audience rank that gets the passage
        ("section", "i2"),
        ("scale", "f4"),  # what the bytes are multiplied by
    ]
)

Rows = npt.NDArray[Any]
Signs = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Chunk:
    rows: Rows
    signs: Signs  # (words of 64 bits, rows): a column of them is compared at once
    vectors: npt.NDArray[np.int8]


def chunk_of(documents: Iterable[Document], encoder: Encoder) -> Chunk:
    """Encode the documents' passages."""
    rows, texts = [], []
    for document in documents:
        ranks = sum(1 << rank for rank in document.ranks)
        for section, text in passages(document):
            rows.append(
                (
                    document.entry,
                    document.locale.encode(),
                    document.public_id.encode(),
                    ranks,
                    section,
                    0.0,
                )
            )
            texts.append(text)
    told = np.array(rows, dtype=ROW)
    vectors = encoder.encode(texts)
    largest = np.maximum(np.abs(vectors).max(axis=1), 1e-9)
    told["scale"] = largest / 127
    small = np.rint(vectors / told["scale"][:, None]).astype(np.int8)
    return Chunk(told, signs_of(vectors), small)


def signs_of(vectors: Vectors) -> Signs:
    """Return the signs of the rows' numbers, 64 to a word; one column for each row."""
    packed = np.packbits(vectors >= 0, axis=1)
    return np.ascontiguousarray(packed.view(np.uint64).T)


def write_chunk(folder: Path, chunk: Chunk) -> str:
    """Write the chunk; return its name. It counts once the state names it."""
    name = secrets.token_hex(6)
    for part in ("rows", "signs", "vectors"):
        np.save(folder / f"{name}.{part}.npy", getattr(chunk, part))
    return name


def read_chunk(folder: Path, name: str) -> Chunk:
    """Read a chunk; its vectors stay on the disk. Raises OSError or ValueError."""
    chunk = Chunk(
        np.load(folder / f"{name}.rows.npy"),
        np.load(folder / f"{name}.signs.npy"),
        np.load(folder / f"{name}.vectors.npy", mmap_mode="r"),
    )
    if not len(chunk.rows) == chunk.signs.shape[1] == len(chunk.vectors):
        raise ValueError(f"The chunk {name} is not whole.")
    return chunk


def merged(chunks: Sequence[Chunk], ended: Iterable[int]) -> Chunk:
    """Return the chunks as one, without the entries that ended."""
    gone = np.array(sorted(ended), dtype=np.int64)
    kept = [~np.isin(chunk.rows["entry"], gone) for chunk in chunks]
    pairs = list(zip(chunks, kept, strict=True))
    return Chunk(
        np.concatenate([chunk.rows[keep] for chunk, keep in pairs]),
        np.concatenate([chunk.signs[:, keep] for chunk, keep in pairs], axis=1),
        np.concatenate([chunk.vectors[keep] for chunk, keep in pairs]),
    )
