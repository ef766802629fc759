"""The life of a reader's request as a table: from which state it may go where."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.exceptions import WrongState


class RequestState(models.TextChoices):
    OPEN = "open", _("open")
    PLANNED = "planned", _("planned")
    IN_WORK = "in_work", _("in work")
    PUBLISHED = "published", _("published")
    DECLINED = "declined", _("declined")


# Votes are taken, and the same sentence asked again is a vote.
OPEN_STATES = (RequestState.OPEN, RequestState.PLANNED, RequestState.IN_WORK)

NEXT: dict[RequestState, frozenset[RequestState]] = {
    RequestState.OPEN: frozenset(
        {RequestState.PLANNED, RequestState.IN_WORK, RequestState.DECLINED}
    ),
    RequestState.PLANNED: frozenset(
        {RequestState.OPEN, RequestState.IN_WORK, RequestState.DECLINED}
    ),
    # Only an edition publishes: `operations.aftermath.answer_requests`.
    RequestState.IN_WORK: frozenset(
        {RequestState.OPEN, RequestState.PLANNED, RequestState.PUBLISHED, RequestState.DECLINED}
    ),
    RequestState.PUBLISHED: frozenset({RequestState.OPEN}),
    RequestState.DECLINED: frozenset({RequestState.OPEN}),
}


def check_step(state: str, wanted: RequestState) -> None:
    """Raise WrongState where the table does not lead from `state` to `wanted`."""
    if wanted not in NEXT[RequestState(state)]:
        raise WrongState(
            gettext("A request that is “%(state)s” cannot become “%(wanted)s”.")
            % {"state": RequestState(state).label, "wanted": wanted.label}
        )


def check_open(state: str) -> None:
    """Raise WrongState where a request of this state is closed."""
    if state not in OPEN_STATES:
        raise WrongState(gettext("This request is closed."))
