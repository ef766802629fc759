"""Putting a release on the schedule, and taking it off again."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.utils import timezone
from django.utils.translation import gettext

from articles.exceptions import InvalidInput, Stale
from articles.operations.audit import operation, record
from articles.roles import require
from channels.models import Release
from channels.operations.items import Wanted
from channels.operations.release_items import changed_since
from channels.operations.releases import clear_time, hold_release, items_of
from channels.operations.schedule import instant_of
from channels.release_workflow import ReleaseAction, release_step


@operation()
def schedule_release(
    *,
    actor: AbstractUser,
    release: Release,
    version: int,
    local: str,
    zone: str,
    fold: int | None = None,
    now: datetime | None = None,
) -> Release:
    """Have the release published when a clock in `zone` shows `local` ("2026-03-29T09:00"); it is
    the act of `actor` then. A release that is scheduled already is moved.

    Raises NoSuchTime and TimeTwice (see `schedule.instant_of`), InvalidInput for a time that is
    past or a release without items, Stale where an item changed since; WrongState, NotAllowed.
    """
    held = hold_release(release, version)
    target = release_step(held.state, ReleaseAction.SCHEDULE)
    require(actor, target.permission)
    due_at, now = instant_of(local=local, zone=zone, fold=fold), now or timezone.now()
    if due_at <= now:
        raise InvalidInput(gettext("This time is past."), field="local")
    items = items_of(held)
    if not items:
        raise InvalidInput(gettext("There is nothing in this release yet."))
    if lines := changed_since(Wanted.of(items)):
        raise Stale("\n".join(lines), current=held.version)
    held.state, held.owner_id = target.state, actor.pk
    held.due_at, held.due_local, held.due_zone = due_at, local, zone
    held.failure, held.failed_at = "", None
    held.version += 1
    held.save()
    record(
        actor=actor,
        action="schedule-release",
        subject=f"release {held.pk}",
        now=now,
        detail={"name": held.name, "local": local, "zone": zone, "at": due_at.isoformat()},
    )
    return held


@operation()
def unschedule_release(
    *, actor: AbstractUser, release: Release, version: int, now: datetime | None = None
) -> Release:
    """Take the release off the schedule, to be changed or published by hand. Raises WrongState,
    Stale, NotAllowed."""
    held = hold_release(release, version)
    target = release_step(held.state, ReleaseAction.UNSCHEDULE)
    require(actor, target.permission)
    held.state = target.state
    clear_time(held)
    held.version += 1
    held.save()
    record(
        actor=actor,
        action="unschedule-release",
        subject=f"release {held.pk}",
        now=now or timezone.now(),
        detail={"name": held.name},
    )
    return held
