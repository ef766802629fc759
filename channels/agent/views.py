"""The agent's pages that are read: the console, its parts, and what may be sent to a customer."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.locales import locales
from articles.public_ids import is_public_id
from channels.agent.access import agents_only
from channels.agent.changing import change_since
from channels.agent.listing import RANK
from channels.agent.page import READING, RESULTS, show
from channels.agent.selection import own_locale
from channels.agent.sending import addresses_of, may_be_sent
from channels.delivery.lookup import Found, find
from channels.delivery.responses import told, unless_known
from channels.envelopes.text_links import make_text_absolute
from channels.languages import html_lang
from channels.models import Entry
from channels.queries import current_number, entries_at
from channels.renderers.spoken_script import spoken_script

PLAIN = "text/plain; charset=utf-8"


@require_safe
@agents_only
def home(request: HttpRequest) -> HttpResponse:
    return show(request)


@require_safe
@agents_only
def results(request: HttpRequest) -> HttpResponse:
    return show(request, part=RESULTS)


@require_safe
@agents_only
def start(request: HttpRequest) -> HttpResponse:
    return show(request, part=READING)


@require_safe
@agents_only
def article(request: HttpRequest, public_id: str) -> HttpResponse:
    return show(request, public_id=public_id)


@require_safe
@agents_only
def card(request: HttpRequest, public_id: str) -> HttpResponse:
    return show(request, public_id=public_id, part=READING)


@require_safe
@agents_only
def changes(request: HttpRequest, public_id: str) -> HttpResponse:
    """Answer with what became of the text since the edition `since`."""
    number = current_number()
    locale, since = request.GET.get("locale", ""), request.GET.get("since", "")
    asked = locale in locales() and is_public_id(public_id) and since.isascii()
    known = asked and since.isdigit() and len(since) <= 9 and 1 <= int(since) <= number
    change = change_since(public_id, locale, since=int(since), number=number) if known else None
    if change is None:
        return _no_text(number)
    response = render(request, "agent/change.html", {"change": change, "public_id": public_id})
    return told(response, edition=number, private=True)


@require_safe
@agents_only
def text(request: HttpRequest, public_id: str) -> HttpResponse:
    """Answer with the article as plain text, to be pasted into a chat or a letter.

    It says what the article's own audience may read: what is for agents must not slip into a
    chat with a customer. An article that no customer may read is refused.
    """
    return _sent(request, public_id, format="text")


@require_safe
@agents_only
def spoken(request: HttpRequest, public_id: str) -> HttpResponse:
    """Answer with what a voice says of the article, to be read aloud: for the same ears."""
    return _sent(request, public_id, format="ssml")


def _sent(request: HttpRequest, public_id: str, *, format: str) -> HttpResponse:
    number = current_number()
    locale = request.GET.get("locale", "") or own_locale()
    entry = _entry(public_id, locale, number)
    if entry is None:
        return _no_text(number)
    if not may_be_sent(entry):
        response = HttpResponse(
            _("This is not for customers: it must not be sent out or read aloud."),
            content_type=PLAIN,
            status=HTTPStatus.FORBIDDEN,
        )
        return told(response, edition=number, private=True)
    found = find(
        public_id=public_id,
        locales=(locale,),
        format=format,
        rank=entry.audience_rank,
        edition=number,
    )
    if not isinstance(found, Found) or found.body is None:
        return _no_text(number)
    if format == "ssml":
        body = spoken_script(found.body).encode()
    else:
        origin = request.build_absolute_uri("/").rstrip("/")
        body = make_text_absolute(found.body, origin)  # it leaves the site
        links = [f"{title} <{origin}{path}>\n" for title, path in addresses_of(entry, number)]
        body += "".join(["\n", *links]).encode() if links else b""
    response = HttpResponse(body, content_type=PLAIN)
    response.headers["Content-Language"] = html_lang(locale)
    told(response, edition=number, digest=found.content_digest, private=True)
    return unless_known(request, response)


def _entry(public_id: str, locale: str, number: int) -> Entry | None:
    if locale not in locales() or not is_public_id(public_id):
        return None
    return entries_at(number, rank=RANK).filter(public_id=public_id, locale=locale).first()


def _no_text(number: int) -> HttpResponse:
    response = HttpResponse(
        _("There is no such text."), content_type=PLAIN, status=HTTPStatus.NOT_FOUND
    )
    return told(response, edition=number, private=True)
