"""Releases: collecting what shall go live together, and publishing it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from articles.exceptions import InvalidInput
from articles.models import Revision, SnippetRevision
from articles.operations.audit import record
from articles.roles import PUBLISH, require
from channels.models import Edition, Release, ReleaseItem
from channels.operations.items import Item, Retirement
from channels.operations.publishing import publish


@transaction.atomic
def create_release(
    *, actor: AbstractUser, name: str, items: Iterable[Item], now: datetime | None = None
) -> Release:
    """Plan `items` to go live together. Raises InvalidInput, NotAllowed."""
    require(actor, PUBLISH)
    now = now or timezone.now()
    rows = list(items)
    if not rows or not name.strip():
        raise InvalidInput(gettext("A release has a name and at least one item."))
    release = Release.objects.create(
        name=name.strip()[:120], created_by_id=actor.pk, created_at=now
    )
    ReleaseItem.objects.bulk_create([_row(release, item) for item in rows])
    record(
        actor=actor,
        action="create-release",
        subject=f"release {release.pk}",
        now=now,
        detail={"name": release.name, "items": [str(item) for item in release.items.all()]},
    )
    return release


def publish_release(
    *, actor: AbstractUser, release: Release, now: datetime | None = None
) -> Edition:
    """Publish the release now. Raises what `publish` raises, and WrongState where it is live."""
    return publish(
        items=items_of(release), actor=actor, note=release.name, now=now, release=release
    )


def items_of(release: Release) -> list[Item]:
    """Return what the release publishes and retires."""
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


def _row(release: Release, item: Item) -> ReleaseItem:
    match item:
        case Revision():
            return ReleaseItem(release=release, revision=item)
        case SnippetRevision():
            return ReleaseItem(release=release, snippet_revision=item)
        case Retirement():
            return ReleaseItem(release=release, retired=item.article)
