"""How many must approve a text, and whether its author may, is a rule of its kind."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from articles.exceptions import InvalidInput, NotAllowed
from articles.models import ArticleText, ReviewStep, Revision
from articles.operations.reviewing import approve, reject, set_review_rule, submit
from tests.building import write
from tests.conftest import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted(author: User) -> Revision:
    revision = write("Refunds", kind="sales", actor=author)
    submit(actor=author, text=revision.text, revision=1)
    return revision


def state(revision: Revision) -> str:
    return ArticleText.objects.get(pk=revision.text_id).state


def decide(revision: Revision, who: User) -> str:
    approve(actor=who, text=revision.text, revision=revision.number)
    return state(revision)


def test_a_text_can_be_published_once_enough_people_approved_it(
    administrator: User, reviewer: User, submitted: Revision
) -> None:
    set_review_rule(actor=administrator, kind="sales", approvals=2, own=True)
    assert decide(submitted, reviewer) == "in_review"
    assert decide(submitted, person("rita", "reviewer")) == "approved"


def test_nobody_approves_twice(administrator: User, reviewer: User, submitted: Revision) -> None:
    set_review_rule(actor=administrator, kind="sales", approvals=2, own=True)
    decide(submitted, reviewer)
    with pytest.raises(NotAllowed, match="You have approved"):
        decide(submitted, reviewer)
    assert state(submitted) == "in_review"


def test_a_text_that_was_sent_back_is_approved_anew(
    administrator: User, author: User, reviewer: User, submitted: Revision
) -> None:
    set_review_rule(actor=administrator, kind="sales", approvals=2, own=True)
    other = person("rita", "reviewer")
    decide(submitted, reviewer)
    reject(actor=other, text=submitted.text, revision=1, reason="The price is missing.")
    submit(actor=author, text=submitted.text, revision=1)
    assert decide(submitted, reviewer) == "in_review"
    assert decide(submitted, other) == "approved"


def test_who_wrote_a_text_may_not_approve_it_where_the_rule_says_so(
    administrator: User, reviewer: User
) -> None:
    set_review_rule(actor=administrator, kind="sales", approvals=1, own=False)
    own = write("Refunds", kind="sales", actor=reviewer)
    submit(actor=reviewer, text=own.text, revision=1)
    with pytest.raises(NotAllowed, match="Somebody else"):
        decide(own, reviewer)
    assert decide(own, person("rita", "reviewer")) == "approved"


def test_a_rule_is_for_its_kind_alone(administrator: User, reviewer: User, author: User) -> None:
    set_review_rule(actor=administrator, kind="product", approvals=3, own=False)
    revision = write("Refunds", kind="sales", actor=author)
    submit(actor=author, text=revision.text, revision=1)
    assert decide(revision, reviewer) == "approved"


def test_who_decided_what_and_why_stays(author: User, reviewer: User, submitted: Revision) -> None:
    reject(actor=reviewer, text=submitted.text, revision=1, reason=" Too long. ")
    submit(actor=author, text=submitted.text, revision=1)
    decide(submitted, reviewer)
    steps = ReviewStep.objects.filter(revision=submitted)
    assert list(steps.values_list("action", "person__username", "reason")) == [
        ("submit", author.username, ""),
        ("reject", reviewer.username, "Too long."),
        ("submit", author.username, ""),
        ("approve", reviewer.username, ""),
    ]


def test_a_reason_loses_what_no_page_can_show(reviewer: User, submitted: Revision) -> None:
    with pytest.raises(InvalidInput):
        reject(actor=reviewer, text=submitted.text, revision=1, reason=" \x00\u202e ")
    reject(actor=reviewer, text=submitted.text, revision=1, reason="Too \x00long.")
    assert ReviewStep.objects.get(action="reject").reason == "Too long."


@pytest.mark.parametrize("rule", [{"kind": "gossip"}, {"approvals": 0}, {"approvals": 6}])
def test_a_rule_that_cannot_be_is_refused(administrator: User, rule: dict[str, object]) -> None:
    said = {"kind": "sales", "approvals": 1, "own": True} | rule
    with pytest.raises(InvalidInput):
        set_review_rule(actor=administrator, **said)  # type: ignore[arg-type]


def test_only_administrators_set_rules(publisher: User) -> None:
    with pytest.raises(NotAllowed):
        set_review_rule(actor=publisher, kind="sales", approvals=1, own=True)
