"""Doing what publishes left in the outbox until it is done, however often a worker dies on the
way."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db.models import F, QuerySet
from django.utils import timezone

from channels.models import OutboxRow
from channels.search.exceptions import IndexBusy
from channels.search.indexing import bring_index_to_current

logger = logging.getLogger("knowledgehub.outbox")

FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(minutes=5)

# Each brings something to the current edition, whatever its state, and returns that edition's
# number: one run does the rows of all editions so far. Workers keep each other out by a lock that
# lets go when its holder dies; a claim in the row would outlive a dead worker.
FOLLOWERS: dict[str, Callable[[], int]] = {
    OutboxRow.Kind.INDEX: partial(bring_index_to_current, wait=0),
}


def drain(*, now: datetime | None = None) -> int:
    """Do all rows that are due; return how many were done."""
    return sum(_follow(kind, bring, now) for kind, bring in FOLLOWERS.items())


def _follow(kind: str, bring: Callable[[], int], now: datetime | None) -> int:
    waiting = OutboxRow.objects.filter(kind=kind, done_at=None)
    done = 0
    # Another edition may come while one is followed.
    while waiting.filter(due_at__lte=now or timezone.now()).exists():
        try:
            edition = bring()
        except IndexBusy:
            break  # Who is at it does these rows, too, or leaves them for the next look.
        except Exception as error:
            _postpone(waiting, error, now or timezone.now())
            logger.exception("Outbox: %s failed.", kind)
            break
        finished = waiting.filter(edition_id__lte=edition).update(
            done_at=now or timezone.now(), attempts=F("attempts") + 1, error=""
        )
        if not finished:
            break
        done += finished
    return done


def _postpone(waiting: QuerySet[OutboxRow], error: Exception, now: datetime) -> None:
    tries = max(waiting.values_list("attempts", flat=True), default=0)
    waiting.update(
        attempts=F("attempts") + 1,
        due_at=now + min(FIRST_PAUSE * 2 ** min(tries, 20), LONGEST_PAUSE),
        error=f"{type(error).__name__}: {error}"[:2000],
    )
