"""Who wishes: one person as a hash, whether they have an account, a key or only a browser.

A visitor carries a signed random token in a cookie. What is stored with a vote is a hash, so the
votes tell nothing of a person, and a token can't be made up to vote twice.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "knowledgehub_reader"
SALT = "channels.voters"
YEAR = 365 * 24 * 3600  # seconds


@dataclass(frozen=True, slots=True)
class Voter:
    hash: str
    fresh_token: str = ""  # a visitor's first token, to be kept in their browser

    @classmethod
    def of(cls, kind: str, name: object, *, fresh_token: str = "") -> Voter:
        return cls(hashlib.sha256(f"{kind}:{name}".encode()).hexdigest(), fresh_token)


def account_voter(user_id: int) -> Voter:
    return Voter.of("account", user_id)


def key_voter(key_id: int) -> Voter:
    return Voter.of("key", key_id)


def known_visitor(request: HttpRequest) -> Voter | None:
    """Return the visitor that the browser's token names; None without a token of ours."""
    try:
        token = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)
    except signing.BadSignature:
        return None
    return Voter.of("browser", token) if isinstance(token, str) else None


def visitor(request: HttpRequest) -> Voter:
    """Return the visitor, with a fresh token where the browser has none."""
    known = known_visitor(request)
    if known:
        return known
    token = secrets.token_urlsafe(24)
    return Voter.of("browser", token, fresh_token=token)


def voter_of(request: HttpRequest) -> Voter:
    """Return who wishes on a page: the account that is signed in, else the visitor."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return account_voter(user.pk)
    return visitor(request)


def remember(request: HttpRequest, response: HttpResponse, voter: Voter) -> None:
    """Let the browser keep a fresh token."""
    if voter.fresh_token:
        response.set_cookie(
            COOKIE,
            signing.dumps(voter.fresh_token, salt=SALT),
            max_age=YEAR,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
