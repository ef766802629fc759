"""The audit row that every operation writes in its own transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser, User

from articles.models import AuditRecord
from articles.roles import SYSTEM_USERNAME


def record(
    *,
    actor: AbstractUser,
    action: str,
    subject: str,
    now: datetime,
    detail: dict[str, Any] | None = None,
) -> AuditRecord:
    """Write who did what to `subject` ("article k3v9…"), and why."""
    return AuditRecord.objects.create(
        at=now, actor_id=actor.pk, action=action, subject=subject[:120], detail=detail or {}
    )


def system_user() -> User:
    """Return the actor of commands that no person signs for; nobody can sign in as it."""
    user, created = User.objects.get_or_create(
        username=SYSTEM_USERNAME, defaults={"is_active": False}
    )
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user
