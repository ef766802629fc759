"""A snippet's value through review: who decided what is kept, and the rule for snippets holds."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django import Settings

from articles.exceptions import InvalidInput, NotAllowed, Stale, WrongState
from articles.models import AuditRecord, Snippet, SnippetStep, SnippetUse
from articles.operations.reviewing import set_review_rule
from articles.operations.snippets import (
    approve_snippet,
    reject_snippet,
    save_snippet,
    submit_snippet,
    withdraw_snippet,
)
from articles.workflow import State
from tests.building import snippet, write

pytestmark = pytest.mark.django_db


def saved(author: User, value: Any = "30 days", *, based_on: int = 0, key: str = "returns") -> Any:
    return save_snippet(actor=author, key=key, kind="text", value=value, based_on=based_on).snippet


def state(key: str = "returns") -> str:
    return Snippet.objects.get(key=key).state


def test_a_value_is_submitted_sent_back_mended_and_approved(author: User, reviewer: User) -> None:
    fact = saved(author)
    submit_snippet(actor=author, snippet=fact, revision=1)
    reject_snippet(actor=reviewer, snippet=fact, revision=1, reason="It is 60 now.")
    assert state() == State.REJECTED
    saved(author, "60 days", based_on=1)
    submit_snippet(actor=author, snippet=fact, revision=2)
    assert state() == State.IN_REVIEW
    held = approve_snippet(actor=reviewer, snippet=fact, revision=2)
    assert (held.state, held.approved.number) == (State.APPROVED, 2)
    steps = SnippetStep.objects.values_list(
        "revision__number", "action", "person__username", "reason"
    )
    assert list(steps) == [
        (1, "submit", author.username, ""),
        (1, "reject", reviewer.username, "It is 60 now."),
        (2, "submit", author.username, ""),
        (2, "approve", reviewer.username, ""),
    ]
    told = AuditRecord.objects.filter(action__endswith="-snippet").order_by("number")
    assert list(told.values_list("action", flat=True)) == [
        "save-snippet",
        "submit-snippet",
        "reject-snippet",
        "save-snippet",
        "submit-snippet",
        "approve-snippet",
    ]


def test_the_approved_value_stays_while_a_newer_one_is_reviewed(
    author: User, reviewer: User
) -> None:
    fact = snippet("returns", "text", "30 days").snippet
    saved(author, "60 days", based_on=1)
    submit_snippet(actor=author, snippet=fact, revision=2)
    reject_snippet(actor=reviewer, snippet=fact, revision=2, reason="No.")
    fact.refresh_from_db()
    assert (fact.state, fact.approved.number) == (State.REJECTED, 1)


def test_what_nobody_submitted_is_submitted_by_who_approves_it(
    author: User, reviewer: User
) -> None:
    fact = saved(author)
    approve_snippet(actor=reviewer, snippet=fact, revision=1)
    approve_snippet(actor=reviewer, snippet=fact, revision=1)
    steps = SnippetStep.objects.values_list("action", "person__username")
    assert list(steps) == [("submit", reviewer.username), ("approve", reviewer.username)]


def test_several_approve_and_nobody_their_own_where_the_rule_says_so(
    administrator: User, author: User, reviewer: User, publisher: User
) -> None:
    set_review_rule(actor=administrator, kind="snippet", approvals=2, own=False)
    fact = saved(reviewer)
    submit_snippet(actor=author, snippet=fact, revision=1)
    with pytest.raises(NotAllowed, match="Somebody else"):
        approve_snippet(actor=reviewer, snippet=fact, revision=1)
    assert approve_snippet(actor=publisher, snippet=fact, revision=1).state == State.IN_REVIEW
    with pytest.raises(NotAllowed, match="Others must"):
        approve_snippet(actor=publisher, snippet=fact, revision=1)
    assert approve_snippet(actor=administrator, snippet=fact, revision=1).state == State.APPROVED


def test_what_was_taken_back_or_changed_counts_no_approval_from_before(
    administrator: User, author: User, reviewer: User
) -> None:
    set_review_rule(actor=administrator, kind="snippet", approvals=2, own=True)
    fact = saved(author)
    approve_snippet(actor=reviewer, snippet=fact, revision=1)
    withdraw_snippet(actor=author, snippet=fact, revision=1)
    assert state() == State.DRAFT
    submit_snippet(actor=author, snippet=fact, revision=1)
    assert approve_snippet(actor=reviewer, snippet=fact, revision=1).state == State.IN_REVIEW


def test_only_the_value_that_was_read_is_decided_on(author: User, reviewer: User) -> None:
    fact = saved(author)
    submit_snippet(actor=author, snippet=fact, revision=1)
    saved(author, "60 days", based_on=1)
    with pytest.raises(Stale):
        approve_snippet(actor=reviewer, snippet=fact, revision=1)
    with pytest.raises(WrongState, match="draft"):
        reject_snippet(actor=reviewer, snippet=fact, revision=2, reason="No.")
    with pytest.raises(InvalidInput, match="why"):
        reject_snippet(actor=reviewer, snippet=fact, revision=2, reason=" ")


def test_a_circle_is_named_when_it_is_saved(author: User) -> None:
    saved(author, "We are {{ b }}.", key="a")
    saved(author, {"en": "Plain.", "zh-hans": "{{ c }}"}, key="b")
    with pytest.raises(InvalidInput, match="c → a → b → c"):
        saved(author, "Again {{ a }}.", key="c")
    with pytest.raises(InvalidInput, match="a → a"):
        saved(author, "Again {{ a }}.", based_on=1, key="a")
    assert saved(author, "`{{ a }}` is code.", key="c")


def test_a_circle_of_approved_values_is_not_approved(author: User, reviewer: User) -> None:
    snippet("a", "text", "We are {{ b }}.")
    saved(author, "Nobody.", based_on=1, key="a")
    other = saved(author, "We are {{ a }}.", key="b")
    with pytest.raises(InvalidInput, match="b → a → b"):
        approve_snippet(actor=reviewer, snippet=other, revision=1)
    assert state("b") == State.DRAFT


def test_a_region_that_the_hub_does_not_have_is_refused(author: User, settings: Settings) -> None:
    settings.REGIONS = {"tw": {"en": "Taiwan"}}
    value = {"everywhere": "30 days\r\n", "regions": {"tw": {"en": "7 days\r\n"}}}
    kept = saved(author, value).head.value
    assert kept == {"everywhere": "30 days", "regions": {"tw": {"en": "7 days"}}}
    with pytest.raises(InvalidInput, match="no region “hk”"):
        saved(author, {"regions": {"hk": "7 days"}}, based_on=1)


def test_what_the_newest_revision_names_is_known(author: User) -> None:
    first = write("Plans", "It costs {{ price }} and {{ fee@tw }}, `{{ code }}`.")
    text = first.text
    assert set(text.snippet_uses.values_list("key", flat=True)) == {"price", "fee"}
    write("Plans", "It costs {{ price }} or {{ other }}.", article=text.article)
    assert set(SnippetUse.objects.values_list("key", flat=True)) == {"price", "other"}
