"""Releases that are due go live at their time: rendered ahead of it, published at it.

Several workers may look at once. Each renders for itself, and whoever commits first has published;
the others find the release published and leave it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from django.db import InterfaceError, OperationalError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from articles.exceptions import OperationRefused
from channels.models import Release
from channels.operations.items import Wanted
from channels.operations.planning import draw_up
from channels.operations.preparing import Kept
from channels.operations.release_publishing import fail_release, publish_release
from channels.operations.releases import items_of
from channels.queries import current_number
from channels.release_workflow import ReleaseState

logger = logging.getLogger("knowledgehub.releases")

# A release is rendered so long before it is due: tens of thousands of texts take no longer.
AHEAD = timedelta(minutes=10)
# So long before, a release is planned to the last link, to be committed at its time.
HEAD_START = timedelta(seconds=2)
LONGEST_PAUSE = 0.5  # seconds between two looks
PATIENCE = timedelta(seconds=0.3)  # between two looks while something is rendered ahead


class DueReleases:
    """One worker's view of the schedule, with what it has rendered of it."""

    def __init__(
        self,
        clock: Callable[[], datetime] = timezone.now,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._clock, self._sleep = clock, sleep
        # By release: the plan's version that was rendered, and what became of it.
        self._kept: dict[int, tuple[int, Kept]] = {}
        self._looked_at: datetime | None = None

    def look(self) -> int:
        """Publish what is due, or will be in a moment, then render ahead what will be soon; return
        how many went live.

        Raises DatabaseError where the database does not answer.
        """
        published = self._publish_due()
        for release in self._coming():
            if self._kept.get(release.pk, (0,))[0] != release.version:
                published += self._render(release)
        return published

    def pause(self) -> float:
        """Return after how many seconds to look again."""
        due_at = self._scheduled().values_list("due_at", flat=True).first()
        if due_at is None:
            return LONGEST_PAUSE
        return min(LONGEST_PAUSE, max(0.0, self._seconds_to(due_at - HEAD_START)))

    def _publish_due(self) -> int:
        self._looked_at = self._clock()
        soon = self._looked_at + HEAD_START
        due = list(self._scheduled().filter(due_at__lte=soon).select_related("owner"))
        return sum(map(self._publish, due))

    def _publish(self, release: Release) -> bool:
        early = self._seconds_to(release.due_at) > 0
        _, kept = self._kept.get(release.pk, (0, {}))
        try:
            publish_release(
                actor=release.owner,
                release=release,
                version=release.version,
                kept=kept,
                wait=partial(self._wait_for, release.due_at),
            )
        except OperationRefused as refusal:
            # Said of the moment when it was due; until then it may still be mended.
            self._wait_for(release.due_at)
            if early:
                return self._publish(release)
            self._fail(release, str(refusal))
            return False
        except (OperationalError, InterfaceError):
            raise  # The database is away or busy: the next look tries again.
        except Exception:
            logger.exception("Release %s could not be published.", release.pk)
            self._fail(release, gettext("An unexpected error; the log of the server says more."))
            return False
        return True

    def _fail(self, release: Release, reasons: str) -> None:
        if fail_release(
            release=release, version=release.version, reasons=reasons, now=self._clock()
        ):
            logger.warning("Release %s could not be published: %s", release.pk, reasons)

    def _wait_for(self, due_at: datetime | None) -> None:
        while (seconds := self._seconds_to(due_at)) > 0:
            self._sleep(seconds)

    def _seconds_to(self, at: datetime | None) -> float:
        return (at - self._clock()).total_seconds() if at else 0.0

    def _coming(self) -> list[Release]:
        coming = list(self._scheduled().filter(due_at__lte=self._clock() + AHEAD))
        self._kept = {r.pk: self._kept[r.pk] for r in coming if r.pk in self._kept}
        return coming

    def _render(self, release: Release) -> int:
        """Render a release ahead of its time; what stands in its way now may be mended by then.
        Others that become due meanwhile are published; return how many."""
        kept = self._kept.get(release.pk, (0, {}))[1]
        self._kept[release.pk] = (release.version, kept)
        published = 0

        def look_between(done: int, total: int) -> None:
            nonlocal published
            if self._looked_at is None or self._clock() - self._looked_at >= PATIENCE:
                published += self._publish_due()

        with suppress(OperationRefused):  # It is said when it is due, if it still is so.
            draw_up(
                Wanted.of(items_of(release)),
                base=current_number(),
                kept=kept,
                progress=look_between,
            )
        return published

    def _scheduled(self) -> QuerySet[Release]:
        return Release.objects.filter(state=ReleaseState.SCHEDULED).order_by("due_at", "pk")
