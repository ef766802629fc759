"""Releases: what was chosen to go live together, planned ahead or published at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.utils import timezone
from django.utils.translation import gettext

from articles.document.text import clean_name
from articles.exceptions import InvalidInput, Stale
from articles.models import Revision, SnippetRevision
from articles.operations.audit import operation, record
from articles.roles import PUBLISH, WRITE, require
from channels.models import Edition, Release, ReleaseItem
from channels.operations.items import Item, Retirement, Wanted
from channels.operations.publishing import publish
from channels.operations.release_items import changed_since, key_of, name_of, not_live
from channels.release_workflow import ReleaseAction, ReleaseState, release_step

MOST_ITEMS = 5_000


def publish_together(
    *,
    actor: AbstractUser,
    name: str,
    items: Iterable[Item],
    now: datetime | None = None,
    alongside: Callable[[Edition], object] | None = None,
) -> Edition:
    """Publish `items` now, and keep by `name` what was chosen, written with the edition, as is what
    `alongside` writes; what it raises refuses all of it.

    What is refused leaves no release. Raises InvalidInput, and what `publish` raises.
    """
    require(actor, PUBLISH)
    chosen, name = list(items), clean_name(name)[:120]
    if not chosen or not name:
        raise InvalidInput(gettext("A release has a name and at least one item."))
    return publish(
        items=chosen,
        actor=actor,
        note=name,
        now=now,
        alongside=partial(_write_release, name=name, items=chosen, alongside=alongside),
    )


@operation()
def create_release(
    *, actor: AbstractUser, name: str, items: Iterable[Item] = (), now: datetime | None = None
) -> Release:
    """Make a plan; it is its maker's until somebody else schedules it. Raises InvalidInput, Stale
    where an item is not what is approved, NotAllowed."""
    require(actor, WRITE)
    now = now or timezone.now()
    release = Release.objects.create(
        name=_name(name), created_by_id=actor.pk, owner_id=actor.pk, created_at=now
    )
    record(
        actor=actor,
        action="create-release",
        subject=f"release {release.pk}",
        now=now,
        detail={"name": release.name},
    )
    if chosen := list(items):
        release = add_items(actor=actor, release=release, items=chosen, now=now)
    return release


@operation()
def rename_release(
    *,
    actor: AbstractUser,
    release: Release,
    name: str,
    version: int | None = None,
    now: datetime | None = None,
) -> Release:
    """Give a plan another name. Raises InvalidInput, WrongState, Stale, NotAllowed."""
    held = hold_release(release, version)
    _collect(actor, held)
    if held.name != (name := _name(name)):
        detail = {"from": held.name, "to": name}
        held.name = name
        _keep(actor, held, "rename-release", now, detail)
    return held


@operation()
def add_items(
    *,
    actor: AbstractUser,
    release: Release,
    items: Iterable[Item],
    version: int | None = None,
    now: datetime | None = None,
) -> Release:
    """Put what is approved, and articles to retire, into a plan.

    A revision takes the place of another of its text, a value that of another of its snippet.
    Raises Stale where an item is not what is approved now (or `version` not the plan's),
    InvalidInput where items contradict each other, are too many, or one to retire is not live;
    WrongState, NotAllowed.
    """
    held = hold_release(release, version)
    _collect(actor, held)
    chosen = list(items)
    wanted = Wanted.of(chosen)
    if lines := not_live(wanted):
        raise InvalidInput("\n".join(lines))
    if lines := changed_since(wanted):
        raise Stale("\n".join(lines), current=held.version)
    known = {key_of(item): (pk, item) for pk, item in rows_of(held)}
    new = {key_of(item): item for item in chosen}
    new = {key: item for key, item in new.items() if key not in known or known[key][1] != item}
    _require_one_fate(known, new)
    if len(known.keys() | new.keys()) > MOST_ITEMS:
        message = gettext("A release has at most %(most)d items.")
        raise InvalidInput(message % {"most": MOST_ITEMS})
    if new:
        replaced = [known[key] for key in new if key in known]
        held.items.filter(pk__in=[pk for pk, _ in replaced]).delete()
        ReleaseItem.objects.bulk_create([_row(held, item) for item in new.values()])
        detail = {"items": [name_of(item) for item in new.values()]}
        if replaced:
            detail["instead of"] = [name_of(item) for _, item in replaced]
        _keep(actor, held, "add-to-release", now, detail)
    return held


@operation()
def remove_items(
    *,
    actor: AbstractUser,
    release: Release,
    item_ids: Collection[int],
    version: int | None = None,
    now: datetime | None = None,
) -> Release:
    """Take items out of a plan, by their rows' ids; those that are out already stay out. Raises
    WrongState, Stale, NotAllowed."""
    held = hold_release(release, version)
    _collect(actor, held)
    wanted = set(item_ids)
    going = [(pk, item) for pk, item in rows_of(held) if pk in wanted]
    if going:
        held.items.filter(pk__in=[pk for pk, _ in going]).delete()
        detail = {"items": [name_of(item) for _, item in going]}
        _keep(actor, held, "remove-from-release", now, detail)
    return held


@operation()
def cancel_release(
    *, actor: AbstractUser, release: Release, version: int, now: datetime | None = None
) -> Release:
    """End a plan unpublished; it is kept to be read. Raises WrongState, Stale, NotAllowed."""
    held = hold_release(release, version)
    target = release_step(held.state, ReleaseAction.CANCEL)
    require(actor, target.permission)
    held.state = target.state
    clear_time(held)
    _keep(actor, held, "cancel-release", now, {"name": held.name})
    return held


def hold_release(release: Release, version: int | None) -> Release:
    """Keep others from the release until the transaction ends. Raises Stale where `version` is
    given and the plan has another by now."""
    held = (
        Release.objects.select_for_update(of=("self",)).select_related("owner").get(pk=release.pk)
    )
    if version not in (None, held.version):
        message = gettext("The release was changed meanwhile. Look again.")
        raise Stale(message, current=held.version)
    return held


def clear_time(release: Release) -> None:
    release.due_at, release.due_local, release.due_zone = None, "", ""


def rows_of(release: Release) -> list[tuple[int, Item]]:
    """Return what the release publishes and retires, each with its row's id. One statement."""
    rows = release.items.select_related(
        "revision__text__article", "snippet_revision__snippet", "retired"
    )
    return [(row.pk, item_of(row)) for row in rows.order_by("pk")]


def item_of(row: ReleaseItem) -> Item:
    if row.retired:
        return Retirement(row.retired)
    item = row.revision or row.snippet_revision
    assert item is not None  # the database's constraint says so  # noqa: S101
    return item


def items_of(release: Release) -> list[Item]:
    """Return what the release publishes and retires. One statement."""
    return [item for _, item in rows_of(release)]


def _name(name: str) -> str:
    cleaned = clean_name(name)
    if not cleaned or "\x00" in name:
        raise InvalidInput(gettext("A release has a name."), field="name")
    if len(cleaned) > 120:
        raise InvalidInput(gettext("The name is longer than 120 characters."), field="name")
    return cleaned


def _collect(actor: AbstractUser, held: Release) -> None:
    target = release_step(held.state, ReleaseAction.COLLECT)
    require(actor, target.permission)
    if held.state != target.state:
        clear_time(held)
    held.state = target.state


def _require_one_fate(known: dict[Any, tuple[int, Item]], new: dict[Any, Item]) -> None:
    """Raise InvalidInput where an article would be retired and published at once."""
    items = {key: item for key, (_, item) in known.items()} | new
    retired = {item.article.pk for item in items.values() if isinstance(item, Retirement)}
    for item in items.values():
        if isinstance(item, Revision) and item.text.article_id in retired:
            message = gettext("%(text)s is to be published and retired at once.")
            raise InvalidInput(message % {"text": name_of(item)})


def _keep(
    actor: AbstractUser, held: Release, action: str, now: datetime | None, detail: dict[str, Any]
) -> None:
    held.version += 1
    held.save()
    record(
        actor=actor,
        action=action,
        subject=f"release {held.pk}",
        now=now or timezone.now(),
        detail=detail,
    )


def _write_release(
    edition: Edition,
    *,
    name: str,
    items: Sequence[Item],
    alongside: Callable[[Edition], object] | None,
) -> None:
    release = Release.objects.create(
        name=name,
        state=ReleaseState.PUBLISHED,
        created_by_id=edition.actor_id,
        owner_id=edition.actor_id,
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
    if alongside:
        alongside(edition)


def _row(release: Release, item: Item) -> ReleaseItem:
    match item:
        case Revision():
            return ReleaseItem(release=release, revision=item)
        case SnippetRevision():
            return ReleaseItem(release=release, snippet_revision=item)
        case Retirement():
            return ReleaseItem(release=release, retired=item.article)
