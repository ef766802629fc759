"""The workflow is a table; every short walk is tried and never leaves it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from articles.exceptions import (
    ContentProblems,
    InvalidInput,
    NotAllowed,
    OperationRefused,
    Stale,
    WrongState,
)
from articles.models import ArticleText, AuditRecord
from articles.operations.reviewing import approve, reject, submit, withdraw
from articles.workflow import WORKFLOW, Action, State, step
from tests.building import write

pytestmark = pytest.mark.django_db


# Said once more, in other words than the table's: (from, action) -> (to, the least role).
TOLD = {
    ("draft", "save"): ("draft", "author"),
    ("in_review", "save"): ("draft", "author"),
    ("rejected", "save"): ("draft", "author"),
    ("approved", "save"): ("draft", "author"),
    ("published", "save"): ("draft", "author"),
    ("retired", "save"): ("draft", "author"),
    ("draft", "submit"): ("in_review", "author"),
    ("rejected", "submit"): ("in_review", "author"),
    ("retired", "submit"): ("in_review", "author"),
    ("in_review", "withdraw"): ("draft", "author"),
    ("in_review", "approve"): ("approved", "reviewer"),
    ("in_review", "reject"): ("rejected", "reviewer"),
    ("approved", "reject"): ("rejected", "reviewer"),
    ("approved", "publish"): ("published", "publisher"),
    ("published", "retire"): ("retired", "publisher"),
}


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("action", Action.values)
def test_an_action_leads_where_it_is_said_to_or_nowhere(
    state: str, action: str, request: pytest.FixtureRequest
) -> None:
    if (state, action) not in TOLD:
        with pytest.raises(WrongState):
            step(state, Action(action))
        return
    target, role = TOLD[state, action]
    found = step(state, Action(action))
    assert found.state == target
    assert request.getfixturevalue(role).has_perm(found.permission)
    below = {"author": "agent", "reviewer": "author", "publisher": "reviewer"}[role]
    assert not request.getfixturevalue(below).has_perm(found.permission)


def test_a_text_goes_from_draft_through_review_to_approved(author: User, reviewer: User) -> None:
    text = write(actor=author).text
    assert submit(actor=author, text=text, revision=1).state == State.IN_REVIEW
    done = approve(actor=reviewer, text=text, revision=1)
    assert (done.state, done.approved) == (State.APPROVED, done.head)


def test_a_text_is_sent_back_with_a_reason(author: User, reviewer: User) -> None:
    text = write(actor=author).text
    submit(actor=author, text=text, revision=1)
    with pytest.raises(InvalidInput):
        reject(actor=reviewer, text=text, revision=1, reason="  ")
    reject(actor=reviewer, text=text, revision=1, reason="The price is old.")
    assert ArticleText.objects.get().state == State.REJECTED
    assert AuditRecord.objects.filter(action="reject").get().detail["reason"] == "The price is old."
    submit(actor=author, text=text, revision=1)


def test_an_author_cannot_approve(author: User) -> None:
    text = write(actor=author).text
    submit(actor=author, text=text, revision=1)
    with pytest.raises(NotAllowed):
        approve(actor=author, text=text, revision=1)


def test_what_was_read_is_what_is_approved(author: User, reviewer: User) -> None:
    revision = write(actor=author)
    submit(actor=author, text=revision.text, revision=1)
    write("Other", "words", article=revision.text.article, actor=author)
    submit(actor=author, text=revision.text, revision=2)
    with pytest.raises(Stale) as refusal:
        approve(actor=reviewer, text=revision.text, revision=1)
    assert refusal.value.current == 2


def test_a_text_that_could_not_be_told_is_not_submitted(author: User) -> None:
    text = write(
        "Bad", f"Pay {{{{ no.such-price }}}}.\n\n![](media:{'0' * 64}.png)", actor=author
    ).text
    with pytest.raises(ContentProblems) as refusal:
        submit(actor=author, text=text, revision=1)
    assert len(refusal.value.problems) >= 2
    assert "no.such-price" in str(refusal.value)
    assert ArticleText.objects.get().state == State.DRAFT


def test_any_walk_through_the_table_keeps_its_promises(author: User, reviewer: User) -> None:
    """Every sequence of three actions is refused or done as the table says."""
    from itertools import product

    doings = {
        "save": lambda text, n: write(f"Title {n}", f"Words {n}.", article=text.article),
        "submit": lambda text, _: submit(actor=author, text=text, revision=_head(text)),
        "withdraw": lambda text, _: withdraw(actor=author, text=text, revision=_head(text)),
        "approve": lambda text, _: approve(actor=reviewer, text=text, revision=_head(text)),
        "reject": lambda text, _: reject(
            actor=reviewer, text=text, revision=_head(text), reason="No."
        ),
    }
    for walk in product(doings, repeat=3):
        text = write().text
        for n, name in enumerate(walk):
            before = ArticleText.objects.get(pk=text.pk).state
            expected = WORKFLOW.get((State(before), Action(name)))
            try:
                doings[name](text, n)
            except OperationRefused:
                assert expected is None, (walk, name)
                assert ArticleText.objects.get(pk=text.pk).state == before
            else:
                assert expected is not None, (walk, name)
                assert ArticleText.objects.get(pk=text.pk).state == expected.state


def _head(text: ArticleText) -> int:
    head = ArticleText.objects.select_related("head").get(pk=text.pk).head
    return head.number if head else 0
