"""The partners' feeds: what is told to a key's audience, that of the newest edition first."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from http import HTTPStatus
from typing import Protocol

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from articles.locales import locales
from channels.delivery.responses import told
from channels.delivery.viewer import VISITOR, Viewer, read_viewer
from channels.envelopes import atom
from channels.envelopes import json_feed as json_envelope
from channels.envelopes.feed_item import Feed, FeedItem, Removal
from channels.feeds.items import about, feed_item, removal
from channels.feeds.reading import Reading, chosen_edition
from channels.feeds.selection import Selection, read_selection
from channels.languages import html_lang
from channels.models import Edition
from channels.problem import Problem, problem_response

# Rises whenever a feed says the same edition in other bytes: it is part of the ETag.
VERSION = 2
METHODS = ("GET", "HEAD", "OPTIONS")
CHALLENGE = 'Basic realm="knowledge-hub", charset="UTF-8", Api-Key realm="knowledge-hub"'


class Envelope(Protocol):
    """Turns a page of plain items into a feed's bytes."""

    def __call__(
        self, about: Feed, items: Iterable[FeedItem], removed: Iterable[Removal] = ()
    ) -> bytes: ...


def atom_feed(request: HttpRequest, locale: str) -> HttpResponse:
    """Answer `/feeds/<locale>/atom.xml` (RFC 4287); every refusal is a problem document."""
    return _feed(request, locale, atom.feed, f"{atom.MEDIA_TYPE}; charset=utf-8")


def json_feed(request: HttpRequest, locale: str) -> HttpResponse:
    """Answer `/feeds/<locale>/feed.json` (JSON Feed 1.1); every refusal is a problem document."""
    return _feed(request, locale, json_envelope.feed, json_envelope.MEDIA_TYPE)


def _feed(request: HttpRequest, locale: str, envelope: Envelope, media_type: str) -> HttpResponse:
    try:
        response = _answer(request, locale, envelope, media_type)
    except Problem as problem:
        response = problem_response(problem)
        response.headers["Cache-Control"] = "no-store"
        if problem.status == HTTPStatus.UNAUTHORIZED:
            response.headers["WWW-Authenticate"] = CHALLENGE
        if problem.status == HTTPStatus.METHOD_NOT_ALLOWED:
            response.headers["Allow"] = ", ".join(METHODS)
    response.headers["Vary"] = "Authorization"
    return response


def _answer(request: HttpRequest, locale: str, envelope: Envelope, media_type: str) -> HttpResponse:
    if request.method == "OPTIONS":
        return HttpResponse(headers={"Allow": ", ".join(METHODS)})
    if request.method not in METHODS:
        raise Problem(405, "method-not-allowed", "A feed can only be read.")
    viewer = read_viewer(request)
    if viewer is VISITOR:
        raise Problem(401, "key-needed", "A feed is read with an API key.")
    if locale not in locales():
        raise Problem(404, "unknown-locale", f"Locales are {', '.join(locales())}.")
    selection = read_selection(request)
    edition = chosen_edition(selection.edition)
    if edition is None:
        raise Problem(404, "nothing-published", "Nothing has been published yet.")
    etag = _etag(request, edition, viewer)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        body = _body(request, edition, locale, viewer, selection, envelope)
        response = HttpResponse(body, content_type=media_type)
        response.headers["Content-Language"] = html_lang(locale)
    response.headers["ETag"] = etag
    return told(response, edition=edition.number, private=True)


def _etag(request: HttpRequest, edition: Edition, viewer: Viewer) -> str:
    """All that a feed's bytes depend on: an edition never changes, so they need not be made."""
    facts = (VERSION, settings.SITE_NAME, edition.number, viewer.rank, request.build_absolute_uri())
    return f'"{hashlib.sha256(repr(facts).encode()).hexdigest()}"'


def _body(
    request: HttpRequest,
    edition: Edition,
    locale: str,
    viewer: Viewer,
    selection: Selection,
    envelope: Envelope,
) -> bytes:
    reading = Reading(edition, locale, viewer.rank, selection)
    texts, more_texts = reading.texts()
    removed, more_removed = reading.removed()
    return envelope(
        about(request, edition, locale, selection, more=more_texts or more_removed),
        [feed_item(request, text) for text in texts],
        [removal(text, locale) for text in removed],
    )
