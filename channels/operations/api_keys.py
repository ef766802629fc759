"""Making and revoking API keys. The secret is returned once and never kept."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.utils import timezone
from django.utils.translation import gettext

from articles.audiences import AUDIENCES
from articles.document.text import clean_name
from articles.exceptions import InvalidInput
from articles.operations.audit import operation, record
from articles.roles import ADMINISTER, WRITE, is_system, require
from channels.models import ApiKey
from channels.models.api_key import Scope

_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


@operation()
def create_api_key(
    *,
    actor: AbstractUser,
    name: str,
    audience: str,
    scopes: Sequence[str] = (Scope.READ,),
    person: AbstractUser | None = None,
    expires_at: datetime | None = None,
    now: datetime | None = None,
) -> tuple[ApiKey, str]:
    """Make a key and return it with its secret, `kh_<prefix>_<43 characters>`, which can't be
    had again. One that writes acts for `person`, and for nobody once they are inactive. Raises
    InvalidInput, NotAllowed."""
    require(actor, ADMINISTER)
    now = now or timezone.now()
    name = clean_name(name)
    if not name:
        raise InvalidInput(gettext("A key needs a name."), field="name")
    if audience not in AUDIENCES:
        raise InvalidInput(
            gettext("There is no audience “%(audience)s”.") % {"audience": audience},
            field="audience",
        )
    if not scopes or set(scopes) - set(Scope.values):
        raise InvalidInput(
            gettext("Scopes are %(scopes)s.") % {"scopes": ", ".join(Scope.values)}, field="scopes"
        )
    _check_person(person, writes=Scope.WRITE in scopes)
    if expires_at is not None and expires_at <= now:
        raise InvalidInput(gettext("The key would have expired already."), field="expires_at")
    prefix = "".join(secrets.choice(_LETTERS) for _ in range(10))
    secret = f"kh_{prefix}_{secrets.token_urlsafe(32)}"
    key = ApiKey.objects.create(
        name=name[:120],
        prefix=prefix,
        secret_sha256=hashlib.sha256(secret.encode()).hexdigest(),
        scopes=sorted(scopes),
        audience=audience,
        person_id=person.pk if person else None,
        created_by_id=actor.pk,
        created_at=now,
        expires_at=expires_at,
    )
    record(
        actor=actor,
        action="create-api-key",
        subject=f"key {prefix}",
        now=now,
        detail={
            "name": key.name,
            "audience": audience,
            "scopes": key.scopes,
            "person": person.get_username() if person else "",
        },
    )
    return key, secret


def _check_person(person: AbstractUser | None, *, writes: bool) -> None:
    if person is None:
        if writes:
            raise InvalidInput(gettext("Say for whom a key that writes shall act."), field="person")
        return
    if not writes:
        raise InvalidInput(gettext("Only a key that writes acts for a person."), field="person")
    if not person.is_active or is_system(person) or not person.has_perm(WRITE):
        raise InvalidInput(
            gettext("%(name)s may not write, so no key can for them.")
            % {"name": person.get_username()},
            field="person",
        )


@operation()
def revoke_api_key(*, actor: AbstractUser, key: ApiKey, now: datetime | None = None) -> None:
    """Make the key open nothing from now on. Revoking twice is once. Raises NotAllowed."""
    require(actor, ADMINISTER)
    now = now or timezone.now()
    if ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=now):
        record(actor=actor, action="revoke-api-key", subject=f"key {key.prefix}", now=now)
