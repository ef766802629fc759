"""The people of the demo company. They exist only where settings.DEMO says it is the demo."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group, User

from articles.audiences import PARTNER
from channels.models import ApiKey
from channels.models.api_key import Scope
from channels.operations.api_keys import create_api_key

KEY_NAME = "Demo partner"
SIGN_INS = "demo-sign-ins.txt"


@dataclass(frozen=True, slots=True)
class Person:
    username: str
    role: str
    staff: bool
    superuser: bool = False

    @property
    def password(self) -> str:
        return f"demo-{self.username}"


PEOPLE = (
    Person("anna", "author", staff=True),
    Person("ravi", "reviewer", staff=True),
    Person("paula", "publisher", staff=True),
    Person("admin", "administrator", staff=True, superuser=True),
    Person("agnes", "agent", staff=False),
)


class NotTheDemo(Exception):
    """Outside the demo there are no default people, passwords or keys."""


def make_people() -> dict[str, User]:
    """Return the demo's people by role; make those who are missing. Raises NotTheDemo."""
    _require_demo()
    return {person.role: _make(person) for person in PEOPLE}


def make_partner_key(*, actor: User) -> str | None:
    """Make the demo partner's key and return its secret; None where there is one already.

    Raises NotTheDemo.
    """
    _require_demo()
    if ApiKey.objects.filter(name=KEY_NAME, revoked_at=None).exists():
        return None
    scopes = [Scope.READ, Scope.REQUESTS]
    _, secret = create_api_key(actor=actor, name=KEY_NAME, audience=PARTNER, scopes=scopes)
    return secret


def write_sign_ins(secret: str) -> Path:
    """Write what opens the demo into its home, for its owner's eyes, and return the file."""
    lines = ["Sign in at /sign-in/ as:"]
    lines += [f"  {person.username:<6} {person.password:<11} {person.role}" for person in PEOPLE]
    lines += ["The demo partner's API key:", f"  {secret}"]
    path = Path(settings.HOME) / SIGN_INS
    path.unlink(missing_ok=True)
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return path


def _make(person: Person) -> User:
    known = User.objects.filter(username=person.username).first()
    if known:
        return known
    user = User.objects.create_user(
        person.username,
        password=person.password,
        is_staff=person.staff,
        is_superuser=person.superuser,
    )
    user.groups.add(Group.objects.get(name=person.role))
    return user


def _require_demo() -> None:
    if not settings.DEMO:
        raise NotTheDemo("Demo people and keys are made only in the demo (settings.DEMO).")
