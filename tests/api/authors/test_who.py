"""Who may use the authors' side: a person at a browser, or a key that acts for one."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from articles.exceptions import InvalidInput
from articles.models import Article
from articles.operations.audit import system_user
from channels.models.api_key import Scope
from channels.operations.api_keys import create_api_key
from tests.api.asserting import assert_problem
from tests.api.authors.program import Program
from tests.api.conftest import KeyMaker, with_key
from tests.conftest import person

pytestmark = pytest.mark.django_db
DRAFTS = "/api/v1/drafts/"
NEW = {"data": json.dumps({"kind": "support"}), "content_type": "application/json"}


def test_nobody_sees_or_makes_drafts_without_saying_who_they_are(client: Client) -> None:
    for response in (client.get(DRAFTS), client.post(DRAFTS, **NEW)):
        assert_problem(response, 401, "sign-in")
        assert response["WWW-Authenticate"].startswith("Api-Key")


def test_a_key_without_the_scope_does_not(key: KeyMaker) -> None:
    partner = with_key(key("agent"))
    assert_problem(partner.get(DRAFTS), 403, "missing-scope")
    assert_problem(partner.post(DRAFTS, **NEW), 403, "missing-scope")
    assert_problem(with_key("kh_wrong").get(DRAFTS), 401, "bad-key")


def test_a_key_that_writes_reads_nothing_by_that(writer: Program) -> None:
    assert_problem(writer.get("articles/"), 403, "missing-scope")


def test_a_key_may_what_its_person_may_at_that_moment(author: User, writer: Program) -> None:
    id = writer.article()
    writer.text(id)
    submitted = writer.post(f"drafts/{id}/en/submit/", based=1)
    assert submitted.json()["state"] == "in_review"
    approve = f"drafts/{id}/en/approve/"
    assert_problem(writer.post(approve, based=1), 403, "not-allowed")
    author.groups.add(Group.objects.get(name="reviewer"))
    assert writer.post(approve, based=1).json()["state"] == "approved"
    author.groups.clear()
    assert_problem(writer.get("drafts/"), 403, "not-allowed")
    author.is_active = False
    author.save()
    assert_problem(writer.get("drafts/"), 401, "bad-key")


def test_an_agent_is_no_editor(agent: User, client: Client) -> None:
    client.force_login(agent)
    assert_problem(client.get(DRAFTS), 403, "not-allowed")


def test_a_person_at_a_browser_writes_with_a_token_of_the_page(author: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(author)
    assert browser.get(DRAFTS).status_code == 200
    assert_problem(browser.post(DRAFTS, **NEW), 403, "csrf")
    browser.cookies["csrftoken"] = "a" * 32
    made = browser.post(DRAFTS, **NEW, headers={"X-CSRFToken": "a" * 32})
    assert made.status_code == 201
    assert Article.objects.count() == 1


def test_a_key_that_writes_is_made_for_somebody_who_may(author: User, agent: User) -> None:
    gone = person("gone", "author")
    gone.is_active = False

    def make(whom: User | None, *scopes: str) -> None:
        create_api_key(actor=system_user(), name="x", audience="agent", scopes=scopes, person=whom)

    for whom in (None, agent, gone, system_user()):
        with pytest.raises(InvalidInput) as refusal:
            make(whom, Scope.WRITE)
        assert refusal.value.field == "person"
    with pytest.raises(InvalidInput):
        make(author, Scope.READ)
    make(author, Scope.WRITE, Scope.READ)


def test_nothing_that_authors_are_told_is_kept_by_a_cache(writer: Program) -> None:
    assert writer.get("drafts/")["Cache-Control"] == "private, no-store"
