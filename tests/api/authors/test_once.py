"""The same write asked twice is done once, whatever broke in between."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.utils import timezone

from articles.models import Article, AuditRecord, Revision
from articles.operations.audit_verifying import first_broken_row
from channels.api.authors import drafts, idempotency
from channels.api.authors.idempotency import Claim, LostClaim, claim
from channels.models import Edition, IdempotentAnswer
from tests.api.asserting import assert_problem
from tests.api.authors.program import Program
from tests.api.authors.test_snippets import picture, upload
from tests.building import write_approved

pytestmark = pytest.mark.django_db
NEW = {"kind": "support"}


def test_the_same_write_asked_twice_is_done_once(writer: Program) -> None:
    first = writer.post("drafts/", NEW, key="one")
    again = writer.post("drafts/", NEW, key="one")
    assert (again.status_code, again.content) == (201, first.content)
    assert (again["Location"], again["ETag"]) == (first["Location"], first["ETag"])
    assert again["Idempotency-Replayed"] == "true"
    assert Article.objects.count() == 1
    assert writer.post("drafts/", NEW, key="two").json() != first.json()


def test_a_name_of_another_is_another(writer: Program, approver: Program) -> None:
    writer.post("drafts/", NEW, key="one")
    approver.post("drafts/", NEW, key="one")
    assert Article.objects.count() == 2


def test_one_name_for_two_requests_is_refused(writer: Program) -> None:
    id = writer.post("drafts/", NEW, key="one").json()["id"]
    for path, body, based in (
        ("drafts/", {"kind": "sales"}, None),
        (f"drafts/{id}/en/revisions/", {"title": "A", "body": "b"}, 0),
    ):
        refused = writer.post(path, body, key="one", based=based)
        assert_problem(refused, 422, "idempotency-key-reused")
    assert Article.objects.count() == 1
    content = {"title": "A", "body": "b"}
    writer.post(f"drafts/{id}/en/revisions/", content, key="two", based=0)
    again = writer.post(f"drafts/{id}/en/revisions/", content, key="two", based=0)
    assert again.status_code == 201
    other = writer.post(f"drafts/{id}/en/revisions/", content, key="two", based=1)
    assert_problem(other, 422, "idempotency-key-reused")
    assert Revision.objects.count() == 1


def test_the_same_fields_in_another_order_are_the_same(writer: Program) -> None:
    writer.post("drafts/", {"kind": "sales", "tags": ["a"]}, key="one")
    again = writer.post("drafts/", {"tags": ["a"], "kind": "sales"}, key="one")
    assert again.status_code == 201
    assert Article.objects.count() == 1


def test_what_was_refused_can_be_mended_under_the_same_name(writer: Program) -> None:
    assert (
        writer.post("drafts/", {"kind": "support", "owner": "nobody"}, key="one").status_code == 400
    )
    assert not IdempotentAnswer.objects.exists()
    assert writer.post("drafts/", NEW, key="one").status_code == 201


def test_while_the_first_goes_on_the_second_waits(writer: Program, author: User) -> None:
    def ask_again(**_: Any) -> Article:
        waiting = assert_problem(writer.post("drafts/", NEW, key="one"), 409, "in-progress")
        assert waiting
        raise RuntimeError("crashed")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drafts, "create_article", ask_again)
        with pytest.raises(RuntimeError):
            writer.post("drafts/", NEW, key="one")
    assert writer.post("drafts/", NEW, key="one").status_code == 201


def test_after_a_crash_there_is_neither_the_effect_nor_the_answer(
    writer: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process dies between the write and its answer: nothing gives the claim up."""

    def die(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Claim, "finish", die)
    monkeypatch.setattr(Claim, "give_up", lambda _: None)
    with pytest.raises(KeyboardInterrupt):
        writer.post("drafts/", NEW, key="one")
    monkeypatch.undo()
    assert not Article.objects.exists()
    assert not AuditRecord.objects.filter(action="create-article").exists()
    waiting = writer.post("drafts/", NEW, key="one")
    assert_problem(waiting, 409, "in-progress")
    assert waiting["Retry-After"] == "1"
    with time_machine.travel(timezone.now() + idempotency.LEASE + timedelta(seconds=1)):
        assert writer.post("drafts/", NEW, key="one").status_code == 201
    assert Article.objects.count() == 1
    assert first_broken_row() is None


def test_who_was_taken_for_crashed_commits_nothing(author: User) -> None:
    asked = {"person": author, "key": "one", "request_sha256": "x"}
    slow = claim(**asked)
    quick = claim(**asked, now=timezone.now() + idempotency.LEASE)
    assert isinstance(slow, Claim)
    assert isinstance(quick, Claim)
    with pytest.raises(LostClaim):
        slow.finish(HttpResponse(b"slow"))
    slow.give_up()
    quick.finish(HttpResponse(b"quick"))
    again = claim(**asked)
    assert isinstance(again, HttpResponse)
    assert again.content == b"quick"


def test_a_day_later_the_name_is_free(writer: Program) -> None:
    writer.post("drafts/", NEW, key="one")
    with time_machine.travel(timezone.now() + idempotency.LASTS):
        writer.post("drafts/", {"kind": "sales"}, key="one")
    assert Article.objects.count() == 2
    assert IdempotentAnswer.objects.count() == 1


def test_a_publish_and_its_answer_are_committed_together(teller: Program) -> None:
    revision = write_approved("Roaming")
    path = f"drafts/{revision.text.article.public_id}/en/publish/"
    first = teller.post(path, based=1, key="one")
    assert first.status_code == 200
    assert teller.post(path, based=1, key="one").content == first.content
    retire = f"drafts/{revision.text.article.public_id}/retire/"
    gone = teller.post(retire, key="two")
    assert teller.post(retire, key="two").content == gone.content
    assert Edition.objects.count() == 2


def test_a_publish_that_lost_its_claim_is_no_edition(
    teller: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    revision = write_approved("Roaming")
    path = f"drafts/{revision.text.article.public_id}/en/publish/"

    def lost(claim: Claim, response: object) -> None:
        raise LostClaim

    monkeypatch.setattr(Claim, "finish", lost)
    assert_problem(teller.post(path, based=1, key="one"), 409, "in-progress")
    assert not Edition.objects.exists()


def test_the_same_file_is_the_same_upload(writer: Program) -> None:
    named = {"Idempotency-Key": "one"}
    first = upload(writer, picture(), **named)
    again = upload(writer, picture(), **named)
    assert again["Idempotency-Replayed"] == "true"
    assert again.json() == first.json()
    assert_problem(upload(writer, picture("blue"), **named), 422)


def test_names_that_are_none(writer: Program) -> None:
    for key in ("x" * 201, "a b", "é"):
        response = writer.post("drafts/", NEW, **{"Idempotency-Key": key})
        assert_problem(response, 400, "bad-idempotency-key")
    assert not Article.objects.exists()
