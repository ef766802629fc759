"""What changed, by what rules and who did it, through the API."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.contrib.auth.models import User

from articles.audit_chain import digest_of
from articles.models import AuditRecord
from tests.api.asserting import assert_problem
from tests.api.authors.program import Program

pytestmark = pytest.mark.django_db


def test_two_revisions_are_compared_word_by_word(writer: Program) -> None:
    id = writer.article()
    writer.text(id, body="It costs 5 pounds.\n")
    writer.text(id, body="It costs 6 pounds.\n", questions=["How much?"], based=1)
    compared = writer.get(f"drafts/{id}/en/differences/?before=1&after=2").json()
    assert [
        (part["part"], [(piece["kind"], piece["text"]) for piece in part["pieces"]])
        for part in compared["results"]
    ] == [
        ("questions", [("added", "How much?")]),
        (
            "body",
            [("same", "It costs "), ("removed", "5"), ("added", "6"), ("same", " pounds.\n")],
        ),
    ]
    assert writer.get(f"drafts/{id}/en/differences/?before=2&after=2").json()["results"] == []
    assert_problem(writer.get(f"drafts/{id}/en/differences/?before=1&after=3"), 404)
    assert_problem(writer.get(f"drafts/{id}/en/differences/?before=1"), 400, "invalid")


def test_administrators_say_what_approving_takes(administrator: User, teller: Program) -> None:
    rule = {"approvals": 2, "own": False}
    assert_problem(teller.put("review-rules/sales/", rule), 403, "not-allowed")
    program = Program(administrator)
    assert program.put("review-rules/sales/", rule).json() == {"kind": "sales", **rule}
    assert {
        one["kind"]: one["approvals"] for one in teller.get("review-rules/").json()["results"]
    } == {
        "product": 1,
        "sales": 2,
        "support": 1,
    }
    assert_problem(program.put("review-rules/gossip/", rule), 404)
    too_many = program.put("review-rules/sales/", {"approvals": 6, "own": True})
    assert_problem(too_many, 400, "invalid")


def test_administrators_follow_the_chain_of_what_was_done(
    administrator: User, writer: Program, teller: Program
) -> None:
    id = writer.article()
    writer.text(id)
    assert_problem(teller.get("audit/"), 403, "not-allowed")
    program = Program(administrator)
    rows = program.get("audit/").json()["results"]
    assert [row["number"] for row in rows] == list(range(1, len(rows) + 1))
    for before, row in pairwise(rows):
        assert row["previous_digest"] == before["digest"]
    last = AuditRecord.objects.select_related("actor").latest("number")
    assert rows[-1]["digest"] == digest_of(last)
    saved = program.get(f"audit/?action=save&subject=article%20{id}").json()["results"][0]
    later = program.get(f"audit/?after={saved['number'] - 1}&actor=ada").json()["results"]
    assert later[0] == saved
