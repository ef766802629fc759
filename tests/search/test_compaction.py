"""Many publishes wear the index: it is made compact beside those who write it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest

from articles.models import Article
from articles.operations.audit import system_user
from channels.operations.items import Retirement
from channels.operations.outbox import drain
from channels.operations.publishing import publish
from channels.search.embedded import backend, compaction
from channels.search.engine import entry_backend
from channels.search.queries import search
from channels.tasks import compact_search_index
from tests.building import publish_texts, published, write_approved
from tests.search.conftest import Titles
from tests.search.engines import EMBEDDED, EmbeddedIndex, Index

in_files = pytest.mark.parametrize("engine", [EMBEDDED], indirect=True)


@pytest.fixture(autouse=True)
def seldom_merged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Publishes merge nothing by themselves, and few segments are many."""
    monkeypatch.setattr("channels.search.embedded.writer.MOST_MERGED", 0)
    monkeypatch.setattr(compaction, "MOST_SMALL", 2)
    monkeypatch.setattr(compaction, "MOST_GONE", 2)


def amended_again_and_again() -> None:
    """Many small segments."""
    five_faxes()


def retired_for_the_greater_part() -> None:
    texts = [write_approved(f"Fax {number}", "Send a fax.") for number in range(9)]
    publish_texts(*texts)
    drain()
    publish(items=[Retirement(one.text.article) for one in texts[:7]], actor=system_user())
    drain()


@pytest.mark.parametrize("wear", [amended_again_and_again, retired_for_the_greater_part])
def test_an_index_that_publishes_have_worn_is_compacted(
    db: None, engine: Index, wear: Callable[[], None]
) -> None:
    wear()
    told = search("fax", locale="en", rank=0)
    builds, stamp = engine.builds(), engine.stamp()
    wears = engine.name == EMBEDDED  # OpenSearch merges by itself.
    assert compact_search_index() == wears
    assert (engine.stamp() != stamp) == wears
    assert not compact_search_index()
    engine.forget()
    assert search("fax", locale="en", rank=0) == told
    assert engine.builds() == builds


def test_without_an_index_there_is_nothing_to_compact(db: None) -> None:
    assert not compact_search_index()


def test_an_index_as_it_is_made_is_left_alone(found: Titles, engine: Index) -> None:
    publish_texts(*(write_approved(f"Fax {number}", "Send a fax.") for number in range(9)))
    found("")
    before = engine.stamp()
    assert not compact_search_index()
    assert engine.stamp() == before


@in_files
def test_what_changes_meanwhile_is_found_at_once_and_stays(
    found: Titles, engine: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = five_faxes()
    seen: list[list[str]] = []

    def meanwhile() -> None:
        published("Letters", "No fax.")
        publish(items=[Retirement(articles[1])], actor=system_user())
        publish_texts(write_approved("Fax 2, mended", "Send a fax.", article=articles[2]))
        seen.append(sorted(found("fax")))

    around_writing(monkeypatch, after=meanwhile)
    assert compact_search_index()
    engine.forget()
    assert seen == [["Fax 0", "Fax 2, mended", "Fax 3", "Fax 4", "Letters"]]
    assert [sorted(found("fax"))] == seen
    assert entry_backend().is_sound()


@in_files
@pytest.mark.parametrize("when", ["before", "after"])
def test_what_a_publish_merges_meanwhile_is_told_once(
    found: Titles, engine: Index, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    five_faxes()

    def meanwhile() -> None:
        with monkeypatch.context() as patch:
            patch.setattr("channels.search.embedded.writer.MOST_MERGED", 3)
            patch.setattr("channels.search.embedded.writer.LEAST_MERGED", 3)
            published("Fax 5", "Send a fax.")
            drain()

    around_writing(monkeypatch, **{when: meanwhile})
    assert compact_search_index()
    engine.forget()
    assert sorted(found("fax")) == [f"Fax {number}" for number in range(6)]
    assert entry_backend().is_sound()
    assert len(engine.builds()) == 1


@in_files
def test_a_segment_that_goes_while_it_is_opened_is_told_once(
    found: Titles, engine: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    five_faxes()
    (folder,) = engine_home(engine).glob("edition-*")

    def meanwhile() -> None:
        files = {path: path.read_bytes() for path in folder.iterdir()}
        with monkeypatch.context() as patch:
            patch.setattr("channels.search.embedded.writer.MOST_MERGED", 3)
            patch.setattr("channels.search.embedded.writer.LEAST_MERGED", 3)
            published("Fax 5", "Send a fax.")
            drain()
        gone = {path: told for path, told in files.items() if not path.exists()}
        assert any("_stored" in path.name for path in gone)
        for path, told in gone.items():
            if "_stored" not in path.name:
                path.write_bytes(told)

    around_writing(monkeypatch, before=meanwhile)
    assert compact_search_index()
    engine.forget()
    assert sorted(found("fax")) == [f"Fax {number}" for number in range(6)]


@in_files
def test_what_one_who_died_left_behind_goes(found: Titles, engine: Index) -> None:
    five_faxes()
    left = engine_home(engine) / "compaction-old"
    left.mkdir()
    assert compact_search_index()
    assert not left.exists()


@in_files
def test_a_compaction_whose_files_are_gone_changes_nothing(
    found: Titles, engine: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    five_faxes()
    around_writing(monkeypatch, after=lambda: rmtree(*engine_home(engine).glob("compaction-*")))
    with pytest.raises(FileNotFoundError):
        compact_search_index()
    engine.forget()
    assert entry_backend().is_sound()
    assert len(found("fax")) == 5


@in_files
def test_no_more_is_held_in_memory_than_a_segment_may_have(
    found: Titles, engine: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    five_faxes()
    monkeypatch.setattr(compaction, "MOST_POSTINGS", 1)
    monkeypatch.setattr(compaction, "MOST_SMALL", 3)
    assert compact_search_index()  # Two of the five became one.
    assert compact_search_index()
    assert not compact_search_index()  # Three are few enough.
    assert len(found("fax")) == 5


@in_files
def test_an_index_that_is_to_be_made_anew_is_not_compacted(engine: Index, db: None) -> None:
    five_faxes()
    engine.damage("cut_terms")
    (engine_home(engine) / next(iter(engine.builds())) / "damaged").touch()
    assert not compact_search_index()


def engine_home(engine: Index) -> Path:
    assert isinstance(engine, EmbeddedIndex)
    return engine.home


def five_faxes() -> list[Article]:
    articles = []
    for number in range(5):
        articles.append(published(f"Fax {number}", "Send a fax."))
        drain()
    return articles


def nothing() -> None:
    pass


def around_writing(
    patch: pytest.MonkeyPatch,
    *,
    before: Callable[[], None] = nothing,
    after: Callable[[], None] = nothing,
) -> None:
    """Let something change before or after the compacted segment is written."""
    compacted = backend.compacted

    def amid_changes(*args: Any) -> Any:
        before()
        whole = compacted(*args)
        after()
        return whole

    patch.setattr(backend, "compacted", amid_changes)
