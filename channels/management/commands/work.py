"""`manage.py work`: the background process, which does what publishes leave in the outbox."""

from __future__ import annotations

import logging
import signal
import time
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections, connection

from channels.operations.outbox import drain
from channels.search.exceptions import IndexBusy
from channels.search.indexing import bring_index_to_current, index_needs_care

logger = logging.getLogger("knowledgehub.work")

PAUSE = 0.5  # seconds between two looks into the outbox
PAUSE_AFTER_FAILURE = 5.0
PAUSE_BETWEEN_REPAIRS = 60.0  # an index that is called damaged again must not keep us busy


class Command(BaseCommand):
    help = "Do what publishes leave in the outbox, until told to stop."
    # They import every page, of which this process serves none.
    requires_system_checks = ()
    stopping = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due, then stop")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            bring_index_to_current()
            drain()
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        logger.info("Working.")
        try:
            self._work()
        except Stopped:
            logger.info("Stopped.")
        finally:
            connection.close()

    def _work(self) -> None:
        repaired = -PAUSE_BETWEEN_REPAIRS
        in_order = False
        while not self.stopping:
            close_old_connections()
            try:
                # It may be behind though no row is left: done elsewhere, or back from a backup.
                repair_due = time.monotonic() - repaired >= PAUSE_BETWEEN_REPAIRS
                if not in_order or (repair_due and index_needs_care()):
                    repaired = time.monotonic()
                    with suppress(IndexBusy):
                        bring_index_to_current(wait=0)
                    in_order = True
                drain()
                pause = PAUSE
            except Exception as error:
                _report(error)
                pause = PAUSE_AFTER_FAILURE
            time.sleep(pause)

    def _stop(self, *_: object) -> None:
        self.stopping = True  # Should the exception come where Python drops it.
        raise Stopped


class Stopped(BaseException):
    """Told to stop. It may come at any statement: whatever was begun is done again by the next
    worker, as after a power cut."""


def _report(error: Exception) -> None:
    if isinstance(error, DatabaseError):
        logger.warning("The database does not answer; trying again soon: %s", error)
        connection.close()
    else:
        logger.exception("The outbox or the index could not be worked on; trying again soon.")
