"""Releases: what was chosen to go live together, kept with the edition it became."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext

from articles.exceptions import InvalidInput
from articles.models import Revision, SnippetRevision
from articles.operations.audit import record
from articles.roles import PUBLISH, require
from channels.models import Edition, Release, ReleaseItem
from channels.operations.items import Item, Retirement
from channels.operations.publishing import publish


def publish_together(
    *, actor: AbstractUser, name: str, items: Iterable[Item], now: datetime | None = None
) -> Edition:
    """Publish `items` now, and keep by `name` what was chosen, written with the edition.

    What is refused leaves no release. Raises InvalidInput, and what `publish` raises.
    """
    require(actor, PUBLISH)
    chosen, name = list(items), name.strip()[:120]
    if not chosen or not name:
        raise InvalidInput(gettext("A release has a name and at least one item."))
    return publish(
        items=chosen,
        actor=actor,
        note=name,
        now=now,
        alongside=partial(_write_release, name=name, items=chosen),
    )


def items_of(release: Release) -> list[Item]:
    """Return what the release published and retired."""
    rows = release.items.select_related("revision", "snippet_revision__snippet", "retired")
    items: list[Item] = []
    for row in rows.order_by("pk"):
        if row.retired:
            items.append(Retirement(row.retired))
        else:
            item = row.revision or row.snippet_revision
            assert item is not None  # the database's constraint says so  # noqa: S101
            items.append(item)
    return items


def _write_release(edition: Edition, *, name: str, items: list[Item]) -> None:
    release = Release.objects.create(
        name=name,
        created_by_id=edition.actor_id,
        created_at=edition.published_at,
        edition=edition,
    )
    ReleaseItem.objects.bulk_create([_row(release, item) for item in items])
    record(
        actor=edition.actor,
        action="create-release",
        subject=f"release {release.pk}",
        now=edition.published_at,
        detail={"name": release.name, "items": [str(item) for item in release.items.all()]},
    )


def _row(release: Release, item: Item) -> ReleaseItem:
    match item:
        case Revision():
            return ReleaseItem(release=release, revision=item)
        case SnippetRevision():
            return ReleaseItem(release=release, snippet_revision=item)
        case Retirement():
            return ReleaseItem(release=release, retired=item.article)
