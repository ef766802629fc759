"""The extra switched on, with an encoder that knows a handful of meanings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from articles.audiences import PUBLIC, rank
from channels.operations.outbox import drain
from channels.search.queries import Results, search
from channels.search.semantic import following, fusing
from channels.search.semantic.encoder import encoder_at_last, forget_encoder
from channels.search.semantic.following import bring_vectors_to_current
from tests.search.semantic import fake

Asked = Callable[..., Results]


def as_a_new_process() -> None:
    """Know of encoders, answers and failures no more than a process does that begins."""
    forget_encoder()
    fusing._vector.cache_clear()
    fusing._report.cache_clear()
    following._not_before = 0.0
    fake.encoded.clear()


@pytest.fixture(autouse=True)
def vectors_home(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    settings.SEARCH_SEMANTIC = True
    settings.SEARCH_ENCODER = "tests.search.semantic.fake.FakeEncoder"
    settings.SEARCH_VECTORS = str(tmp_path / "vectors")
    as_a_new_process()
    yield tmp_path / "vectors"
    as_a_new_process()


@pytest.fixture
def asked(db: None) -> Asked:
    """Do what publishes left to do, then ask with the encoder at hand."""

    def ask(q: str, *, locale: str = "en", audience: str = PUBLIC, **narrowed: Any) -> Results:
        follow()
        encoder_at_last()
        return search(q, locale=locale, rank=rank(audience), **narrowed)

    return ask


def follow() -> None:
    drain()
    bring_vectors_to_current()


def titles(results: Results) -> list[str]:
    return [hit.title for hit in results.hits]
