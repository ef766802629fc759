"""The kill run: a publisher is killed (SIGKILL) before and after every statement of a publish, and
before and after its commit. Each time the edition is there whole, or nothing of it is.

    python -m tests.job tests.consistency.killing LOG

The publisher is a fork of this process. After each kill the publish is tried again, and must get
the next number. What is found wrong is printed and ends the run with 1.
"""

from __future__ import annotations

import itertools
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from django.db import connection
from django.db.models import Q

from articles.operations.audit import system_user
from channels.models import Edition, Entry, OutboxRow, SnippetEntry
from channels.operations.items import Item
from channels.operations.publishing import publish
from channels.operations.verifying import broken_bytes, broken_editions
from channels.queries import current_number
from tests.consistency import records
from tests.consistency.content import new_fee, write_state
from tests.consistency.records import Published

CHANGED = ("told-1",)  # and told-4 with the snippet that it uses
COMMIT = "COMMIT"


@dataclass(frozen=True, slots=True)
class Point:
    """Where a publisher is killed: before or after the statement of this number."""

    statement: int
    sql: str
    after: bool
    committed: bool  # whether the edition must be there then

    def __str__(self) -> str:
        return f"{'after' if self.after else 'before'} statement {self.statement}, {self.sql[:60]}"


class Broken(Exception):
    """Something was half published, lost, or left behind."""


class Statements:
    """Sees each statement of this process, commits included, and calls `see` around it."""

    def __init__(self, see: Callable[[int, str, bool], None]) -> None:
        self.see = see
        self.counter = itertools.count()

    def __enter__(self) -> None:
        # Django's commit is a call of the driver, which no execute_wrapper sees.
        commit = connection._commit  # type: ignore[attr-defined]
        connection._commit = lambda: self._around(COMMIT, commit)  # type: ignore[attr-defined]
        connection.execute_wrappers.append(self._wrapper)

    def __exit__(self, *_: object) -> None:
        del connection._commit  # type: ignore[attr-defined]
        connection.execute_wrappers.remove(self._wrapper)

    def _wrapper(self, execute: Any, sql: str, *arguments: Any) -> Any:
        return self._around(sql, lambda: execute(sql, *arguments))

    def _around(self, sql: str, action: Callable[[], Any]) -> Any:
        number = next(self.counter)
        self.see(number, sql, False)
        result = action()
        self.see(number, sql, True)
        return result


def points(items: list[Item]) -> list[Point]:
    """Publish, and return each point at which that could have been cut off."""
    seen: list[tuple[int, str, bool]] = []
    actor = system_user()
    with Statements(lambda *moment: seen.append(moment)):
        publish(items=items, actor=actor)
    last_commit = max(number for number, sql, after in seen if sql == COMMIT)
    return [
        Point(number, sql, after, (number, after) >= (last_commit, True))
        for number, sql, after in seen
    ]


def killed(items: list[Item], point: Point) -> None:
    """Publish in a fork of this process that kills itself at `point`. Raises Broken if it lives."""
    actor = system_user()
    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()  # A fork must not share its parent's sockets.
    child = os.fork()
    if child == 0:
        _publish_until(items, point, actor)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) or os.WTERMSIG(status) != signal.SIGKILL:
        raise Broken(f"the publisher lived on {point}")


def _publish_until(items: list[Item], point: Point, actor: Any) -> None:
    def die(number: int, sql: str, after: bool) -> None:
        if (number, sql, after) == (point.statement, point.sql, point.after):
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        with Statements(die):
            publish(items=items, actor=actor)
    finally:
        os._exit(1)


def next_items(state: int) -> list[Item]:
    return [new_fee(state), *write_state(CHANGED, state)]


def judge(before: int, point: Point) -> None:
    """Raise Broken where an edition is half there, or not there though it was committed."""
    number = current_number()
    if number != before + point.committed:
        raise Broken(f"edition {number} instead of {before + point.committed}, {point}")
    beyond = Q(from_edition__gt=number) | Q(until_edition__gt=number)
    leftovers = {
        "editions": Edition.objects.filter(number__gt=number).count(),
        "entries": Entry.objects.filter(beyond).count(),
        "snippets": SnippetEntry.objects.filter(beyond).count(),
        "outbox rows": OutboxRow.objects.filter(edition__gt=number).count(),
    }
    if any(leftovers.values()):
        raise Broken(f"left behind: {leftovers}, {point}")
    if Edition.objects.count() != number or OutboxRow.objects.count() != number:
        raise Broken(f"a gap, or an outbox row that is missing or doubled, {point}")
    edition = Edition.objects.get(number=number)
    if Entry.objects.live().count() != edition.live:
        raise Broken(f"edition {number} is not whole, {point}")


def kill_at(point: Point, state: int, log: TextIO) -> None:
    """Kill a publisher at one point, judge what is there, and publish again what is not.

    Whoever reads the edition before that second publish began has seen what was never committed.
    """
    items = next_items(state)
    before = current_number()
    start = time.monotonic()
    killed(items, point)
    judge(before, point)
    if not point.committed:
        start = time.monotonic()
        publish(items=items, actor=system_user())
    end = time.monotonic()
    number = current_number()
    if number != before + 1:
        raise Broken(f"number {number} after {before}, {point}")
    records.write(log, Published(start, end, number))


def main(arguments: list[str]) -> None:
    with Path(arguments[0]).open("w", buffering=1) as log:
        start = time.monotonic()
        cut = points(next_items(1))
        records.write(log, Published(start, time.monotonic(), current_number()))
        for place, point in enumerate(cut):
            kill_at(point, 2 + place, log)
    for broken in (*broken_editions(), *broken_bytes()):
        raise Broken(str(broken))
    statements = sum(not point.after for point in cut)
    print(f"{len(cut)} kills around {statements} statements; edition {current_number()} is whole")
