"""Writing snippets, facts that many articles state, and their way through review."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.utils import timezone
from django.utils.translation import gettext

from articles.document.text import clean_text
from articles.exceptions import InvalidInput, Stale
from articles.models import Snippet, SnippetRevision, SnippetStep
from articles.models.review import SNIPPETS
from articles.operations.attachments import note_uses_in_snippet
from articles.operations.audit import operation, record
from articles.operations.reviewing import missing_approvals
from articles.operations.snippet_checks import check_value, cleaned, refuse_circle
from articles.roles import REVIEW, WRITE, require
from articles.workflow import Action, State, snippet_step


@operation()
def save_snippet(
    *,
    actor: AbstractUser,
    key: str,
    kind: str,
    value: Any,
    based_on: int,
    now: datetime | None = None,
) -> SnippetRevision:
    """Save a value as a new revision on top of revision `based_on` (0: the snippet is new).

    Saving the value it has makes no new revision. Raises InvalidInput, also for a text that leads
    back to itself through others; Stale, NotAllowed.
    """
    require(actor, WRITE)
    value = cleaned(kind, value)
    check_value(key=key, kind=kind, value=value)
    now = now or timezone.now()
    snippet, _ = Snippet.objects.select_for_update().get_or_create(key=key, defaults={"kind": kind})
    head = snippet.head
    current = head.number if head else 0
    if based_on != current:
        raise Stale(gettext("Another revision of this snippet came first."), current=current)
    if snippet.kind != kind:
        raise InvalidInput(
            gettext("This snippet is a %(kind)s.") % {"kind": snippet.get_kind_display()},
            field="kind",
        )
    if head and head.value == value:
        return head
    refuse_circle(key=key, kind=kind, value=value)
    revision = SnippetRevision.objects.create(
        snippet=snippet, number=current + 1, value=value, author_id=actor.pk, created_at=now
    )
    note_uses_in_snippet(revision)
    snippet.head = revision
    snippet.state = snippet_step(snippet.state, Action.SAVE).state
    snippet.save(update_fields=["head", "state"])
    record(
        actor=actor,
        action="save-snippet",
        subject=f"snippet {key}",
        now=now,
        detail={"revision": revision.number, "value": value},
    )
    return revision


def submit_snippet(
    *, actor: AbstractUser, snippet: Snippet, revision: int, now: datetime | None = None
) -> Snippet:
    """Ask for review of `revision`, the newest. Raises WrongState, Stale, NotAllowed."""
    return _move(actor, snippet, revision, Action.SUBMIT, now)


def withdraw_snippet(
    *, actor: AbstractUser, snippet: Snippet, revision: int, now: datetime | None = None
) -> Snippet:
    """Take `revision` back from review. Raises WrongState, Stale, NotAllowed."""
    return _move(actor, snippet, revision, Action.WITHDRAW, now)


def approve_snippet(
    *, actor: AbstractUser, snippet: Snippet, revision: int, now: datetime | None = None
) -> Snippet:
    """Approve `revision`, the newest. It can be published once as many people have as the rule for
    snippets asks for; what nobody submitted is submitted as well. Once it is approved, approving
    it again changes nothing.

    Raises InvalidInput where it would lead back to itself through other approved values;
    NotAllowed, also for who approved it already or wrote it where that is against the rule;
    WrongState, Stale.
    """
    return _move(actor, snippet, revision, Action.APPROVE, now)


def reject_snippet(
    *,
    actor: AbstractUser,
    snippet: Snippet,
    revision: int,
    reason: str,
    now: datetime | None = None,
) -> Snippet:
    """Send `revision` back to its author with a reason. Raises InvalidInput without a reason;
    WrongState, Stale, NotAllowed."""
    reason = clean_text(reason).strip()
    if not reason:
        raise InvalidInput(gettext("Say why the value is sent back."), field="reason")
    return _move(actor, snippet, revision, Action.REJECT, now, reason)


@operation()
def _move(
    actor: AbstractUser,
    snippet: Snippet,
    revision: int,
    action: Action,
    now: datetime | None,
    reason: str = "",
) -> Snippet:
    held = Snippet.objects.select_for_update().get(pk=snippet.pk)
    require(actor, REVIEW if action in (Action.APPROVE, Action.REJECT) else WRITE)
    head = held.head
    current = head.number if head else 0
    if head is None or current != revision:
        # What was read must be what is decided on.
        raise Stale(gettext("A newer value of this snippet was saved meanwhile."), current=current)
    now = now or timezone.now()
    if action is Action.APPROVE:
        if held.approved_id == head.pk:
            return held
        if held.state == State.DRAFT:
            held.state = snippet_step(held.state, Action.SUBMIT).state
            _keep(head, actor, Action.SUBMIT, now)
    target = snippet_step(held.state, action)
    if action is not Action.APPROVE:
        held.state = target.state
    elif missing_approvals(actor, head, kind=SNIPPETS) == 0:
        refuse_circle(key=held.key, kind=held.kind, value=head.value, approved=True)
        held.state, held.approved = target.state, head
    _keep(head, actor, action, now, reason)
    held.save(update_fields=["state", "approved"])
    return held


def _keep(
    head: SnippetRevision, actor: AbstractUser, action: Action, now: datetime, reason: str = ""
) -> None:
    """Write who decided what, and why."""
    reason = reason[:2000]
    SnippetStep.objects.create(
        revision=head, action=action, person_id=actor.pk, reason=reason, at=now
    )
    record(
        actor=actor,
        action=f"{action.value}-snippet",
        subject=f"snippet {head.snippet.key}",
        now=now,
        detail={"revision": head.number} | ({"reason": reason} if reason else {}),
    )
