"""Long lists cut into pieces that fit a database's limit on parameters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

SIZE = 500


def chunks(values: Sequence[T], size: int | None = None) -> Iterator[Sequence[T]]:
    """Yield `values` in order, `size` (or else SIZE) at a time."""
    size = size or SIZE
    for start in range(0, len(values), size):
        yield values[start : start + size]
