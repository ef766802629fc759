"""Keeping a list's filters under a name, for oneself or shown to everybody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

from django.contrib.auth.models import AbstractUser, User
from django.utils import timezone
from django.utils.translation import gettext

from articles.document.text import clean_line, clean_name
from articles.exceptions import InvalidInput, NotAllowed
from articles.models import SavedView
from articles.operations.audit import operation, record
from articles.roles import ADMINISTER, REVIEW, WRITE, require

LONGEST_NAME = 80  # characters
LONGEST_QUERY = 1000
MOST_VIEWS = 50  # of one person


@operation()
def save_view(
    *,
    actor: AbstractUser,
    name: str,
    filters: Mapping[str, str],
    shared: bool = False,
    now: datetime | None = None,
) -> SavedView:
    """Keep the list's parameters under a name that the person has not used yet.

    Raises InvalidInput, NotAllowed (also where a view is to be shown to everybody by who is no
    reviewer).
    """
    require(actor, WRITE)
    if shared:
        require(actor, REVIEW)
    _hold_views_of(actor)
    name = _clean_name(actor, name)
    query = _clean_query(filters)
    if SavedView.objects.filter(person_id=actor.pk).count() >= MOST_VIEWS:
        raise InvalidInput(gettext("More than %(most)d views.") % {"most": MOST_VIEWS})
    view = SavedView.objects.create(person_id=actor.pk, name=name, query=query, shared=shared)
    _record(actor, "save-view", view, now)
    return view


@operation()
def change_view(
    *,
    actor: AbstractUser,
    view: SavedView,
    name: str,
    shared: bool,
    first: bool,
    now: datetime | None = None,
) -> SavedView:
    """Give one's own view another name, show it to others or not, have the list open with it.

    Raises InvalidInput, NotAllowed.
    """
    require(actor, WRITE)
    _hold_views_of(actor)
    held = _own(actor, view)
    if shared and not held.shared:
        require(actor, REVIEW)
    name = _clean_name(actor, name, besides=held.pk)
    if (name, shared, first) == (held.name, held.shared, held.first):
        return held
    if first:
        SavedView.objects.filter(person_id=actor.pk, first=True).update(first=False)
    held.name, held.shared, held.first = name, shared, first
    held.save(update_fields=["name", "shared", "first"])
    _record(actor, "change-view", held, now)
    return held


@operation()
def delete_view(*, actor: AbstractUser, view: SavedView, now: datetime | None = None) -> None:
    """Forget a view: one's own, or, as an administrator, one that is shown to everybody.

    Raises NotAllowed; a view that is gone already is no error.
    """
    require(actor, WRITE)
    held = SavedView.objects.select_for_update().filter(pk=view.pk).first()
    if held is None:
        return
    if held.person_id != actor.pk and not (held.shared and actor.has_perm(ADMINISTER)):
        raise _not_own()
    _record(actor, "delete-view", held, now)
    held.delete()


def _hold_views_of(actor: AbstractUser) -> None:
    """One person's views change one after the other: no name twice, one that is first."""
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)


def _own(actor: AbstractUser, view: SavedView) -> SavedView:
    held = SavedView.objects.filter(pk=view.pk).first()
    if held is None:
        raise InvalidInput(gettext("This view is gone."))
    if held.person_id != actor.pk:
        raise _not_own()
    return held


def _not_own() -> NotAllowed:
    return NotAllowed(gettext("This view is somebody else's."))


def _clean_name(actor: AbstractUser, name: str, *, besides: int | None = None) -> str:
    name = clean_name(name)
    if not name:
        raise InvalidInput(gettext("A view needs a name."), field="name")
    if len(name) > LONGEST_NAME:
        raise InvalidInput(
            gettext("The name is longer than %(length)d characters.") % {"length": LONGEST_NAME},
            field="name",
        )
    others = SavedView.objects.filter(person_id=actor.pk).exclude(pk=besides or 0)
    if others.filter(name=name).exists():
        raise InvalidInput(
            gettext("You have a view “%(name)s” already.") % {"name": name}, field="name"
        )
    return name


def _clean_query(filters: Mapping[str, str]) -> str:
    cleaned = {name: clean_line(value) for name, value in sorted(filters.items())}
    query = urlencode({name: value for name, value in cleaned.items() if value})
    if not query:
        raise InvalidInput(gettext("This list is not narrowed by anything."), field="filters")
    if len(query) > LONGEST_QUERY:
        raise InvalidInput(gettext("These filters are too long to be kept."), field="filters")
    return query


def _record(actor: AbstractUser, action: str, view: SavedView, now: datetime | None) -> None:
    record(
        actor=actor,
        action=action,
        subject=f"view {view.name}",
        now=now or timezone.now(),
        detail={
            "person": view.person_id,
            "query": view.query,
            "shared": view.shared,
            "first": view.first,
        },
    )
