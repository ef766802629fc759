"""The search log, written behind: a search puts down what it was and goes on.

What a database that is down or slow does not take in time is dropped and counted. A search never
waits for its row and never fails for it.
"""

from __future__ import annotations

import atexit
import logging
import os
import queue
import re
import secrets
import threading
import time
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from channels.models import SearchOutcome, SearchRecord
from channels.search.folding import fold
from channels.search.masking import masked

logger = logging.getLogger("knowledgehub.search_log")

MOST_WAITING = 10_000  # rows: some minutes of a busy process, and a few megabytes
MOST_WRITTEN = 500  # rows of a batch
PAUSE = 1.0  # seconds between two batches

_ID = re.compile(r"[A-Za-z0-9_-]{22}")
_AROUND = re.compile(r"^\W+|\W+$")

Row = SearchRecord | SearchOutcome


class _Log:
    """What one process has not written yet, and the thread that writes it."""

    def __init__(self) -> None:
        self.rows: queue.Queue[Row] = queue.Queue(MOST_WAITING)
        self.dropped = 0
        self.writing = threading.Lock()
        self.starting = threading.Lock()
        self.thread: threading.Thread | None = None

    def put(self, row: Row) -> None:
        try:
            self.rows.put_nowait(row)
        except queue.Full:
            self.dropped += 1
            return
        if settings.SEARCH_LOG_BEHIND and not (self.thread and self.thread.is_alive()):
            self.start()

    def start(self) -> None:
        with self.starting:
            if self.thread and self.thread.is_alive():
                return
            self.thread = threading.Thread(target=self.run, name="search log", daemon=True)
            self.thread.start()

    def run(self) -> None:
        while self is _log:
            time.sleep(PAUSE)
            try:
                self.write()
            finally:
                # Between two batches nobody needs the connection: a pool lends it to others.
                connection.close()

    def write(self) -> int:
        """Write what waits; return how many rows. What the database refuses is dropped."""
        written = 0
        with self.writing:
            while batch := self._batch():
                try:
                    _write(batch)
                    written += len(batch)
                except DatabaseError as error:
                    self.dropped += len(batch)
                    logger.warning("The search log could not be written: %s", error)
                    break
                except Exception:
                    # A row that no database takes must not end the thread.
                    self.dropped += len(batch)
                    logger.exception("The search log could not be written.")
            if self.dropped:
                logger.warning("%d rows of the search log were dropped.", self.dropped)
                self.dropped = 0
        return written

    def _batch(self) -> list[Row]:
        batch: list[Row] = []
        while len(batch) < MOST_WRITTEN:
            try:
                batch.append(self.rows.get_nowait())
            except queue.Empty:
                break
        return batch


_log = _Log()


def note(
    *,
    query: str,
    locale: str,
    channel: str,
    audience_rank: int,
    edition: int,
    total: int,
    fits: bool,
    results: Sequence[str],
    told_in: str = "",
    now: datetime | None = None,
) -> str:
    """Put down one search and return its new id, 22 URL-safe characters. No statement, no error.

    `query` is masked here; `results` are public ids, best first, of which the first 20 are kept.
    `channel` is one of `SearchRecord.Channel`, `told_in` the locale of the results.
    """
    search_id = new_search_id()
    said = masked(query, most=SearchRecord.LONGEST)
    _log.put(
        SearchRecord(
            search_id=search_id,
            asked_at=now or timezone.now(),
            query=said,
            folded=folded(said),
            locale=locale[:16],
            told_in=told_in[:16],
            channel=channel[:16],
            audience_rank=audience_rank,
            edition=edition,
            total=total,
            fits=fits,
            results=list(results[: SearchRecord.MOST_RESULTS]),
        )
    )
    return search_id


def note_outcome(
    *, search_id: str, what: str, public_id: str = "", now: datetime | None = None
) -> None:
    """Put down what a reader did with an answer. An id that is none is ignored; what was noted
    already is noted once. No statement, no error."""
    if is_search_id(search_id) and what in SearchOutcome.What.values:
        _log.put(
            SearchOutcome(
                search_id=search_id, public_id=public_id[:40], what=what, at=now or timezone.now()
            )
        )


def flush() -> int:
    """Write what waits, now and in this thread; return how many rows were written."""
    return _log.write()


def forget() -> None:
    """Drop what waits, and begin anew."""
    global _log
    _log = _Log()


def new_search_id() -> str:
    return secrets.token_urlsafe(16)


def is_search_id(value: str) -> bool:
    return _ID.fullmatch(value) is not None


def folded(query: str) -> str:
    """Return the form in which the same question is the same however it is typed: without
    differences of width, case, accent and Chinese script, and without the signs around it."""
    return _AROUND.sub("", " ".join(fold(query).split()))[: SearchRecord.LONGEST]


def _write(batch: list[Row]) -> None:
    searches = [row for row in batch if isinstance(row, SearchRecord)]
    outcomes = [row for row in batch if isinstance(row, SearchOutcome)]
    with transaction.atomic():
        SearchRecord.objects.bulk_create(searches, ignore_conflicts=True)
        SearchOutcome.objects.bulk_create(outcomes, ignore_conflicts=True)


def _at_exit() -> None:
    if settings.SEARCH_LOG_BEHIND and not _log.rows.empty():
        flush()


# What a parent had waiting, the parent writes; its thread and its locks are not in the child.
os.register_at_fork(after_in_child=forget)
atexit.register(_at_exit)
