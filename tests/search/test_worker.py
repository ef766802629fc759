"""The background process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError

from channels.management.commands import work
from channels.search.embedded import opening
from channels.search.exceptions import IndexBusy
from channels.search.indexing import index_needs_care
from channels.search.queries import search
from tests.building import published
from tests.search.engines import Index


def test_once_does_what_is_due(db: None) -> None:
    published("Fax line", "Send a fax.")
    call_command("work", "--once")
    assert [hit.title for hit in search("fax", locale="en", rank=0).hits] == ["Fax line"]


def test_rebuild_search_makes_the_index_anew(
    db: None, engine: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    published("Fax line", "Send a fax.")
    call_command("work", "--once")
    before = engine.builds()
    call_command("rebuild_search")
    assert engine.builds().isdisjoint(before)
    assert [hit.title for hit in search("fax", locale="en", rank=0).hits] == ["Fax line"]


def test_a_worker_compacts_the_index_beside_its_other_work(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop, looked = threading.Event(), []

    def compact() -> bool:
        looked.append(len(looked))
        if len(looked) == 1:
            raise IndexBusy
        if len(looked) == 2:
            raise OSError("The disk is full.")
        stop.set()
        return True

    monkeypatch.setattr(work, "PAUSE_BETWEEN_COMPACTIONS", 0.01)
    monkeypatch.setattr(work, "compact_index", compact)
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    monkeypatch.setattr(work.connection, "close", lambda: None)
    work._keep_index_compact(stop)
    assert looked == [0, 1, 2]


def test_a_process_that_is_forked_while_a_thread_searches_can_search() -> None:
    with opening._lock:
        child = os.fork()
        if not child:
            os._exit(0 if opening._lock.acquire(timeout=10) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_worker_outlives_a_database_that_does_not_answer(
    db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    answers = iter([OperationalError("gone away"), None, None])
    pauses = []

    def drain() -> int:
        if error := next(answers):
            raise error
        return 0

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            raise work.Stopped

    monkeypatch.setattr(work, "drain", drain)
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    monkeypatch.setattr(work.connection, "close", lambda: None)
    monkeypatch.setattr(work.time, "sleep", sleep)
    with pytest.raises(work.Stopped):
        work.Command()._work()
    assert pauses == [work.PAUSE_AFTER_FAILURE, work.PAUSE, work.PAUSE]
    assert "gone away" in caplog.text


def test_a_worker_mends_an_index_that_a_reader_found_damaged(db: None, engine: Index) -> None:
    published("Fax line", "Send a fax.")
    call_command("work", "--once")
    engine.forget()
    engine.damage("lose_everything")
    assert index_needs_care()
    call_command("work", "--once")
    assert not index_needs_care()


def test_a_small_index_that_is_damaged_again_is_mended_within_seconds(
    db: None, engine: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    published("Fax line", "Send a fax.")
    slept, mended = 0.0, []

    def sleep(seconds: float) -> None:
        nonlocal slept
        slept += seconds
        if not index_needs_care():
            mended.append(slept)
            slept = 0.0
            engine.forget()
            engine.damage("scribble_state")
        if len(mended) == 3 or slept > 2 * work.LONGEST_PAUSE:
            raise work.Stopped

    monotonic = time.monotonic
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    monkeypatch.setattr(work.connection, "close", lambda: None)
    monkeypatch.setattr(work.time, "sleep", sleep)
    monkeypatch.setattr(work.time, "monotonic", lambda: monotonic() + slept + sum(mended))
    with pytest.raises(work.Stopped):
        work.Command()._work()
    assert len(mended) == 3
    assert max(mended) <= 2 * work.SHORTEST_PAUSE


def test_a_large_index_that_is_damaged_again_does_not_keep_the_worker_busy() -> None:
    assert work._pause_after(0.1) == work.SHORTEST_PAUSE
    assert work._pause_after(4.0) == 8.0
    assert work._pause_after(600.0) == work.LONGEST_PAUSE


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_stops_at_once_even_in_a_pause(
    db: None, monkeypatch: pytest.MonkeyPatch, ending: signal.Signals
) -> None:
    def drain() -> int:
        raise OperationalError("gone away")

    sleep, start = time.sleep, time.monotonic()
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def be_told_to_stop(seconds: float) -> None:
        assert signal.getsignal(ending) != handlers[ending], "it would end this process"
        threading.Timer(0.1, os.kill, [os.getpid(), ending]).start()
        sleep(seconds)

    monkeypatch.setattr(work, "drain", drain)
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    monkeypatch.setattr(work.connection, "close", lambda: None)
    monkeypatch.setattr(work.time, "sleep", be_told_to_stop)
    try:
        call_command("work")
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
    assert time.monotonic() - start < work.PAUSE_AFTER_FAILURE / 2


def test_a_worker_that_is_told_to_end_says_so_and_ends_well(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "knowledgehub.settings.test",
        "KNOWLEDGEHUB_HOME": str(tmp_path),
        "DATABASE_URL": "",
    }
    # Its database is empty, not even migrated: that is no reason to give up, either.
    worker = subprocess.Popen(
        [sys.executable, "-W", "ignore", "manage.py", "work"],
        stderr=subprocess.PIPE,
        env=environment,
        text=True,
    )
    with worker:
        assert worker.stderr is not None
        for line in worker.stderr:
            if "does not answer" in line:
                break
        worker.terminate()
        assert "Stopped." in worker.stderr.readline()
        assert worker.wait(timeout=30) == 0


def test_every_thread_finds_what_another_indexed(transactional_db: None) -> None:
    published("Fax line", "Send a fax.")
    call_command("work", "--once")
    found: list[list[str]] = []
    ready = threading.Barrier(4)

    def look() -> None:
        from django.db import connection

        ready.wait()
        for _ in range(5):
            found.append([hit.title for hit in search("fax", locale="en", rank=0).hits])
        connection.close()

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [["Fax line"]] * 20
