"""Posting lists come back as they were written, also where segments were merged and documents
deleted."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from whoosh.fields import ID, Schema
from whoosh.index import FileIndex

from channels.search.embedded import postings
from channels.search.embedded.schema import Numbered
from channels.search.embedded.segments import Segment, segments_of
from channels.search.embedded.storage import IndexStorage
from channels.search.embedded.writer import Writer

# By document: how often it says the term; None where it doesn't.
Said = list[int | None]
counts = st.integers(1, 2**24 - 1) | st.integers(1, 3)


@pytest.fixture(autouse=True)
def short_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "BLOCK", 7)
    monkeypatch.setattr(postings, "FEW", 3)


@contextmanager
def written(*segments: Said) -> Iterator[FileIndex]:
    with tempfile.TemporaryDirectory() as folder:
        index = IndexStorage(folder).create_index(Schema(words=Numbered(), entry=ID(unique=True)))
        for said in segments:
            writer = Writer(index)
            for document, count in enumerate(said):
                words = {"every": 1} | ({"term": count} if count else {})
                writer.add_document(words=words, entry=str(document))
            writer.commit(merge=False)
        yield index


def read(index: FileIndex) -> list[dict[int, int]]:
    """Return what each segment says of the term."""
    found = []
    for segment in segments_of(index.storage):
        ids, numbers = Segment(index.storage, segment).postings("words", "term")
        found.append(dict(zip(ids.tolist(), numbers.tolist(), strict=True)))
    return found


def expected(said: Said) -> dict[int, int]:
    return {document: count for document, count in enumerate(said) if count}


@given(st.lists(st.none() | counts, min_size=1, max_size=40))
@example([None] * 300 + [1, 70_000, None, 2])
@example([2] * 8)
def test_a_list_comes_back(said: Said) -> None:
    with written(said) as index:
        assert read(index) == [expected(said)]


@given(
    st.lists(st.lists(st.none() | counts, min_size=1, max_size=20), min_size=2, max_size=7),
    st.sets(st.integers(0, 19)),
)
def test_segments_that_are_merged_say_the_same_of_what_is_left(
    segments: list[Said], removed: set[int]
) -> None:
    with written(*segments) as index:
        left = [
            [count for document, count in enumerate(said) if document not in removed]
            for said in segments
        ]
        writer = Writer(index)
        writer.remove(removed)
        writer.commit(optimize=True)
        assert read(index) == [expected([count for said in left for count in said])]
