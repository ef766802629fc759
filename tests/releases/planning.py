"""Plans in as few words as a test can be read in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser

from articles.operations.audit import system_user
from channels.models import Release
from channels.operations.items import Item
from channels.operations.release_timing import schedule_release
from channels.operations.releases import create_release
from tests.releases.conftest import NOON


def release_of(*items: Item, actor: AbstractUser | None = None, name: str = "Autumn") -> Release:
    return create_release(actor=actor or system_user(), name=name, items=items)


def scheduled(
    *items: Item,
    actor: AbstractUser | None = None,
    local: str = "2026-07-01T13:00",
    zone: str = "UTC",
    now: datetime = NOON,
    **release: Any,
) -> Release:
    """A release that goes live an hour after noon."""
    actor = actor or system_user()
    made = release_of(*items, actor=actor, **release)
    return schedule_release(
        actor=actor, release=made, version=made.version, local=local, zone=zone, now=now
    )
