"""The way of a text through review: submit, take back, approve, send back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from articles.content_checks import content_problems
from articles.document.text import clean_text
from articles.exceptions import ContentProblems, InvalidInput, NotAllowed, Stale
from articles.models import ArticleText, ReviewRule, ReviewStep, Revision, SnippetRevision
from articles.models.review import MOST_APPROVALS, RULE_KINDS
from articles.operations.audit import operation, record
from articles.roles import ADMINISTER, is_system, require
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
    """Approve `revision`. It can be published once as many people have as its kind's rule asks
    for. Raises NotAllowed, also for who approved it already or wrote it where that is against the
    rule; WrongState, Stale."""
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
    reason = clean_text(reason).strip()
    if not reason:
        raise InvalidInput(gettext("Say why the text is sent back."), field="reason")
    return _move(
        actor=actor, text=text, revision=revision, action=Action.REJECT, now=now, reason=reason
    )


@operation()
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
        .select_related("article")  # not the head: see `held_texts.held_text`
        .get(pk=text.pk)
    )
    target = step(held.state, action)
    require(actor, target.permission)
    current = held.head.number if held.head else 0
    if current != revision:
        # What was read must be what is decided on.
        raise Stale(gettext("A newer revision of this text was saved meanwhile."), current=current)
    assert held.head is not None  # as `current` is that of a revision  # noqa: S101
    if action is Action.APPROVE:
        missing = missing_approvals(actor, held.head, kind=held.article.kind)
        if missing == 0:
            held.state, held.approved = target.state, held.head
    else:
        held.state = target.state
        if action is Action.REJECT and held.approved_id == held.head_id:
            held.approved = None
    now, reason = now or timezone.now(), reason[:2000]
    ReviewStep.objects.create(
        revision=held.head, action=action, person_id=actor.pk, reason=reason, at=now
    )
    held.save(update_fields=["state", "approved", "changed_at"])
    detail = {"locale": held.locale, "revision": revision}
    record(
        actor=actor,
        action=action.value,
        subject=f"article {held.article.public_id}",
        now=now,
        detail=detail | ({"reason": reason} if reason else {}),
    )
    return held


def missing_approvals(
    actor: AbstractUser, revision: Revision | SnippetRevision, *, kind: str
) -> int:
    """Return how many approvals `revision` needs, by the rule for `kind`, after that of `actor`.
    Raises NotAllowed.

    A command that approves, as an import does, was started by who may do anything.
    """
    if is_system(actor):
        return 0
    rule = rule_for(kind)
    if not rule.own and revision.author_id == actor.pk:
        raise NotAllowed(gettext("Somebody else must approve what you wrote."))
    approved_by = set(approvals(revision))
    if actor.pk in approved_by:
        raise NotAllowed(gettext("You have approved this revision. Others must, too."))
    return max(0, rule.approvals - len(approved_by) - 1)


def rule_for(kind: str) -> ReviewRule:
    """Return what approving a text of `kind`, or a snippet, takes; a rule that nobody set is not
    stored."""
    return ReviewRule.objects.filter(kind=kind).first() or ReviewRule(kind=kind)


def approvals(revision: Revision | SnippetRevision) -> list[int]:
    """Return the ids of who approved `revision` since it was last submitted."""
    people: list[int] = []
    steps: QuerySet[Any] = revision.review_steps.order_by("pk")
    for action, person in steps.values_list("action", "person_id"):
        if action == Action.SUBMIT:
            people = []
        elif action == Action.APPROVE:
            people.append(person)
    return people


@operation()
def set_review_rule(
    *,
    actor: AbstractUser,
    kind: str,
    approvals: int,
    own: bool,
    now: datetime | None = None,
) -> ReviewRule:
    """Say what approving a text of `kind`, or a snippet, takes from now on. Raises InvalidInput,
    NotAllowed."""
    require(actor, ADMINISTER)
    if kind not in dict(RULE_KINDS):
        raise InvalidInput(gettext("There is no kind “%(kind)s”.") % {"kind": kind}, field="kind")
    if not 1 <= approvals <= MOST_APPROVALS:
        raise InvalidInput(
            gettext("A text needs 1 to %(most)d approvals.") % {"most": MOST_APPROVALS},
            field="approvals",
        )
    rule, _ = ReviewRule.objects.update_or_create(
        kind=kind, defaults={"approvals": approvals, "own": own}
    )
    record(
        actor=actor,
        action="set-review-rule",
        subject=f"review of {kind}",
        now=now or timezone.now(),
        detail={"approvals": approvals, "own": own},
    )
    return rule
