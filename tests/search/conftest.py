"""An index of its own for every test, and a short way to ask it. What needs an index at all is
tested with each engine: they answer alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from haystack import connections

from articles.audiences import PUBLIC, rank
from channels.operations.outbox import drain
from channels.search.opensearch.service import forget_all
from channels.search.queries import search
from tests.search.engines import (
    EMBEDDED,
    ENGINES,
    OPENSEARCH,
    EmbeddedIndex,
    Index,
    OpenSearchIndex,
)
from tests.services import missing

Titles = Callable[..., list[str]]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if {"db", "transactional_db"} & set(metafunc.fixturenames) and not any(
        "engine" in marker.args[0] for marker in metafunc.definition.iter_markers("parametrize")
    ):
        metafunc.parametrize("engine", ENGINES, indirect=True)


@pytest.fixture(scope="session")
def opensearch() -> Iterator[Any]:
    """What imitates an OpenSearch, in memory; each test gets a clone that is empty."""
    try:
        from osmem_server import OsmemServer
    except ImportError:
        missing("osmem-server")
    with OsmemServer.start(japanese=False) as server, server.process.stdout:
        yield server
        server.close()


@pytest.fixture(autouse=True)
def engine(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Index]:
    """The index of this test."""
    home = tmp_path / "index"
    with ExitStack() as at_the_end:
        index: Index = EmbeddedIndex(home)
        if getattr(request, "param", EMBEDDED) == OPENSEARCH:
            server = request.getfixturevalue("opensearch")
            index = OpenSearchIndex(home, at_the_end.enter_context(server.clone()).url)
        monkeypatch.setitem(settings.HAYSTACK_CONNECTIONS, "default", index.options)
        connections.reload("default")
        yield index
        monkeypatch.undo()
        connections.reload("default")
        forget_all()


@pytest.fixture
def found(db: None) -> Titles:
    """Do what publishes left to do, then return the titles that a reader finds."""

    def titles(q: str, *, locale: str = "en", audience: str = PUBLIC) -> list[str]:
        drain()
        return [hit.title for hit in search(q, locale=locale, rank=rank(audience)).hits]

    return titles
