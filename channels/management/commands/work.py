"""`manage.py work`: the background process, which does what publishes leave in the outbox, and
publishes releases when they are due; what agents did in old calls is forgotten."""

from __future__ import annotations

import logging
import signal
import time
from contextlib import suppress
from threading import Event, Thread
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections, connection

from articles.operations.freshness import remind_when_due
from channels.operations.calls import forget_old_calls
from channels.operations.due_releases import DueReleases
from channels.operations.outbox import drain
from channels.operations.release_mail import tell_owners
from channels.operations.search_log import keep_search_log
from channels.search.exceptions import IndexBusy, SearchUnavailable
from channels.search.indexing import (
    bring_index_to_current,
    compact_index,
    index_needs_care,
)
from channels.search.semantic.following import bring_vectors_to_current

logger = logging.getLogger("knowledgehub.work")

PAUSE = 0.5  # seconds between two looks into the outbox
PAUSE_AFTER_FAILURE = 5.0
SLICE = 0.5  # seconds that vectors are made before the outbox is looked into again
PATIENCE = 2.0  # seconds for a release that is being published to be done when we are stopped
PAUSE_BETWEEN_REMINDERS = 300.0  # they go out once a day, from an hour of the day on
PAUSE_BETWEEN_CLEANINGS = 3600.0  # of the search log
PAUSE_BETWEEN_COMPACTIONS = 300.0  # of the search index
# An index that is called damaged again must not keep us busy, nor readers waiting without need:
# the pause is so many times what the last repair took.
PAUSE_FOR_REPAIR, SHORTEST_PAUSE, LONGEST_PAUSE = 2.0, 2.0, 60.0  # the last two in seconds


class Command(BaseCommand):
    help = "Do what publishes leave in the outbox, and publish due releases, until told to stop."
    # They import every page, of which this process serves none.
    requires_system_checks = ()
    stopping = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due, then stop")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            DueReleases().look()
            tell_owners()
            remind_when_due()
            keep_search_log()
            forget_old_calls(days=settings.CALL_DAYS)
            bring_index_to_current()
            drain()
            bring_vectors_to_current()
            with suppress(IndexBusy, SearchUnavailable):
                compact_index()
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        logger.info("Working.")
        stop = Event()
        # Beside the rest: bringing the index up to date may take longer than a second, and making
        # it compact minutes.
        timekeeper = Thread(target=_keep_time, args=(stop,), name="timekeeper", daemon=True)
        timekeeper.start()
        Thread(target=_keep_index_compact, args=(stop,), name="compaction", daemon=True).start()
        try:
            self._work()
        except Stopped:
            logger.info("Stopped.")
        finally:
            stop.set()
            timekeeper.join(PATIENCE)
            connection.close()

    def _work(self) -> None:
        repair_from, reminded = 0.0, -PAUSE_BETWEEN_REMINDERS
        cleaned = -PAUSE_BETWEEN_CLEANINGS
        in_order = False
        while not self.stopping:
            close_old_connections()
            try:
                # It may be behind though no row is left: done elsewhere, or back from a backup.
                repair_due = time.monotonic() >= repair_from
                # A service that can't be asked keeps nothing else waiting.
                with suppress(SearchUnavailable):
                    if not in_order or (repair_due and index_needs_care()):
                        began = time.monotonic()
                        try:
                            with suppress(IndexBusy):
                                bring_index_to_current(wait=0)
                        finally:
                            repair_from = time.monotonic() + _pause_after(time.monotonic() - began)
                        in_order = True
                drain()
                tell_owners()
                if time.monotonic() - reminded >= PAUSE_BETWEEN_REMINDERS:
                    reminded = time.monotonic()
                    remind_when_due()
                if time.monotonic() - cleaned >= PAUSE_BETWEEN_CLEANINGS:
                    cleaned = time.monotonic()
                    keep_search_log()
                    forget_old_calls(days=settings.CALL_DAYS)
                more = bring_vectors_to_current(seconds=SLICE)
                pause = 0.0 if more else PAUSE
            except Exception as error:
                _report(error)
                pause = PAUSE_AFTER_FAILURE
            time.sleep(pause)

    def _stop(self, *_: object) -> None:
        self.stopping = True  # Should the exception come where Python drops it.
        raise Stopped


def _pause_after(repair: float) -> float:
    """Return for how many seconds no other repair of the index begins after one of so many."""
    return min(max(repair * PAUSE_FOR_REPAIR, SHORTEST_PAUSE), LONGEST_PAUSE)


def _keep_time(stop: Event) -> None:
    """Publish releases when they are due, until told to stop."""
    due = DueReleases()
    while not stop.is_set():
        close_old_connections()
        try:
            due.look()
            pause = due.pause()
        except Exception as error:
            _report(error)
            pause = PAUSE
        stop.wait(pause)
    connection.close()


def _keep_index_compact(stop: Event) -> None:
    """Make the search index compact whenever publishes have worn it, until told to stop."""
    while not stop.wait(PAUSE_BETWEEN_COMPACTIONS):
        close_old_connections()
        try:
            with suppress(IndexBusy, SearchUnavailable):
                compact_index()
        except Exception as error:
            _report(error)
        connection.close()


class Stopped(BaseException):
    """Told to stop. It may come at any statement: whatever was begun is done again by the next
    worker, as after a power cut."""


def _report(error: Exception) -> None:
    if isinstance(error, DatabaseError):
        logger.warning("The database does not answer; trying again soon: %s", error)
        connection.close()
    else:
        logger.exception("What is due could not be done; trying again soon.")
