"""The life of a text as a table: in which state which action is possible, and who may do it."""

from __future__ import annotations

from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.exceptions import WrongState
from articles.roles import PUBLISH, REVIEW, WRITE


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    REJECTED = "rejected", _("sent back")
    APPROVED = "approved", _("approved")
    PUBLISHED = "published", _("published")
    RETIRED = "retired", _("retired")


class Action(models.TextChoices):
    SAVE = "save", _("save")
    SUBMIT = "submit", _("submit for review")
    WITHDRAW = "withdraw", _("take back from review")
    APPROVE = "approve", _("approve")
    REJECT = "reject", _("send back")
    PUBLISH = "publish", _("publish")
    RETIRE = "retire", _("retire")


class Step(NamedTuple):
    state: State
    permission: str


WORKFLOW: dict[tuple[State, Action], Step] = {
    # Writing is always possible and always ends in a draft.
    **{(state, Action.SAVE): Step(State.DRAFT, WRITE) for state in State},
    (State.DRAFT, Action.SUBMIT): Step(State.IN_REVIEW, WRITE),
    (State.REJECTED, Action.SUBMIT): Step(State.IN_REVIEW, WRITE),
    (State.IN_REVIEW, Action.WITHDRAW): Step(State.DRAFT, WRITE),
    (State.IN_REVIEW, Action.APPROVE): Step(State.APPROVED, REVIEW),
    (State.IN_REVIEW, Action.REJECT): Step(State.REJECTED, REVIEW),
    (State.APPROVED, Action.REJECT): Step(State.REJECTED, REVIEW),
    (State.APPROVED, Action.PUBLISH): Step(State.PUBLISHED, PUBLISH),
    (State.PUBLISHED, Action.RETIRE): Step(State.RETIRED, PUBLISH),
    (State.RETIRED, Action.SUBMIT): Step(State.IN_REVIEW, WRITE),
}


# A value that is approved is corrected by a newer one, not taken back: what tells it keeps a value.
SNIPPET_WORKFLOW: dict[tuple[State, Action], Step] = {
    **{
        (state, Action.SAVE): Step(State.DRAFT, WRITE)
        for state in (State.DRAFT, State.IN_REVIEW, State.REJECTED, State.APPROVED)
    },
    (State.DRAFT, Action.SUBMIT): Step(State.IN_REVIEW, WRITE),
    (State.REJECTED, Action.SUBMIT): Step(State.IN_REVIEW, WRITE),
    (State.IN_REVIEW, Action.WITHDRAW): Step(State.DRAFT, WRITE),
    (State.IN_REVIEW, Action.APPROVE): Step(State.APPROVED, REVIEW),
    (State.IN_REVIEW, Action.REJECT): Step(State.REJECTED, REVIEW),
}
SNIPPET_STATES = tuple(dict.fromkeys(state for state, _action in SNIPPET_WORKFLOW))


def step(state: str, action: Action) -> Step:
    """Return where `action` leads from `state`. Raises WrongState where the table has no row."""
    try:
        return WORKFLOW[State(state), action]
    except KeyError:
        raise WrongState(
            gettext("A text that is “%(state)s” cannot do “%(action)s”.")
            % {"state": State(state).label, "action": action.label}
        ) from None


def snippet_step(state: str, action: Action) -> Step:
    """Return where `action` leads a snippet's value. Raises WrongState as `step` does."""
    try:
        return SNIPPET_WORKFLOW[State(state), action]
    except KeyError:
        raise WrongState(
            gettext("A snippet that is “%(state)s” cannot do “%(action)s”.")
            % {"state": State(state).label, "action": action.label}
        ) from None
