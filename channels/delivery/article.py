"""The hottest page there is: one published article, in one format, from its stored bytes."""

from __future__ import annotations

import re
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from articles.public_ids import is_public_id
from channels.delivery.lookup import Found, find
from channels.delivery.negotiation import Wish, read_wish
from channels.delivery.viewer import VISITOR, Viewer, read_viewer
from channels.languages import html_lang
from channels.problem import Problem, problem_response
from channels.registry import ENVELOPES

VARY = "Accept, Accept-Language, Authorization"
METHODS = ("GET", "HEAD", "OPTIONS")
EVERY = "*"
# Ours, weak or strong: a cache on the way may have weakened it (RFC 9110, 13.1.2).
_ETAG = re.compile(r'"([0-9a-f]{64})([^"]*)"')


def article_response(request: HttpRequest, public_id: str) -> HttpResponse:
    """Answer `GET /api/v1/articles/{id}/`; every refusal is a problem document."""
    try:
        return _answer(request, public_id)
    except Problem as problem:
        response = problem_response(problem)
        response["Vary"] = VARY
        response["Cache-Control"] = "no-store"
        if problem.status == HTTPStatus.UNAUTHORIZED:
            response["WWW-Authenticate"] = 'Api-Key realm="knowledge-hub"'
        if problem.status == HTTPStatus.METHOD_NOT_ALLOWED:
            response["Allow"] = ", ".join(METHODS)
        return response


def _answer(request: HttpRequest, public_id: str) -> HttpResponse:
    if request.method == "OPTIONS":
        return HttpResponse(headers={"Allow": ", ".join(METHODS), "Content-Length": "0"})
    if request.method not in METHODS:
        raise Problem(405, "method-not-allowed", "This address can only be read.")
    wish = read_wish(request)
    viewer = read_viewer(request)
    if not is_public_id(public_id):
        raise not_found()
    suffix = _suffix(wish)
    known = _known(request, suffix)
    found = find(
        public_id=public_id,
        locales=wish.locales,
        format=wish.stored,
        rank=viewer.rank,
        edition=wish.edition,
        known_sha256=next(iter(known), ""),
    )
    if not isinstance(found, Found):
        raise not_found(edition=found.edition)
    if found.sha256 in known or EVERY in known:
        found = found._replace(body=None)
    return _respond(found, wish, viewer, suffix)


def not_found(**extensions: int) -> Problem:
    """The one answer for what is missing and for what is hidden."""
    return Problem(404, "not-found", "There is no such article for this reader.", **extensions)


def _suffix(wish: Wish) -> str:
    """What tells an envelope's ETag from that of the bytes inside it."""
    if wish.name in ENVELOPES:
        return f"-{wish.name}-{ENVELOPES[wish.name].version}"
    return ""


def _known(request: HttpRequest, suffix: str) -> set[str]:
    """The SHA-256 of all bytes that the reader has, by their If-None-Match."""
    header = request.META.get("HTTP_IF_NONE_MATCH", "")
    if header.strip() == EVERY:
        return {EVERY}
    return {sha256 for sha256, kind in _ETAG.findall(header) if kind == suffix}


def _respond(found: Found, wish: Wish, viewer: Viewer, suffix: str) -> HttpResponse:
    headers = {
        "ETag": f'"{found.sha256}{suffix}"',
        "Knowledge-Edition": str(found.edition),
        "Knowledge-Digest": found.content_digest,
        # An envelope may be put otherwise around the same bytes one day.
        "Cache-Control": cache_control(
            viewer, pinned=wish.edition is not None and wish.name not in ENVELOPES
        ),
        "Vary": VARY,
    }
    if (
        found.body is None
    ):  # What is said of the content, the reader has as well (RFC 9110, 15.4.5).
        return HttpResponseNotModified(headers=headers)
    body, media_type = found.body, found.media_type
    if wish.name in ENVELOPES:
        envelope = ENVELOPES[wish.name]
        body = envelope.wrap(body, locale=found.locale, title=found.title)
        media_type = envelope.media_type
    headers |= {
        "Content-Type": media_type,
        "Content-Length": str(len(body)),
        "Content-Language": html_lang(found.locale),
        "X-Content-Type-Options": "nosniff",
        # Opened by itself in a browser, content runs nothing and frames nothing.
        "Content-Security-Policy": "default-src 'none'; img-src 'self'; sandbox",
    }
    if found.locale != wish.locales[0]:
        headers["Knowledge-Fallback"] = html_lang(wish.locales[0])
    if found.converted_from:
        headers["Knowledge-Converted-From"] = html_lang(found.converted_from)
    return HttpResponse(body, headers=headers)


def cache_control(viewer: Viewer, *, pinned: bool) -> str:
    """What is said of an edition stays true for ever; what is current is asked for again."""
    scope = "public" if viewer is VISITOR else "private"
    if pinned:
        return f"{scope}, max-age=31536000, immutable"
    return "no-cache" if viewer is VISITOR else "private, no-cache"
