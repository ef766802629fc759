"""An index of its own for every test, and a short way to ask it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from articles.audiences import PUBLIC, rank
from channels.operations.outbox import drain
from channels.search.queries import search

Titles = Callable[..., list[str]]


@pytest.fixture(autouse=True)
def index_home(index: Path) -> Path:
    return index


@pytest.fixture
def found(db: None) -> Titles:
    """Do what publishes left to do, then return the titles that a reader finds."""

    def titles(q: str, *, locale: str = "en", audience: str = PUBLIC) -> list[str]:
        drain()
        return [hit.title for hit in search(q, locale=locale, rank=rank(audience)).hits]

    return titles
