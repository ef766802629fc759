"""The way of a text through review: submit, take back, approve, send back."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from articles.content_checks import content_problems
from articles.exceptions import ContentProblems, InvalidInput, Stale
from articles.models import ArticleText
from articles.operations.audit import record
from articles.roles import require
from articles.snippet_values import SnippetValues
from articles.workflow import Action, step


def submit(
    *,
    actor: AbstractUser,
    text: ArticleText,
    revision: int,
    now: datetime | None = None,
    snippets: SnippetValues | None = None,
) -> ArticleText:
    """Ask for review of `revision`, the newest. Raises ContentProblems where it could not be
    published as it stands; WrongState, Stale, NotAllowed. `snippets` spares who submits many texts
    to look each up again."""
    newest = ArticleText.objects.select_related("head").get(pk=text.pk).head
    if newest and (problems := content_problems(newest, locale=text.locale, snippets=snippets)):
        raise ContentProblems(problems)
    return _move(actor=actor, text=text, revision=revision, action=Action.SUBMIT, now=now)


def withdraw(
    *, actor: AbstractUser, text: ArticleText, revision: int, now: datetime | None = None
) -> ArticleText:
    """Take `revision` back from review. Raises WrongState, Stale, NotAllowed."""
    return _move(actor=actor, text=text, revision=revision, action=Action.WITHDRAW, now=now)


def approve(
    *, actor: AbstractUser, text: ArticleText, revision: int, now: datetime | None = None
) -> ArticleText:
    """Approve `revision`, so that it can be published. Raises WrongState, Stale, NotAllowed."""
    return _move(actor=actor, text=text, revision=revision, action=Action.APPROVE, now=now)


def reject(
    *,
    actor: AbstractUser,
    text: ArticleText,
    revision: int,
    reason: str,
    now: datetime | None = None,
) -> ArticleText:
    """Send `revision` back to its author with a reason. Raises InvalidInput without a reason;
    WrongState, Stale, NotAllowed."""
    if not reason.strip():
        raise InvalidInput(gettext("Say why the text is sent back."), field="reason")
    return _move(
        actor=actor, text=text, revision=revision, action=Action.REJECT, now=now, reason=reason
    )


@transaction.atomic
def _move(
    *,
    actor: AbstractUser,
    text: ArticleText,
    revision: int,
    action: Action,
    now: datetime | None,
    reason: str = "",
) -> ArticleText:
    held = (
        ArticleText.objects.select_for_update(of=("self",))
        .select_related("head", "article")
        .get(pk=text.pk)
    )
    target = step(held.state, action)
    require(actor, target.permission)
    current = held.head.number if held.head else 0
    if current != revision:
        # What was read must be what is decided on.
        raise Stale(gettext("A newer revision of this text was saved meanwhile."), current=current)
    held.state = target.state
    if action is Action.APPROVE:
        held.approved = held.head
    elif action is Action.REJECT and held.approved_id == held.head_id:
        held.approved = None
    held.save(update_fields=["state", "approved", "changed_at"])
    detail = {"locale": held.locale, "revision": revision}
    record(
        actor=actor,
        action=action.value,
        subject=f"article {held.article.public_id}",
        now=now or timezone.now(),
        detail=detail | ({"reason": reason.strip()[:2000]} if reason else {}),
    )
    return held
