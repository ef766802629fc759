"""One write, one transaction, and the audit rows that end it.

The rows are a chain: each has the number after the last one, and a digest over itself and the
digest before. Who writes them holds the end of the chain, so they are written last, when nothing
else is waited for.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser, User
from django.db import connection, transaction

from articles.audit_chain import digest_of
from articles.models import AuditRecord
from articles.roles import SYSTEM_USERNAME

# Of PostgreSQL's advisory locks, this one holds the end of the chain.
_CHAIN = 0x6B68_6175

_waiting: ContextVar[list[AuditRecord] | None] = ContextVar("waiting audit rows", default=None)


@contextmanager
def operation(*, durable: bool = False) -> Iterator[None]:
    """Do one write whole or not at all; its audit rows are the last that it writes.

    Inside another operation it is a part of that: what fails here and is caught there leaves
    neither changes nor rows.
    """
    outer = _waiting.get()
    if outer is not None:
        kept = len(outer)
        try:
            with transaction.atomic():
                yield
        except BaseException:
            del outer[kept:]
            raise
        return
    rows: list[AuditRecord] = []
    token = _waiting.set(rows)
    try:
        with transaction.atomic(durable=durable):
            yield
            _write(rows)
    finally:
        _waiting.reset(token)


def record(
    *,
    actor: AbstractUser,
    action: str,
    subject: str,
    now: datetime,
    detail: dict[str, Any] | None = None,
) -> None:
    """Have it written who did what to `subject` ("article k3v9…"), and why.

    Raises RuntimeError outside an operation.
    """
    rows = _waiting.get()
    if rows is None:
        raise RuntimeError("An audit row is part of an operation.")
    rows.append(
        AuditRecord(
            at=now, actor_id=actor.pk, action=action, subject=subject[:120], detail=detail or {}
        )
    )


def _write(rows: list[AuditRecord]) -> None:
    if not rows:
        return
    _hold_the_end()
    last = AuditRecord.objects.order_by("-number").values_list("number", "digest").first()
    number, digest = last or (0, "")
    for row in rows:
        number += 1
        row.number, row.previous_digest = number, digest
        row.digest = digest = digest_of(row)
    AuditRecord.objects.bulk_create(rows)


def _hold_the_end() -> None:
    """On SQLite the transaction itself is the lock (transaction_mode IMMEDIATE).

    Foreign keys are looked up before: at the commit that would wait for rows that others hold, and
    who holds them may be waiting for the end of the chain.
    """
    if connection.vendor == "postgresql":
        connection.check_constraints()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN])


def system_user() -> User:
    """Return the actor of commands that no person signs for; nobody can sign in as it."""
    user, created = User.objects.get_or_create(
        username=SYSTEM_USERNAME, defaults={"is_active": False}
    )
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user
