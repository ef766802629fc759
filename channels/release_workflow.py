"""The life of a release as a table: in which state which action is possible, and who may do it."""

from __future__ import annotations

from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles.exceptions import WrongState
from articles.roles import PUBLISH, WRITE


class ReleaseState(models.TextChoices):
    # Not what an open request is: that one waits to be dealt with, a release is being put together.
    OPEN = "open", pgettext_lazy("a release", "open")
    SCHEDULED = "scheduled", _("scheduled")
    PUBLISHED = "published", _("published")
    CANCELLED = "cancelled", _("cancelled")
    FAILED = "failed", _("failed")


class ReleaseAction(models.TextChoices):
    COLLECT = "collect", _("change its items")
    SCHEDULE = "schedule", _("schedule")
    UNSCHEDULE = "unschedule", _("take off the schedule")
    PUBLISH = "publish", _("publish")
    CANCEL = "cancel", _("cancel")
    FAIL = "fail", _("fail")


class ReleaseStep(NamedTuple):
    state: ReleaseState
    permission: str


_OPEN, _SCHEDULED = ReleaseState.OPEN, ReleaseState.SCHEDULED
_PUBLISHED, _CANCELLED = ReleaseState.PUBLISHED, ReleaseState.CANCELLED
_FAILED = ReleaseState.FAILED

RELEASE_WORKFLOW: dict[tuple[ReleaseState, ReleaseAction], ReleaseStep] = {
    # A plan publishes nothing, so who writes may make one and collect for it. What is scheduled
    # was decided on as it stands: it changes only after it was taken off the schedule.
    (_OPEN, ReleaseAction.COLLECT): ReleaseStep(_OPEN, WRITE),
    (_OPEN, ReleaseAction.SCHEDULE): ReleaseStep(_SCHEDULED, PUBLISH),
    (_OPEN, ReleaseAction.PUBLISH): ReleaseStep(_PUBLISHED, PUBLISH),
    (_OPEN, ReleaseAction.CANCEL): ReleaseStep(_CANCELLED, PUBLISH),
    (_SCHEDULED, ReleaseAction.SCHEDULE): ReleaseStep(_SCHEDULED, PUBLISH),
    (_SCHEDULED, ReleaseAction.UNSCHEDULE): ReleaseStep(_OPEN, PUBLISH),
    (_SCHEDULED, ReleaseAction.PUBLISH): ReleaseStep(_PUBLISHED, PUBLISH),
    (_SCHEDULED, ReleaseAction.CANCEL): ReleaseStep(_CANCELLED, PUBLISH),
    # Nobody asks for it: it is what becomes of a due release that could not be published.
    (_SCHEDULED, ReleaseAction.FAIL): ReleaseStep(_FAILED, PUBLISH),
    (_FAILED, ReleaseAction.COLLECT): ReleaseStep(_OPEN, WRITE),
    (_FAILED, ReleaseAction.SCHEDULE): ReleaseStep(_SCHEDULED, PUBLISH),
    (_FAILED, ReleaseAction.PUBLISH): ReleaseStep(_PUBLISHED, PUBLISH),
    (_FAILED, ReleaseAction.CANCEL): ReleaseStep(_CANCELLED, PUBLISH),
}


def release_step(state: str, action: ReleaseAction) -> ReleaseStep:
    """Return where `action` leads from `state`. Raises WrongState where the table has no row."""
    try:
        return RELEASE_WORKFLOW[ReleaseState(state), action]
    except KeyError:
        raise WrongState(
            gettext("A release that is “%(state)s” cannot do “%(action)s”.")
            % {"state": ReleaseState(state).label, "action": action.label}
        ) from None


def actions_of(state: str) -> frozenset[ReleaseAction]:
    """Return the actions that the table knows in `state`."""
    return frozenset(action for known, action in RELEASE_WORKFLOW if known == state)
