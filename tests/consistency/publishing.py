"""Publishers in processes of their own: they publish on and on, and sometimes fail on purpose.

    python -m tests.job tests.consistency.publishing LOG TURNS PUBLISHERS

Each publishes its share of the articles, so that they meet at the pointer.
"""

from __future__ import annotations

import itertools
import multiprocessing
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from django.db import connection

from articles.operations.audit import system_user
from channels.exceptions import NothingToPublish, PublishRefused
from channels.models import Edition
from channels.operations.publishing import publish
from channels.operations.rollback import go_back
from tests.consistency import records
from tests.consistency.content import FEE_ARTICLE, last_edition, new_fee, write_state
from tests.consistency.manifest import write_manifest
from tests.consistency.marks import ARTICLES, same_state
from tests.consistency.records import Published, Refused, States


class Injected(Exception):
    """A failure in the middle of a publish."""


class Publisher:
    def __init__(self, log: TextIO, index: int, of: int) -> None:
        self.log = log
        self.articles = ARTICLES[index::of]
        self.random = random.Random(index)
        self.actor = system_user()

    def once(self, turn: int, state: int) -> None:
        """Do one of the things that publishers do, or fail as they may fail."""
        match turn % 8:
            case 3:
                self.with_dead_link(state)
            case 5:
                self.interrupted(state)
            case 7:
                self.back()
            case _:
                self.plainly(state)

    def plainly(self, state: int) -> None:
        items: list[Any] = [*write_state(self.articles, state)]
        if FEE_ARTICLE in self.articles:
            items.append(new_fee(state))
        self.acknowledge(lambda: publish(items=items, actor=self.actor))

    def with_dead_link(self, state: int) -> None:
        items = write_state(self.articles, state, extra="[Nowhere](article:nowhere).")
        start = time.monotonic()
        try:
            publish(items=items, actor=self.actor)
        except PublishRefused:
            self.refuse(start, same_state(self.articles, state))

    def interrupted(self, state: int) -> None:
        """Fail at some statement; the transaction must leave nothing."""
        items = write_state(self.articles, state)
        start = time.monotonic()
        try:
            with failing_at(self.random.randrange(25)):
                edition = publish(items=items, actor=self.actor)
        except Injected:
            self.refuse(start, same_state(self.articles, state))
        else:
            records.write(self.log, Published(start, time.monotonic(), edition.number))

    def back(self) -> None:
        """Tell again what was told a few editions ago."""
        number = max(1, last_edition().number - self.random.randrange(1, 4))
        try:
            self.acknowledge(lambda: go_back(number=number, actor=self.actor))
        except NothingToPublish:
            return

    def acknowledge(self, publishing: Callable[[], Edition]) -> None:
        start = time.monotonic()
        edition = publishing()
        records.write(self.log, Published(start, time.monotonic(), edition.number))

    def refuse(self, start: float, states: States) -> None:
        records.write(self.log, Refused(start, time.monotonic(), states))


@contextmanager
def failing_at(statement: int) -> Iterator[None]:
    """Raise Injected instead of executing the statement of this number, counted from 0."""
    counter = itertools.count()

    def wrapper(execute: Any, *arguments: Any) -> Any:
        if next(counter) == statement:
            raise Injected
        return execute(*arguments)

    with connection.execute_wrapper(wrapper):
        yield


def work(path: str, turns: int, index: int, of: int) -> None:
    with open(path, "a", buffering=1) as log:
        publisher = Publisher(log, index, of)
        for turn in range(turns):
            publisher.once(turn, (turn + 1) * of + index)


def main(arguments: list[str]) -> None:
    path, turns, of = arguments[0], int(arguments[1]), int(arguments[2])
    # Forks: Django is set up once, and no connection is open yet.
    fork = multiprocessing.get_context("fork")
    publishers = [fork.Process(target=work, args=(path, turns, index, of)) for index in range(of)]
    for publisher in publishers:
        publisher.start()
    for publisher in publishers:
        publisher.join()
    if any(publisher.exitcode for publisher in publishers):
        sys.exit(1)
    with open(path, "a") as log:
        write_manifest(log)
