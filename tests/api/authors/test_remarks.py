"""Remarks through the API: on a line, on the whole text, settled and open again."""

from __future__ import annotations

import pytest

from tests.api.asserting import assert_problem
from tests.api.authors.program import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def remarks(writer: Program) -> str:
    """Where the remarks on a text are; its body has two lines."""
    id = writer.article()
    writer.text(id, body="It costs 5.\nCall us.\n")
    return f"drafts/{id}/en/remarks/"


def test_a_remark_is_made_settled_and_opened_again(
    remarks: str, writer: Program, approver: Program
) -> None:
    made = approver.post(remarks, {"revision": 1, "line": 2, "words": "At what number?"})
    assert made.status_code == 201
    approver.post(remarks, {"revision": 1, "words": "Too short."})
    listed = writer.get(remarks).json()["results"]
    assert [(one["line"], one["words"], one["author"]) for one in listed] == [
        (2, "At what number?", "rosa"),
        (None, "Too short.", "rosa"),
    ]
    first = f"{remarks}{listed[0]['id']}/"
    assert writer.post(f"{first}settle/").json()["settled_by"] == "ada"
    assert_problem(writer.post(f"{first}settle/"), 409, "wrong-state")
    assert_problem(writer.post(f"{first}reopen/"), 403, "not-allowed")
    assert approver.post(f"{first}reopen/").json()["settled_by"] is None


def test_a_remark_is_on_a_line_that_there_is_and_says_something(
    remarks: str, writer: Program
) -> None:
    for body, field in (
        ({"revision": 1, "line": 3, "words": "x"}, "line"),
        ({"revision": 1, "words": " "}, "words"),
        ({"revision": 1, "words": "x" * 2001}, "words"),
        ({"words": "x"}, "revision"),
    ):
        errors = assert_problem(writer.post(remarks, body), 400, "invalid")["errors"]
        assert [error["field"] for error in errors] == [field]
    assert_problem(writer.post(remarks, {"revision": 2, "words": "x"}), 404, "not-found")


def test_a_remark_is_settled_where_it_was_made(remarks: str, writer: Program) -> None:
    made = writer.post(remarks, {"revision": 1, "words": "x"}).json()["id"]
    other = writer.article()
    writer.text(other, "Other")
    assert_problem(writer.post(f"drafts/{other}/en/remarks/{made}/settle/"), 404, "not-found")
    for id in ("0", "x", "9" * 30, str(made + 1)):
        assert_problem(writer.post(f"{remarks}{id}/settle/"), 404, "not-found")
