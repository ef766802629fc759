"""Doing what publishes left in the outbox: each row once, in the order of editions, until it is
done, however often a worker dies on the way."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from channels.models import OutboxRow
from channels.search.indexing import bring_index_to_current

logger = logging.getLogger("knowledgehub.outbox")

CLAIM = timedelta(minutes=10)  # after that a row whose worker died is taken by another
FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(minutes=5)

# Every handler is idempotent: it brings something to the current edition, whatever its state.
HANDLERS: dict[str, Callable[[], None]] = {
    OutboxRow.Kind.INDEX: bring_index_to_current,
}


def drain(*, now: datetime | None = None) -> int:
    """Do all rows that are due; return how many were done."""
    done = 0
    while (row := _claim(now or timezone.now())) is not None:
        done += _do(row, now)
    return done


def _claim(now: datetime) -> OutboxRow | None:
    """Take the first due row for this worker, by an update that only one worker can win."""
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    due = OutboxRow.objects.filter(free, done_at=None, due_at__lte=now).order_by("edition_id", "pk")
    for row in due[:5]:
        if OutboxRow.objects.filter(free, pk=row.pk, done_at=None).update(
            claimed_until=now + CLAIM
        ):
            return row
    return None


def _do(row: OutboxRow, now: datetime | None) -> int:
    try:
        HANDLERS[row.kind]()
    except Exception as error:
        attempts = row.attempts + 1
        pause = min(FIRST_PAUSE * 2 ** min(row.attempts, 20), LONGEST_PAUSE)
        OutboxRow.objects.filter(pk=row.pk).update(
            attempts=attempts,
            claimed_until=None,
            due_at=(now or timezone.now()) + pause,
            error=f"{type(error).__name__}: {error}"[:2000],
        )
        logger.exception("Outbox: %s failed, attempt %d.", row, attempts)
        return 0
    # What brought this far also did the same kind of every edition before.
    return OutboxRow.objects.filter(
        kind=row.kind, edition_id__lte=row.edition_id, done_at=None
    ).update(done_at=now or timezone.now(), claimed_until=None, error="", attempts=row.attempts + 1)
