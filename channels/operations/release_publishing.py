"""A planned release goes live: all of it in one edition, or none of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.utils import timezone
from django.utils.translation import gettext

from articles.exceptions import InvalidInput, Stale, WrongState
from articles.operations.audit import operation, record
from articles.roles import require
from channels.models import Edition, Release
from channels.operations.candidate import Candidate
from channels.operations.golden_gate import require_golden
from channels.operations.holding import hold_items
from channels.operations.items import Wanted
from channels.operations.planning import plan
from channels.operations.preparing import Kept
from channels.operations.publishing import publish_candidate
from channels.operations.release_items import changed_since
from channels.operations.releases import hold_release, items_of
from channels.operations.rendered_ahead import rendered_for
from channels.release_workflow import ReleaseAction, release_step


def publish_release(
    *,
    actor: AbstractUser,
    release: Release,
    version: int,
    now: datetime | None = None,
    kept: Kept | None = None,
    wait: Callable[[], object] = lambda: None,
) -> Edition:
    """Publish all that the release holds in one new edition, named by the release.

    `kept` spares rendering what was rendered ahead of time, by default what this process rendered
    to check this very plan; `wait` is called when all is prepared,
    and returns when it is time to commit. Must not be called inside a transaction. Raises Stale
    where the plan is not that of `version`, or where an item changed since it was chosen, naming
    each; WrongState, InvalidInput, and what `publish` raises.
    """
    found = Release.objects.get(pk=release.pk)
    require(actor, release_step(found.state, ReleaseAction.PUBLISH).permission)
    if found.version != version:
        message = gettext("The release was changed meanwhile. Look again.")
        raise Stale(message, current=found.version)
    items = items_of(found)
    if not items:
        raise InvalidInput(gettext("There is nothing in this release yet."))
    wanted = Wanted.of(items)
    _require_as_chosen(wanted, version)
    if kept is None:
        kept = rendered_for(found)

    def prepare(base: int) -> Candidate:
        candidate = plan(wanted, base=base, kept=kept)
        require_golden(candidate)
        wait()
        return candidate

    return publish_candidate(
        prepare,
        cause=Edition.Cause.PUBLISH,
        actor=actor,
        note=found.name,
        now=now,
        hold=partial(_hold, wanted, version),
        alongside=partial(_mark, found),
    )


@operation()
def fail_release(
    *, release: Release, version: int, reasons: str, now: datetime | None = None
) -> bool:
    """Keep why a due release could not be published; its owner is to be told. Return False, and
    do nothing, where somebody else was there first."""
    try:
        held = hold_release(release, version)
        held.state = release_step(held.state, ReleaseAction.FAIL).state
    except (Stale, WrongState):
        return False
    now = now or timezone.now()
    held.failure, held.failed_at, held.mail_due_at = reasons, now, now
    held.version += 1
    held.save()
    record(
        actor=held.owner,
        action="fail-release",
        subject=f"release {held.pk}",
        now=now,
        detail={"name": held.name, "reasons": reasons.splitlines()[:100]},
    )
    return True


def _require_as_chosen(wanted: Wanted, version: int) -> None:
    if lines := changed_since(wanted):
        raise Stale("\n".join(lines), current=version)


def _hold(wanted: Wanted, version: int, candidate: Candidate) -> bool:
    """As for any publish, and what was chosen must be what is approved."""
    holds = hold_items(wanted, candidate)
    _require_as_chosen(wanted, version)
    return holds


def _mark(found: Release, edition: Edition) -> None:
    """Inside the edition's transaction: of many that publish one release, one gets here."""
    held = hold_release(found, found.version)
    target = release_step(held.state, ReleaseAction.PUBLISH)
    # What the person may do is read anew: it may have been a while since.
    require(get_user_model().objects.get(pk=edition.actor_id), target.permission)
    held.state, held.edition = target.state, edition
    held.failure, held.failed_at, held.mail_due_at = "", None, None
    held.version += 1
    held.save()
    record(
        actor=edition.actor,
        action="publish-release",
        subject=f"release {held.pk}",
        now=edition.published_at,
        detail={"name": held.name, "edition": edition.number},
    )
