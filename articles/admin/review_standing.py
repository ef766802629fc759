"""How far texts have come in review: who approved, how many must yet, what is still remarked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Article, ArticleText, Remark, ReviewRule, ReviewStep, SnippetStep
from articles.operations.reviewing import rule_for
from articles.roles import REVIEW
from articles.workflow import Action, State


@dataclass(frozen=True, slots=True)
class Approvals:
    """Who approved a revision since it was last submitted, and who may yet."""

    rule: ReviewRule
    approved_by: tuple[AbstractUser, ...]
    in_review: bool

    @property
    def missing(self) -> int:
        """How many approvals are still needed, where it is in review."""
        return max(0, self.rule.approvals - len(self.approved_by)) if self.in_review else 0

    @property
    def names(self) -> str:
        return ", ".join(person.get_username() for person in self.approved_by)

    def refused_to(self, user: AbstractUser, *, author: int) -> str:
        """Return why the rule forbids this reviewer to approve what `author` wrote, in words to
        read; "" where it does not."""
        if user.pk in {person.pk for person in self.approved_by}:
            return _("You have approved this revision. Others must, too.")
        if not self.rule.own and author == user.pk:
            return _("You wrote this revision. Somebody else must approve it.")
        return ""

    def words(self) -> str:
        """Return what to tell who has approved just now: whether that is enough."""
        if not self.in_review:
            return _("Approved. It can be published now.")
        return (
            ngettext(
                "You approved it. %d more approval is needed before it can be published.",
                "You approved it. %d more approvals are needed before it can be published.",
                self.missing,
            )
            % self.missing
        )


@dataclass(frozen=True, slots=True)
class Standing(Approvals):
    """One text's way through review, up to its newest revision."""

    text: ArticleText
    open_remarks: int  # on any of its revisions
    sent_back: str = ""  # why its newest revision last was

    def why_not(self, user: AbstractUser) -> str:
        """Return why this person can't approve the text now, in words to read; "" where nothing
        forbids it. The operation decides."""
        head = self.text.head
        if not self.in_review or head is None:
            return _("Only a text that is in review can be approved.")
        if not user.has_perm(REVIEW):
            return _("Reviewers approve texts. You can remark on this one.")
        return self.refused_to(user, author=head.author_id)


def standing_of(text: ArticleText) -> Standing:
    """Return how far `text` has come. Three statements."""
    return _standings([text], text.article)[text.locale]


def standings_of(article: Article) -> dict[str, Standing]:
    """Return how far each text of the article has come, by locale. Three statements, and one more
    where its texts were not looked up yet."""
    return _standings(article.texts.all(), article)


def offered_to_take_back(user: AbstractUser, *, author: int) -> bool:
    """Return whether taking back from review what `author` wrote is to be offered to this person:
    reviewers send back, with a reason, what others wrote."""
    return user.pk == author or not user.has_perm(REVIEW)


def approvers(steps: Iterable[ReviewStep | SnippetStep]) -> tuple[AbstractUser, ...]:
    """Return who approved since the last time of being submitted; `steps` are one revision's."""
    people: list[AbstractUser] = []
    for step in steps:
        if step.action == Action.SUBMIT:
            people = []
        elif step.action == Action.APPROVE:
            people.append(step.person)
    return tuple(people)


def _reason(steps: Iterable[ReviewStep]) -> str:
    reasons = [step.reason for step in steps if step.action == Action.REJECT]
    return reasons[-1] if reasons else ""


def _standings(texts: Iterable[ArticleText], article: Article) -> dict[str, Standing]:
    rows = list(texts)
    steps: dict[int, list[ReviewStep]] = {}
    heads = [text.head_id for text in rows if text.head_id]
    for step in (
        ReviewStep.objects.filter(revision__in=heads).select_related("person").order_by("pk")
    ):
        steps.setdefault(step.revision_id, []).append(step)
    remarks: Counter[int] = Counter(
        dict(
            Remark.objects.filter(revision__text__in=rows, settled_at=None)
            .order_by()
            .values_list("revision__text")
            .annotate(Count("pk"))
        )
    )
    rule = rule_for(article.kind)
    return {
        text.locale: Standing(
            text=text,
            rule=rule,
            approved_by=approvers(steps.get(text.head_id or 0, ())),
            in_review=text.state == State.IN_REVIEW,
            open_remarks=remarks[text.pk],
            sent_back=_reason(steps.get(text.head_id or 0, ())),
        )
        for text in rows
    }
