"""An index of its own for every test, and a short way to ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from haystack import connections

from articles.audiences import PUBLIC, rank
from channels.operations.outbox import drain
from channels.search.queries import search

Titles = Callable[..., list[str]]


@pytest.fixture(autouse=True)
def index_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    home = tmp_path / "index"
    monkeypatch.setitem(settings.HAYSTACK_CONNECTIONS["default"], "PATH", str(home))
    connections.reload("default")
    yield home
    monkeypatch.undo()
    connections.reload("default")


@pytest.fixture
def found(db: None) -> Titles:
    """Do what publishes left to do, then return the titles that a reader finds."""

    def titles(q: str, *, locale: str = "en", audience: str = PUBLIC) -> list[str]:
        drain()
        return [hit.title for hit in search(q, locale=locale, rank=rank(audience)).hits]

    return titles
