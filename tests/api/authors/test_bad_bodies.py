"""Hostile bodies at the authors' side: the same refusals as at the readers'."""

from __future__ import annotations

import pytest

from articles.models import Article
from tests.api.asserting import assert_problem
from tests.api.authors.program import Program
from tests.api.test_bad_bodies import UNREADABLE

pytestmark = pytest.mark.django_db


def test_bodies_that_are_no_json_change_nothing(writer: Program) -> None:
    for body in UNREADABLE:
        response = writer.client.post("/api/v1/drafts/", body, content_type="application/json")
        assert_problem(response, 400, "bad-json")
    for body in (b"null", b"[]", b'"text"', b"5"):
        response = writer.client.post("/api/v1/drafts/", body, content_type="application/json")
        assert_problem(response, 400, "invalid")
    other = writer.client.generic("POST", "/api/v1/drafts/", b"{}", "text/plain")
    assert_problem(other, 415, "unsupported-media-type")
    assert not Article.objects.exists()


def test_addresses_that_name_nothing(writer: Program) -> None:
    for id in ("missing", "%00", "%ED%A0%80", "x" * 3000, "A", "1" + "0" * 30):
        for path in (f"drafts/{id}/", f"drafts/{id}/en/", f"snippets/{id}/", f"attachments/{id}/"):
            assert_problem(writer.get(path), 404, "not-found")
    id = writer.article()
    assert_problem(writer.get(f"drafts/{id}/fr/"), 404)
    content = {"title": "A", "body": "b"}
    assert_problem(writer.put(f"drafts/{id}/fr/", content, based=0), 404)
    assert_problem(writer.post(f"drafts/{id}/en/submit/", based=1), 404)
    assert_problem(writer.post(f"drafts/{id}/"), 405)
