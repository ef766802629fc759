"""Locks that keep all writers of an index out but one, and that let go when their holder dies."""

from __future__ import annotations

import fcntl
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DatabaseError, connection

from channels.search.exceptions import IndexBusy

_PAUSE = 0.05  # seconds between two tries


@contextmanager
def file_lock(path: Path, wait: float) -> Iterator[None]:
    """Hold the lock of a file, between the processes of one machine.

    Raises IndexBusy where another holds it for more than `wait` seconds.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        for _ in _tries(wait):
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                continue
        yield


@contextmanager
def database_lock(name: str, path: Path, wait: float) -> Iterator[None]:
    """Hold a lock between all processes that share the database, on whatever machine.

    PostgreSQL's is held by the connection, and so needs one that stays the same from statement to
    statement. SQLite has no such lock; its processes are on one machine and share the file `path`.
    Raises IndexBusy where another holds it for more than `wait` seconds.
    """
    if connection.vendor != "postgresql":
        with file_lock(path, wait):
            yield
        return
    key = zlib.crc32(name.encode())
    for _ in _tries(wait):
        if _ask("SELECT pg_try_advisory_lock(%s)", key):
            break
    try:
        yield
    finally:
        try:
            _ask("SELECT pg_advisory_unlock(%s)", key)
        except DatabaseError:
            # It went with the connection; where that lives on in a pool, it must not.
            connection.close()


def _tries(wait: float) -> Iterator[None]:
    deadline = time.monotonic() + wait
    while True:
        yield
        if time.monotonic() > deadline:
            raise IndexBusy("Another process is writing the search index.")
        time.sleep(_PAUSE)


def _ask(statement: str, key: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, [key])
        row = cursor.fetchone()
    return bool(row and row[0])
