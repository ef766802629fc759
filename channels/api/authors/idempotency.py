"""The same write asked twice is done once (`Idempotency-Key`, as in the IETF's draft of that name).

What was done and its answer are committed together: after a crash there are both or neither. A
write that must own its transaction hands its answer to be committed with it (`Claim.finish`).
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils import timezone
from rest_framework.request import Request

from channels.models import IdempotentAnswer
from channels.problem import Problem

LASTS = timedelta(hours=24)
# After so long without an answer, whoever asked first is taken for crashed. If they are not, they
# find their token gone when they would commit, and what they did is undone.
LEASE = timedelta(minutes=2)

_KEY = re.compile(r"[!-~]{1,200}")
_KEPT_HEADERS = ("Content-Type", "Location", "ETag", "Cache-Control")


class LostClaim(Problem):
    """Somebody else took the write over, so this one must not commit."""

    def __init__(self) -> None:
        super().__init__(409, "in-progress", "This took too long and was asked again meanwhile.")


@dataclass(slots=True)
class Claim:
    """The right to do a write under its key, until it is finished or given up."""

    pk: int
    token: str
    finished: bool = False

    def finish(self, response: HttpResponse) -> None:
        """Keep the answer; runs in the transaction that does the write. Raises LostClaim."""
        kept = {name: response[name] for name in _KEPT_HEADERS if name in response}
        if not self._mine().update(
            status=response.status_code, headers=kept, body=bytes(response.content)
        ):
            raise LostClaim
        self.finished = True

    def give_up(self) -> None:
        """Nothing was done: the key is free again."""
        self._mine().delete()

    def _mine(self) -> Any:
        return IdempotentAnswer.objects.filter(pk=self.pk, token=self.token, status=None)


def read_key(request: Request) -> str:
    """Return the caller's name for this write, "" without one. Raises Problem (400)."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return ""
    if not _KEY.fullmatch(key):
        raise Problem(
            400, "bad-idempotency-key", "An Idempotency-Key has 1 to 200 visible ASCII characters."
        )
    return key


def fingerprint(request: Request, body: Any) -> str:
    """Return the digest of all that is asked. What a write is based on belongs to it: another
    revision approved is not the same approval."""
    asked = [
        request.method,
        request._request.get_full_path(),
        request.headers.get("If-Match", ""),
        request.headers.get("If-None-Match", ""),
        body,
    ]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def claim(
    *, person: AbstractUser, key: str, request_sha256: str, now: datetime | None = None
) -> Claim | HttpResponse:
    """Return the right to do the write, or the answer it was given.

    Raises Problem: 409 while it goes on elsewhere, 422 where the key named something else.
    """
    now = now or timezone.now()
    IdempotentAnswer.objects.filter(begun_at__lte=now - LASTS).delete()
    token = secrets.token_hex(16)
    for _ in range(3):
        try:
            with transaction.atomic():
                made = IdempotentAnswer.objects.create(
                    person_id=person.pk,
                    key=key,
                    request_sha256=request_sha256,
                    token=token,
                    begun_at=now,
                )
            return Claim(made.pk, token)
        except IntegrityError:
            known = IdempotentAnswer.objects.filter(person_id=person.pk, key=key).first()
        if known is None:  # It was given up just now.
            continue
        if known.request_sha256 != request_sha256:
            raise Problem(
                422, "idempotency-key-reused", "This Idempotency-Key named another request."
            )
        if known.status is not None:
            return _again(known)
        mine = IdempotentAnswer.objects.filter(pk=known.pk, token=known.token, status=None)
        if known.begun_at <= now - LEASE and mine.update(token=token, begun_at=now):
            return Claim(known.pk, token)
        break
    raise _in_progress()


def _again(known: IdempotentAnswer) -> HttpResponse:
    response = HttpResponse(bytes(known.body), status=known.status, headers=known.headers)
    response["Idempotency-Replayed"] = "true"
    return response


def _in_progress() -> Problem:
    problem = Problem(409, "in-progress", "The first request of this Idempotency-Key goes on.")
    problem.wait = 1  # type: ignore[attr-defined]  # in seconds, for Retry-After
    return problem
