"""The search log: noted behind the search, without who asked, and never in its way."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import override_settings
from pytest_django import DjangoAssertNumQueries

from channels.models import SearchOutcome, SearchRecord
from channels.operations.search_log import keep_search_log
from channels.search import recording
from channels.search.recording import note, note_outcome

Flush = Callable[[], int]
SEARCH: dict[str, Any] = {
    "query": "How do I reset my PIN?",
    "locale": "en",
    "told_in": "en",
    "channel": "website",
    "audience_rank": 0,
    "edition": 3,
    "total": 2,
    "fits": True,
    "results": ["one", "two"],
}
WHO = {"user", "voter", "person", "address", "ip", "session", "agent", "account", "key"}


@pytest.mark.django_db
def test_what_was_asked_and_what_it_led_to_is_kept(search_log: Flush) -> None:
    search_id = note(**SEARCH)
    note_outcome(search_id=search_id, public_id="two", what="opened")
    note_outcome(search_id=search_id, public_id="two", what="helped")
    assert search_log() == 3
    kept = SearchRecord.objects.get(search_id=search_id)
    assert (kept.query, kept.folded) == ("How do I reset my PIN?", "how do i reset my pin")
    assert (kept.results, kept.total, kept.fits, kept.edition) == (["one", "two"], 2, True, 3)
    led = SearchOutcome.objects.filter(search_id=search_id).values_list("public_id", "what")
    assert sorted(led) == [("two", "helped"), ("two", "opened")]


@pytest.mark.django_db
def test_nothing_of_who_asked_is_kept(search_log: Flush) -> None:
    for model in (SearchRecord, SearchOutcome):
        assert not {field.name for field in model._meta.get_fields()} & WHO
        assert not any(field.is_relation for field in model._meta.get_fields())
    note(**SEARCH | {"query": "sim for 13800138000 and me@example.com"})
    search_log()
    kept = SearchRecord.objects.get()
    assert (kept.query, kept.folded) == ("sim for … and …", "sim for … and")


def test_an_id_is_22_url_safe_characters_and_new() -> None:
    ids = {recording.new_search_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(recording.is_search_id(one) for one in ids)
    assert not any(
        map(recording.is_search_id, ("", "x" * 21, "x" * 23, "x" * 21 + "/", "x" * 22 + "\n"))
    )


@pytest.mark.django_db
def test_a_search_waits_for_no_statement(
    search_log: Flush, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        search_id = note(**SEARCH)
        note_outcome(search_id=search_id, public_id="one", what="opened")


@pytest.mark.django_db
def test_a_batch_takes_two_statements_however_many_rows(
    search_log: Flush, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(40):
        note_outcome(search_id=note(**SEARCH), public_id="one", what="opened")
    with django_assert_max_num_queries(4):  # With the savepoint of a test around them.
        assert search_log() == 80


@pytest.mark.django_db
def test_a_double_click_is_one(search_log: Flush) -> None:
    search_id = note(**SEARCH)
    for _ in range(2):
        note_outcome(search_id=search_id, public_id="one", what="opened")
        search_log()
    assert SearchOutcome.objects.count() == 1


@pytest.mark.django_db
def test_what_is_no_id_or_no_outcome_is_left_out(search_log: Flush) -> None:
    note_outcome(search_id="me@example.com", public_id="one", what="opened")
    note_outcome(search_id=recording.new_search_id(), public_id="one", what="bought")
    assert search_log() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "odd",
    [
        {"query": ""},
        {"query": "\x00\ud800\ufffe"},
        {"query": "长" * 10_000},
        {"query": "😀\u202e' OR 1=1 --"},
        {"locale": "x" * 50, "told_in": "y" * 50, "channel": "z" * 50},
        {"results": [f"id-{number}" for number in range(50)]},
    ],
)
def test_whatever_is_asked_is_kept_as_far_as_there_is_room(
    search_log: Flush, odd: dict[str, Any]
) -> None:
    note(**SEARCH | odd)
    assert search_log() == 1
    kept = SearchRecord.objects.get()
    assert len(kept.query) <= 400
    assert len(kept.results) <= 20


@pytest.mark.django_db
def test_a_full_queue_drops_and_counts(search_log: Flush, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "MOST_WAITING", 3)
    recording.forget()
    for _ in range(5):
        assert note(**SEARCH)
    assert recording._log.dropped == 2
    assert search_log() == 3
    assert recording._log.dropped == 0  # Said in the log.


@pytest.mark.django_db
def test_a_database_that_fails_costs_rows_and_nothing_else(
    search_log: Flush, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(batch: object) -> None:
        raise DatabaseError("gone away")

    with monkeypatch.context() as patched:
        patched.setattr(recording, "_write", fail)
        note(**SEARCH)
        assert search_log() == 0
    assert "1 rows of the search log were dropped" in caplog.text
    note(**SEARCH)
    assert search_log() == 1


@pytest.mark.django_db(transaction=True)
def test_a_thread_writes_what_several_threads_note(search_log: Flush) -> None:
    with override_settings(SEARCH_LOG_BEHIND=True):
        many = [
            threading.Thread(target=lambda: [note(**SEARCH) for _ in range(20)]) for _ in range(4)
        ]
        for thread in many:
            thread.start()
        for thread in many:
            thread.join()
        writer = recording._log.thread
        for _ in range(100):
            if SearchRecord.objects.count() == 80:
                break
            time.sleep(0.05)
        assert SearchRecord.objects.count() == 80
        assert [one.name for one in threading.enumerate()].count("search log") == 1
        recording.forget()
        assert writer is not None
        writer.join(5)
        assert not writer.is_alive()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.filterwarnings("ignore:This process.*is multi-threaded:DeprecationWarning")
def test_a_child_writes_its_own_and_not_its_parents() -> None:
    recording.forget()
    note(**SEARCH)
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        waiting = recording._log.rows.qsize()
        note(**SEARCH)
        os.write(writer, bytes([waiting, recording._log.rows.qsize()]))
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(reader, 2) == bytes([0, 1])
    assert recording._log.rows.qsize() == 1
    recording.forget()


@pytest.mark.django_db
def test_what_is_older_than_the_setting_goes(search_log: Flush) -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    for days in (1, 399, 401, 900):
        asked = now - timedelta(days=days)
        note_outcome(
            search_id=note(**SEARCH | {"edition": days}, now=asked),
            public_id="one",
            what="opened",
            now=asked,
        )
    search_log()
    assert keep_search_log(now=now) == 2
    assert set(SearchRecord.objects.values_list("edition", flat=True)) == {1, 399}
    assert SearchOutcome.objects.count() == 2
    with override_settings(SEARCH_LOG_DAYS=30):
        assert keep_search_log(now=now) == 1


@pytest.mark.django_db
def test_old_rows_go_in_steps(search_log: Flush, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("channels.operations.search_log.AT_ONCE", 2)
    for _ in range(5):
        note(**SEARCH, now=datetime(2020, 1, 1, tzinfo=UTC))
    search_log()
    assert keep_search_log(now=datetime(2026, 1, 1, tzinfo=UTC)) == 5
