"""Remarks stand on a line of a revision, or on all of it, until they are settled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.exceptions import InvalidInput, NotAllowed, WrongState
from articles.models import AuditRecord, Remark, Revision
from articles.operations import remarks as operations
from articles.operations.remarks import add_remark, reopen_remark, settle_remark
from tests.building import write
from tests.conftest import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def revision(author: User) -> Revision:
    return write("Refunds", "First line.\n\nThird line.", actor=author)


@pytest.fixture
def remark(reviewer: User, revision: Revision) -> Remark:
    return add_remark(actor=reviewer, revision=revision, words="Which price?", line=3)


def test_a_remark_is_on_a_line_or_on_the_whole_text(reviewer: User, revision: Revision) -> None:
    on_line = add_remark(actor=reviewer, revision=revision, words=" Which price? ", line=3)
    on_all = add_remark(actor=reviewer, revision=revision, words="Too long.")

    assert (on_line.line, on_line.words, on_line.author) == (3, "Which price?", reviewer)
    assert (on_all.line, on_all.settled_at) == (None, None)


@pytest.mark.parametrize("line", [0, -1, 4, 10**12])
def test_a_line_that_there_is_not_is_refused(reviewer: User, revision: Revision, line: int) -> None:
    with pytest.raises(InvalidInput, match="has no line") as refusal:
        add_remark(actor=reviewer, revision=revision, words="Here.", line=line)
    assert refusal.value.field == "line"


@pytest.mark.parametrize("words", ["", " \n ", "\u202e", "x" * 2_001])
def test_a_remark_says_something_and_not_too_much(
    reviewer: User, revision: Revision, words: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        add_remark(actor=reviewer, revision=revision, words=words)
    assert refusal.value.field == "words"
    assert not Remark.objects.exists()


def test_what_no_page_can_show_is_taken_out(reviewer: User, revision: Revision) -> None:
    remark = add_remark(actor=reviewer, revision=revision, words="a\x00b\u202ec")
    assert remark.words == "abc"


def test_there_is_an_end_to_remarking(
    reviewer: User, remark: Remark, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "MOST_REMARKS", 1)
    with pytest.raises(InvalidInput, match="Send it back"):
        add_remark(actor=reviewer, revision=remark.revision, words="One more.")


def test_who_dealt_with_a_remark_settles_it(author: User, remark: Remark) -> None:
    settled = settle_remark(actor=author, remark=remark)

    assert settled.settled_by == author
    assert settled.settled_at is not None


def test_who_remarked_it_and_reviewers_open_it_again(
    author: User, reviewer: User, remark: Remark
) -> None:
    for who in (reviewer, person("rita", "reviewer")):
        settle_remark(actor=author, remark=remark)
        assert reopen_remark(actor=who, remark=remark).settled_by is None
    own = add_remark(actor=author, revision=remark.revision, words="I am not sure.")
    settle_remark(actor=reviewer, remark=own)
    assert reopen_remark(actor=author, remark=own).settled_at is None


def test_an_author_opens_no_reviewers_remark_again(author: User, remark: Remark) -> None:
    settle_remark(actor=author, remark=remark)
    with pytest.raises(NotAllowed):
        reopen_remark(actor=author, remark=remark)


def test_a_remark_is_settled_once_and_opened_once(reviewer: User, remark: Remark) -> None:
    with pytest.raises(WrongState, match="is open"):
        reopen_remark(actor=reviewer, remark=remark)
    settle_remark(actor=reviewer, remark=remark)
    with pytest.raises(WrongState, match="settled already"):
        settle_remark(actor=reviewer, remark=remark)


@pytest.mark.parametrize(
    "act",
    [
        lambda actor, remark: add_remark(actor=actor, revision=remark.revision, words="Hm."),
        lambda actor, remark: settle_remark(actor=actor, remark=remark),
        lambda actor, remark: reopen_remark(actor=actor, remark=remark),
    ],
)
def test_who_only_reads_remarks_nothing(
    agent: User, remark: Remark, act: Callable[[User, Remark], Any]
) -> None:
    with pytest.raises(NotAllowed):
        act(agent, remark)


def test_each_step_is_one_audit_row(author: User, reviewer: User, remark: Remark) -> None:
    settle_remark(actor=author, remark=remark)
    reopen_remark(actor=reviewer, remark=remark)

    rows = AuditRecord.objects.filter(action__contains="remark").order_by("number")
    assert list(rows.values_list("action", "actor__username")) == [
        ("remark", "rosa"),
        ("settle-remark", "ada"),
        ("reopen-remark", "rosa"),
    ]
    first = rows[0]
    assert first.subject == f"article {remark.revision.text.article.public_id}"
    assert first.detail == {
        "locale": "en",
        "revision": 1,
        "remark": remark.pk,
        "line": 3,
        "words": "Which price?",
    }
