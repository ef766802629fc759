"""What a snippet's pages show of it: who decided what, where it is used, which values it had."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils.translation import gettext as _

from articles.admin.review_standing import Approvals, approvers, offered_to_take_back
from articles.admin.snippet_forms import summary
from articles.document.snippet_texts import users_of
from articles.models import (
    ArticleText,
    Snippet,
    SnippetRevision,
    SnippetStep,
)
from articles.models.review import SNIPPETS
from articles.operations.reviewing import rule_for
from articles.roles import REVIEW
from articles.snippet_uses import keys_by_text, uses_of_snippets
from articles.workflow import State

MOST_REVISIONS = 50
MOST_STEPS = 100
TEXTS_ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class SnippetStanding(Approvals):
    """How far the newest value has come in review."""

    snippet: Snippet

    def why_not(self, user: AbstractUser) -> str:
        """Return why this person can't approve the value now, in words to read; "" where nothing
        forbids it. The operation decides."""
        head = self.snippet.head
        if head is None or self.snippet.state == State.APPROVED:
            return _("This value is approved.")
        if self.snippet.state == State.REJECTED:
            return _("It was sent back. It can be approved when it is submitted again.")
        if not user.has_perm(REVIEW):
            return _("Reviewers approve values.")
        return self.refused_to(user, author=head.author_id)

    def may_take_back(self, user: AbstractUser) -> bool:
        """Return whether to offer this person to take the value back from review."""
        head = self.snippet.head
        return (
            self.in_review
            and head is not None
            and offered_to_take_back(user, author=head.author_id)
        )


@dataclass(frozen=True, slots=True)
class UsingText:
    """A text that uses a snippet, and the snippets through which it does, if not directly.

    `live_since` is its live edition, and whether what is live uses it is `live_uses`.
    """

    text: ArticleText
    through: tuple[str, ...]
    named: bool  # by the newest revision
    live_since: int | None = None
    live_uses: bool = False


def standing_of(snippet: Snippet) -> SnippetStanding:
    """Return how far the newest value has come. Two statements."""
    steps = SnippetStep.objects.filter(revision=snippet.head_id).select_related("person")
    return SnippetStanding(
        rule=rule_for(SNIPPETS),
        approved_by=approvers(steps.order_by("pk")),
        in_review=snippet.state == State.IN_REVIEW,
        snippet=snippet,
    )


def steps_of(snippet: Snippet) -> list[SnippetStep]:
    """Return who decided what, newest first. One statement."""
    steps = SnippetStep.objects.filter(revision__snippet=snippet)
    return list(steps.select_related("person", "revision").order_by("-pk")[:MOST_STEPS])


def revisions_of(snippet: Snippet) -> list[dict[str, Any]]:
    """Return the values it had, newest first, each with that before it. One statement."""
    rows = list(snippet.revisions.select_related("author")[: MOST_REVISIONS + 1])
    said = [summary(snippet.kind, row.value) for row in rows]
    shown = zip(rows[:MOST_REVISIONS], said, [*said[1:], ""], strict=False)
    return [{"row": row, "summary": now, "before": before} for row, now, before in shown]


def revision_numbered(snippet: Snippet, number: int | None) -> SnippetRevision | None:
    return snippet.revisions.select_related("author").filter(number=number or 0).first()


def snippets_using(snippet: Snippet) -> dict[str, str]:
    """Return the snippets that use this one, each with the next on the way. One statement."""
    return users_of(snippet.key, uses_of_snippets())


def using_texts(
    texts: Q, snippet: Snippet, through: Iterable[str], page: str | None
) -> tuple[Page[Any], list[UsingText]]:
    """Return a page of these texts by title, with how each uses the snippet. Three statements."""
    ordered = (
        ArticleText.objects.filter(texts, head__isnull=False)
        .select_related("head", "article")
        .defer("head__body", "head__summary")
        .order_by("head__title", "locale", "pk")
    )
    shown = Paginator(ordered, TEXTS_ON_A_PAGE).get_page(page)
    keys = keys_by_text([text.pk for text in shown], {snippet.key, *through})
    rows = []
    for text in shown:
        named = keys.get(text.pk, [])
        others = () if snippet.key in named else tuple(named)
        rows.append(UsingText(text=text, through=others, named=bool(named)))
    return shown, rows
