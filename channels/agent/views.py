"""The agent's pages: the list with its filters, an article with its agent-only parts, its text."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.locales import locales
from articles.public_ids import is_public_id
from channels.agent.access import agents_only
from channels.agent.listing import RANK
from channels.agent.page import show
from channels.agent.selection import own_locale
from channels.delivery.lookup import Found, find
from channels.delivery.responses import told, unless_known
from channels.envelopes.text_links import make_text_absolute
from channels.languages import html_lang
from channels.queries import current_number, entries_at


@require_safe
@agents_only
def home(request: HttpRequest) -> HttpResponse:
    return show(request)


@require_safe
@agents_only
def article(request: HttpRequest, public_id: str) -> HttpResponse:
    return show(request, public_id=public_id)


@require_safe
@agents_only
def text(request: HttpRequest, public_id: str) -> HttpResponse:
    """Answer with the article as plain text, to be pasted into a chat or a letter.

    It says what the article's own audience may read: what is for agents must not slip into a
    chat with a customer. An article for agents alone is told as they read it.
    """
    number = current_number()
    locale = request.GET.get("locale", "") or own_locale()
    if locale not in locales() or not is_public_id(public_id):
        return _no_text(number)
    entry = entries_at(number, rank=RANK).filter(public_id=public_id, locale=locale).first()
    if entry is None:
        return _no_text(number)
    found = find(
        public_id=public_id,
        locales=(locale,),
        format="text",
        rank=entry.audience_rank,
        edition=number,
    )
    if not isinstance(found, Found) or found.body is None:
        return _no_text(number)
    origin = request.build_absolute_uri("/").rstrip("/")
    body = make_text_absolute(found.body, origin)  # it leaves the site
    response = HttpResponse(body, content_type=found.media_type)
    response.headers["Content-Language"] = html_lang(locale)
    told(response, edition=number, digest=found.content_digest, private=True)
    return unless_known(request, response)


def _no_text(number: int) -> HttpResponse:
    response = HttpResponse(
        _("There is no such text."),
        content_type="text/plain; charset=utf-8",
        status=HTTPStatus.NOT_FOUND,
    )
    return told(response, edition=number, private=True)
