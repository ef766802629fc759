"""The kill run: whoever publishes, goes back or retires is killed (SIGKILL) before each statement
and after each commit. Each time the edition is there whole, or nothing of it is.

    python -m tests.job tests.consistency.killing LOG [again]

Who is killed is a fork of this process. The next one tries the same on top of what the killed one
left, and is killed one statement later, until one lives. With `again` they are killed after each
statement as well, and after each kill the same is done to its end, which must get the next number.
In an installation where nothing is published the very first edition is killed, too.

How often that was is printed, as JSON. What is found wrong ends the run with 1.
"""

from __future__ import annotations

import itertools
import json
import os
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import astuple, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from django.db import connection
from django.db.models import Q

from articles.models import Article, AuditRecord
from articles.operations.audit import system_user
from channels.models import Edition, Entry, OutboxRow, SnippetEntry, TopicEntry
from channels.operations.items import Retirement
from channels.operations.publishing import publish
from channels.operations.rollback import go_back
from channels.queries import current_number
from tests.consistency import records
from tests.consistency.content import new_fee, prepare, write_state
from tests.consistency.manifest import Broken, write_manifest
from tests.consistency.marks import PASSING_ARTICLE
from tests.consistency.records import Published

CHANGED = ("told-1",)  # and told-4 with the snippet that it uses
COMMIT = "COMMIT"
FLIP = 'UPDATE "channels_pointer"'
MOST = 500  # kills until one must live

Act = Callable[[], Edition]
Deed = Callable[[int], Act]  # prepares an act with texts in the state of this number


def publishing(state: int) -> Act:
    items = [new_fee(state), *write_state(CHANGED, state)]
    return partial(publish, items=items, actor=system_user())


def going_back(state: int) -> Act:
    return partial(go_back, number=current_number() - 1, actor=system_user())


def beginning(state: int) -> Act:
    return partial(publish, items=write_state([PASSING_ARTICLE], state), actor=system_user())


def retiring(state: int) -> Act:
    if not Entry.objects.live().filter(public_id=PASSING_ARTICLE).exists():
        beginning(state)()
    items = [Retirement(Article.objects.get(public_id=PASSING_ARTICLE))]
    return partial(publish, items=items, actor=system_user())


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


@dataclass(frozen=True, slots=True)
class Point:
    """Where a process can be killed. A statement is known by its words and by those of the one
    before it: what a killed process left may save the next one a statement."""

    former: str
    sql: str
    time: int  # that these two came, from 1
    after: bool

    def __str__(self) -> str:
        return f"{'after' if self.after else 'before'} {self.sql[:90]} (time {self.time})"


@dataclass(slots=True)
class Killer:
    """Kills this process at the first point that is none of `past`, and says where that is and
    whether the edition must be there then."""

    past: set[Point]
    every: bool  # after each statement, too, and not only after each commit
    tell: int  # a file descriptor
    former: str = ""
    sql: str = ""
    times: Counter[tuple[str, str]] = field(default_factory=Counter)
    flipped: bool = False
    committed: bool = False

    def __call__(self, number: int, sql: str, after: bool) -> None:
        if after:
            self.flipped |= sql.startswith(FLIP)
            self.committed |= self.flipped and sql == COMMIT
        else:
            self.former, self.sql = self.sql, sql
            self.times[self.former, sql] += 1
        point = Point(self.former, sql, self.times[self.former, sql], after)
        if point not in self.past and (self.every or not after or sql == COMMIT):
            os.write(self.tell, json.dumps([self.committed, *astuple(point)]).encode())
            os.kill(os.getpid(), signal.SIGKILL)


class KillRun:
    def __init__(self, log: TextIO, *, again: bool) -> None:
        self.log = log
        self.again = again
        self.states = itertools.count(1)

    def kill_everywhere(self, deed: Deed) -> int:
        """Kill whoever does it at each point, until one lives; return how many were killed.

        Whoever reads an edition before a publish of it began that was not killed has seen what was
        never committed.
        """
        past: set[Point] = set()
        act = deed(next(self.states))
        while len(past) < MOST:
            before, start = current_number(), time.monotonic()
            point, committed = self._attempt(act, past)
            where = f"{deed.__name__}, killed {point}" if point else f"{deed.__name__}, not killed"
            judge(before + committed, where)
            if not committed and self.again:
                start = time.monotonic()
                act()
                judge(before + 1, f"{where}, and done again")
            if committed or self.again:
                records.write(self.log, Published(start, time.monotonic(), before + 1))
                if point is None:
                    return len(past)
                act = deed(next(self.states))
            past.add(point)
        raise Broken(f"{deed.__name__}: nobody lived")

    def _attempt(self, act: Act, past: set[Point]) -> tuple[Point | None, bool]:
        """Act in a fork of this process. Return where it was killed, None where it lived, and
        whether its edition must be there. Raises Broken where it failed."""
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()  # A fork must not share its parent's sockets.
        told, tell = os.pipe()
        child = os.fork()
        if child == 0:
            _act_until_killed(act, Killer(past, self.again, tell))
        os.close(tell)
        with open(told) as file:
            last_words = file.read()
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
            committed, *point = json.loads(last_words)
            return Point(*point), committed
        if status:
            raise Broken(f"it failed on what was left by {len(past)} kills")
        return None, True


def _act_until_killed(act: Act, killer: Killer) -> None:
    try:
        with Statements(killer):
            act()
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


def judge(number: int, where: str) -> None:
    """Raise Broken unless edition `number` is current and whole, and nothing else is there."""
    if current_number() != number:
        raise Broken(f"edition {current_number()} instead of {number}, {where}")
    beyond = Q(from_edition__gt=number) | Q(until_edition__gt=number)
    leftovers = {
        "editions": Edition.objects.filter(number__gt=number).count(),
        "entries": Entry.objects.filter(beyond).count(),
        "snippets": SnippetEntry.objects.filter(beyond).count(),
        "topics": TopicEntry.objects.filter(beyond).count(),
        "outbox rows": OutboxRow.objects.filter(edition__gt=number).count(),
        "audit records": AuditRecord.objects.filter(subject=f"edition {number + 1}").count(),
    }
    if any(leftovers.values()):
        raise Broken(f"left behind: {leftovers}, {where}")
    if Edition.objects.count() != number or OutboxRow.objects.count() != number:
        raise Broken(f"a gap, or an outbox row that is missing or doubled, {where}")
    live = Edition.objects.filter(number=number).values_list("live", flat=True)
    if Entry.objects.live().count() != sum(live):
        raise Broken(f"edition {number} is not whole, {where}")


def main(arguments: list[str]) -> None:
    path, *again = arguments
    kills = {}
    with Path(path).open("w", buffering=1) as log:
        run = KillRun(log, again=bool(again))
        if not current_number():
            kills["first"] = run.kill_everywhere(beginning)
            prepare()
        kills["publish"] = run.kill_everywhere(publishing)
        kills["go back"] = run.kill_everywhere(going_back)
        kills["retire"] = run.kill_everywhere(retiring)
        write_manifest(log)
    print(json.dumps(kills))
