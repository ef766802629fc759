"""Filters are kept under a name: one's own, or shown to everybody by who may."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.exceptions import InvalidInput, NotAllowed
from articles.models import AuditRecord, SavedView
from articles.operations import saved_views
from articles.operations.saved_views import change_view, delete_view, save_view

pytestmark = pytest.mark.django_db

DRAFTS = {"state": "draft", "owner": "me"}


def last_row() -> AuditRecord:
    return AuditRecord.objects.latest("number")


def change(actor: User, view: SavedView, **wanted: Any) -> SavedView:
    said = {"name": view.name, "shared": view.shared, "first": view.first}
    return change_view(actor=actor, view=view, **said | wanted)


def test_a_view_keeps_the_filters_and_leaves_an_audit_row(author: User) -> None:
    view = save_view(actor=author, name=" My  drafts ", filters=DRAFTS | {"q": ""})

    assert (view.name, view.query, view.shared) == ("My drafts", "owner=me&state=draft", False)
    assert (last_row().action, last_row().subject) == ("save-view", "view My drafts")
    assert last_row().detail["query"] == "owner=me&state=draft"


def test_a_view_shown_to_everybody_needs_a_reviewer(author: User, reviewer: User) -> None:
    with pytest.raises(NotAllowed):
        save_view(actor=author, name="Ours", filters=DRAFTS, shared=True)
    own = save_view(actor=author, name="Mine", filters=DRAFTS)
    with pytest.raises(NotAllowed):
        change(author, own, shared=True)
    ours = save_view(actor=reviewer, name="Ours", filters=DRAFTS, shared=True)

    assert list(SavedView.objects.visible_to(author)) == [own, ours]
    assert list(SavedView.objects.visible_to(reviewer)) == [ours]


def test_who_reads_only_keeps_no_view(agent: User) -> None:
    with pytest.raises(NotAllowed):
        save_view(actor=agent, name="Mine", filters=DRAFTS)


@pytest.mark.parametrize(
    ("name", "filters", "field"),
    [
        (" \x00\u202e ", DRAFTS, "name"),
        ("x" * 81, DRAFTS, "name"),
        ("Taken", DRAFTS, "name"),
        ("Nothing", {"q": " "}, "filters"),
        ("Everything", {"q": "x" * 2_000}, "filters"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(
    author: User, name: str, filters: dict[str, str], field: str
) -> None:
    save_view(actor=author, name="Taken", filters=DRAFTS)

    with pytest.raises(InvalidInput) as refused:
        save_view(actor=author, name=name, filters=filters)

    assert refused.value.field == field
    assert SavedView.objects.count() == 1


def test_two_people_may_use_one_name(author: User, reviewer: User) -> None:
    save_view(actor=author, name="Drafts", filters=DRAFTS)
    save_view(actor=reviewer, name="Drafts", filters=DRAFTS)

    assert SavedView.objects.count() == 2


def test_a_person_keeps_so_many_views_and_no_more(
    author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved_views, "MOST_VIEWS", 1)
    save_view(actor=author, name="One", filters=DRAFTS)

    with pytest.raises(InvalidInput):
        save_view(actor=author, name="Two", filters=DRAFTS)


def test_the_list_opens_with_one_view_of_a_person(author: User, reviewer: User) -> None:
    one = save_view(actor=author, name="One", filters=DRAFTS)
    two = save_view(actor=author, name="Two", filters=DRAFTS)
    theirs = save_view(actor=reviewer, name="Theirs", filters=DRAFTS)
    for actor, view in ((author, one), (reviewer, theirs), (author, two)):
        change(actor, view, first=True)

    assert set(SavedView.objects.filter(first=True)) == {two, theirs}
    assert last_row().action == "change-view"


def test_saying_what_is_said_already_leaves_no_row(author: User) -> None:
    view = save_view(actor=author, name="One", filters=DRAFTS)
    before = last_row()
    change(author, view)

    assert last_row() == before


def test_only_its_person_changes_a_view(author: User, reviewer: User) -> None:
    ours = save_view(actor=reviewer, name="Ours", filters=DRAFTS, shared=True)

    with pytest.raises(NotAllowed):
        change(author, ours, name="Mine now")
    with pytest.raises(NotAllowed):
        delete_view(actor=author, view=ours)
    with pytest.raises(InvalidInput):
        change(author, SavedView(pk=999, name="x", query="q=1"), name="Gone")


def test_an_administrator_clears_away_what_everybody_sees(
    author: User, reviewer: User, administrator: User
) -> None:
    ours = save_view(actor=reviewer, name="Ours", filters=DRAFTS, shared=True)
    mine = save_view(actor=author, name="Mine", filters=DRAFTS)
    delete_view(actor=administrator, view=ours)
    with pytest.raises(NotAllowed):
        delete_view(actor=administrator, view=mine)
    assert last_row().action == "delete-view"
    delete_view(actor=author, view=mine)
    delete_view(actor=author, view=mine)  # a second click

    assert not SavedView.objects.exists()
