"""Who reads: nobody in particular, or the holder of an API key."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest
from django.utils import timezone

from articles.audiences import PUBLIC, rank
from channels.models import ApiKey
from channels.models.api_key import Scope
from channels.problem import Problem

KEY = re.compile(r"kh_([a-z0-9]{10})_([A-Za-z0-9_-]{43})")


@dataclass(frozen=True, slots=True)
class Viewer:
    audience: str = PUBLIC
    rank: int = 0
    key_id: int | None = None
    scopes: frozenset[str] = frozenset()
    # For whom a key that writes acts; None for visitors and for keys that only read.
    person: AbstractUser | None = field(default=None, compare=False)

    def require(self, scope: str) -> None:
        """Raise Problem (403) where a key without `scope` is used. Visitors need no scope."""
        if self.key_id is not None and scope not in self.scopes:
            raise Problem(403, "missing-scope", f"This key lacks the scope {scope}.")


VISITOR = Viewer()


def read_viewer(request: HttpRequest, *, scope: str = Scope.READ) -> Viewer:
    """Return who reads. Raises Problem: 401 for a key that opens nothing, 403 for one that may
    not do this. No header: a visitor, at no cost. A key costs one statement."""
    header = request.META.get("HTTP_AUTHORIZATION", "")
    if not header:
        return VISITOR
    viewer = _holder_of(_secret_in(header))
    viewer.require(scope)
    return viewer


def _secret_in(header: str) -> str:
    """The key in `Api-Key <key>` or `Bearer <key>`, or the password of HTTP Basic, which is what
    a feed reader can send (RFC 7617)."""
    scheme, _, value = header.partition(" ")
    match scheme.lower():
        case "api-key" | "bearer":
            return value.strip()
        case "basic":
            try:
                pair = base64.b64decode(value.strip(), validate=True).decode()
            except (binascii.Error, UnicodeDecodeError, ValueError):
                raise _unauthorised() from None
            return pair.partition(":")[2]
        case _:
            raise _unauthorised()


def _holder_of(secret: str) -> Viewer:
    match = KEY.fullmatch(secret)
    keys = ApiKey.objects.select_related("person")
    key = keys.filter(prefix=match[1]).first() if match else None
    digest = hashlib.sha256(secret.encode()).hexdigest()
    # Compared even where there is no such key, so that the time taken tells nothing.
    same = hmac.compare_digest(digest, key.secret_sha256 if key else "0" * 64)
    if key is None or not same or key.revoked_at is not None:
        raise _unauthorised()
    if key.expires_at is not None and key.expires_at <= timezone.now():
        raise _unauthorised("This key has expired.")
    if key.person is not None and not key.person.is_active:
        raise _unauthorised()
    return Viewer(key.audience, rank(key.audience), key.pk, frozenset(key.scopes), key.person)


def _unauthorised(detail: str = "This key opens nothing.") -> Problem:
    return Problem(401, "bad-key", detail)
