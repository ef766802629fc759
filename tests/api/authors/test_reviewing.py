"""A text's way through review and to the readers, by programs."""

from __future__ import annotations

import pytest

from articles.models import Kind, ReviewRule
from channels.models import Edition, Entry
from tests.api.asserting import assert_problem
from tests.api.authors.program import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(writer: Program) -> str:
    id = writer.article(audience="public")
    writer.text(id)
    return id


def test_from_the_first_text_to_the_readers_and_away_again(
    article: str, writer: Program, approver: Program, teller: Program
) -> None:
    text = f"drafts/{article}/en/"
    writer.post(f"{text}submit/", based=1)
    sent_back = approver.post(f"{text}send-back/", {"reason": "Say the price."}, based=1)
    assert sent_back.json()["state"] == "rejected"
    writer.text(article, body="It costs 5.\n", based=1)
    assert writer.post(f"{text}submit/", based=2).json()["state"] == "in_review"
    assert approver.post(f"{text}approve/", based=2).json()["approved"] == 2
    made = teller.post(f"{text}publish/", based=2)
    assert (made.status_code, made.json()["edition"]) == (200, 1)
    assert writer.get(text).json()["state"] == "published"
    assert b"It costs 5." in writer.client.get("/en/articles/roaming/").content
    steps = writer.get(f"{text}review/").json()["results"]
    assert [(step["action"], step["person"], step["revision"]) for step in steps] == [
        ("submit", "ada", 1),
        ("reject", "rosa", 1),
        ("submit", "ada", 2),
        ("approve", "rosa", 2),
    ]
    assert steps[1]["reason"] == "Say the price."
    retired = teller.post(f"drafts/{article}/retire/")
    assert retired.json()["edition"] == 2
    assert not Entry.objects.live().exists()
    releases = teller.get("releases/").json()["results"]
    assert [(release["name"], release["edition"]) for release in releases] == [
        (f"Retired: {article}", 2),
        ("Roaming", 1),
    ]


def test_what_was_taken_back_is_a_draft_again(article: str, writer: Program) -> None:
    writer.post(f"drafts/{article}/en/submit/", based=1)
    assert writer.post(f"drafts/{article}/en/withdraw/", based=1).json()["state"] == "draft"


def test_a_step_names_the_revision_that_was_read(article: str, writer: Program) -> None:
    writer.text(article, "Newer", based=1)
    for step in ("submit", "withdraw", "approve", "publish"):
        path = f"drafts/{article}/en/{step}/"
        assert_problem(writer.post(path), 428, "precondition-required")
    problem = assert_problem(writer.post(f"drafts/{article}/en/submit/", based=1), 412, "stale")
    assert problem["current"] == 2


def test_a_step_that_the_state_does_not_know_is_a_conflict(
    article: str, writer: Program, approver: Program
) -> None:
    response = approver.post(f"drafts/{article}/en/approve/", based=1)
    assert_problem(response, 409, "wrong-state")
    writer.post(f"drafts/{article}/en/submit/", based=1)
    no_reason = approver.post(f"drafts/{article}/en/send-back/", {"reason": "  "}, based=1)
    assert_problem(no_reason, 400, "invalid")


def test_what_could_not_be_told_is_not_submitted_and_says_where(
    article: str, writer: Program
) -> None:
    writer.text(article, body="Fine.\n\n{{ price.unknown }}\n\n[^1]\n", based=1)
    problem = assert_problem(
        writer.post(f"drafts/{article}/en/submit/", based=2), 409, "content-problems"
    )
    assert {"line": 5, "detail": "There is no footnote [^1]."} in problem["problems"]


def test_two_must_approve_where_the_rule_says_so(
    article: str, writer: Program, approver: Program, teller: Program
) -> None:
    ReviewRule.objects.create(kind=Kind.SUPPORT, approvals=2, own=False)
    writer.post(f"drafts/{article}/en/submit/", based=1)
    path = f"drafts/{article}/en/approve/"
    assert approver.post(path, based=1).json()["state"] == "in_review"
    assert_problem(approver.post(path, based=1), 403, "not-allowed")
    assert teller.post(path, based=1).json()["state"] == "approved"


def test_only_what_is_approved_is_published_and_only_by_who_may(
    article: str, writer: Program, approver: Program, teller: Program
) -> None:
    path = f"drafts/{article}/en/publish/"
    assert_problem(teller.post(path, based=1), 412, "stale")
    writer.post(f"drafts/{article}/en/submit/", based=1)
    approver.post(f"drafts/{article}/en/approve/", based=1)
    assert_problem(approver.post(path, based=1), 403, "not-allowed")
    assert_problem(writer.post(f"drafts/{article}/retire/"), 403, "not-allowed")
    assert not Edition.objects.exists()
    assert teller.post(path, based=1).status_code == 200
    assert_problem(teller.post(path, based=1), 409, "nothing-to-publish")


def test_a_publish_that_is_refused_names_every_text(
    writer: Program, approver: Program, teller: Program
) -> None:
    id = writer.article(audience="public")
    writer.text(id, body="[there](article:not-here)\n")
    writer.post(f"drafts/{id}/en/submit/", based=1)
    approver.post(f"drafts/{id}/en/approve/", based=1)
    problem = assert_problem(
        teller.post(f"drafts/{id}/en/publish/", based=1), 409, "publish-refused"
    )
    assert [(item["article"], item["locale"]) for item in problem["problems"]] == [(id, "en")]
