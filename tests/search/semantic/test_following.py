"""Vectors follow what is told, in slices, and come back by themselves when they are lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django import Settings

from channels.operations.outbox import drain
from channels.search.queries import search
from channels.search.semantic import following
from channels.search.semantic.encoder import encoder_at_last
from channels.search.semantic.following import bring_vectors_to_current
from channels.search.semantic.fusing import MOST_ADDED
from tests.building import published
from tests.search.semantic import fake
from tests.search.semantic.conftest import Asked, as_a_new_process, follow, titles

pytestmark = pytest.mark.django_db


def test_each_text_is_encoded_once(asked: Asked) -> None:
    for title in ("Stolen phone", "Opening hours"):
        published(title, "Words.")
        follow()
    assert [text for text in fake.encoded if text != "warm"] == [
        "Stolen phone. Words.",
        "Opening hours. Words.",
    ]


def test_they_are_made_a_slice_at_a_time(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "BATCH", 1)
    for title in ("Stolen phone", "Opening hours", "Prices"):
        published(title, "Words.")
    drain()
    more = [bring_vectors_to_current(seconds=0) for _ in range(4)]
    assert more == [True, True, True, False]
    assert len(fake.encoded) == 1 + 3
    assert not bring_vectors_to_current()


def test_nothing_is_read_while_they_are_whole(
    asked: Asked, settings: Settings, django_assert_num_queries: Any
) -> None:
    published("Stolen phone", "Lock it.")
    follow()
    with django_assert_num_queries(1):
        bring_vectors_to_current()
    settings.SEARCH_SEMANTIC = False
    with django_assert_num_queries(0):
        bring_vectors_to_current()


def test_few_files_are_kept_however_often_is_published(asked: Asked, vectors_home: Path) -> None:
    for number in range(12):
        published(f"Stolen {number}", "Words.")
        follow()
    assert len(list(vectors_home.glob("*.vectors.npy"))) <= 4
    found = asked("zorped")
    assert (len(found.hits), found.total) == (MOST_ADDED, MOST_ADDED)


def test_a_damaged_file_costs_nobody_an_answer_and_is_made_anew(
    asked: Asked, vectors_home: Path
) -> None:
    published("Stolen phone", "Lock it.")
    follow()
    for path in vectors_home.glob("*.npy"):
        path.write_bytes(b"damaged")
    assert titles(asked("stolen")) == ["Stolen phone"]
    follow()
    assert titles(asked("zorped")) == ["Stolen phone"]


def test_a_writer_that_was_killed_leaves_nothing_behind(asked: Asked, vectors_home: Path) -> None:
    vectors_home.mkdir()
    (vectors_home / "abandoned.rows.npy").write_bytes(b"half")
    published("Stolen phone", "Lock it.")
    follow()
    assert not (vectors_home / "abandoned.rows.npy").exists()


@pytest.mark.parametrize(
    "change", [{"encoder": "another 2"}, {"version": 0}, {"manifest_digest": "of another database"}]
)
def test_vectors_that_are_none_of_ours_are_made_anew(
    asked: Asked, vectors_home: Path, change: dict[str, object]
) -> None:
    published("Stolen phone", "Lock it.")
    follow()
    state = vectors_home / "state.json"
    state.write_text(json.dumps(json.loads(state.read_text()) | change | {"is_whole": False}))
    fake.encoded.clear()
    follow()
    assert fake.encoded == ["Stolen phone. Lock it."]
    assert titles(asked("zorped")) == ["Stolen phone"]


def test_an_encoder_that_fails_is_given_a_rest(
    asked: Asked, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    encoder_at_last()
    published("Stolen phone", "Lock it.")

    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(fake.FakeEncoder, "encode", fail)
    follow()
    follow()
    assert caplog.text.count("can't be made") == 1
    assert titles(asked("stolen")) == ["Stolen phone"]


def test_the_commands_make_them_at_once(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    published("Stolen phone", "Lock it.")
    for command in (["work", "--once"], ["rebuild_search"]):
        as_a_new_process()
        call_command(*command)
        encoder_at_last()
        assert titles(search("zorped", locale="en", rank=0)) == ["Stolen phone"]
        assert "Stolen phone. Lock it." in fake.encoded or command[0] == "work"
