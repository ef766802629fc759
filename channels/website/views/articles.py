"""An article: its stored words, and around them what else a reader may want to know of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from articles.locales import default_locale
from articles.public_ids import is_public_id
from articles.roles import READ_AGENT
from channels.delivery.lookup import Found, find
from channels.delivery.responses import told
from channels.languages import html_lang
from channels.models import Entry
from channels.queries import topics_at
from channels.search.queries import SearchUnavailable
from channels.search.related import related
from channels.website.addresses import LanguageLink, address, language_links, text_address
from channels.website.finding import search_that_led
from channels.website.former import address_of_former_slug
from channels.website.listing import breadcrumb, teasers
from channels.website.page import render_page
from channels.website.reading import RANK, Reading, begin
from channels.website.structured_data import faq_page
from channels.website.views.errors import not_found_page
from channels.website.wishes import wishes_for_article

SIBLINGS = 8
RELATED = 4


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """The article whose text in the page's locale has this slug, or a redirect to it."""
    reading = begin(get_language())
    with_slug = reading.texts().filter(slug=slug).values("public_id")
    texts = list(reading.texts().filter(public_id__in=with_slug).select_related("from_edition"))
    own = next((t for t in texts if (t.locale, t.slug) == (reading.locale, slug)), None)
    if own is not None:
        # Another language's text with the same slug may be another article's.
        same = [text for text in texts if text.public_id == own.public_id]
        return _page(request, reading, own, same)
    if (present := address_of_former_slug(reading, slug)) is not None:
        # A browser keeps a permanent redirect for ever unless told to ask again; after a way back
        # to an earlier edition it would run in a circle.
        return told(HttpResponsePermanentRedirect(present), edition=reading.number)
    # A slug of another language: the same article is what was meant.
    if (text := _best(texts, reading)) is not None:
        moved = redirect(_address_of(text, reading.locale))
        return told(moved, edition=reading.number)
    return not_found_page(request, reading, other_languages=_addresses(texts))


@require_safe
def permalink(request: HttpRequest, public_id: str) -> HttpResponse:
    """Lead to the article's page; a text that only stands in for one is shown here."""
    reading = begin(get_language())
    if request.GET.get("for") == "agent" and request.user.has_perm(READ_AGENT):
        query = urlencode({"locale": get_language()})
        at_the_desk = redirect(f"/agent/articles/{public_id}/?{query}")
        return told(at_the_desk, edition=reading.number, private=True)
    if not is_public_id(public_id):
        raise Http404
    texts = list(reading.texts().filter(public_id=public_id).select_related("from_edition"))
    text = _best(texts, reading)
    if text is None:
        return not_found_page(request, reading, other_languages=_addresses(texts))
    if text.locale == reading.locale:
        return told(redirect(_address_of(text, reading.locale)), edition=reading.number)
    return _page(request, reading, text, texts)


def _best(texts: Sequence[Entry], reading: Reading) -> Entry | None:
    """Return the text in the reader's locale, or the first that stands in for it."""
    readable = [text for text in texts if text.locale in reading.locales]
    return min(readable, key=lambda text: reading.locales.index(text.locale), default=None)


def _address_of(text: Entry, locale: str) -> str:
    return text_address(
        locale=locale, text_locale=text.locale, slug=text.slug, public_id=text.public_id
    )


def _addresses(texts: Sequence[Entry]) -> dict[str, str]:
    return {text.locale: _address_of(text, text.locale) for text in texts}


def _page(
    request: HttpRequest, reading: Reading, text: Entry, texts: Sequence[Entry]
) -> HttpResponse:
    """Answer with `text`; `texts` are the article's texts in all locales."""
    html = _stored(text, reading, "html")
    answer = _stored(text, reading, "text")
    canonical = _address_of(text, text.locale)
    nodes = topics_at(reading.number)
    near = _related(text, reading)
    beside = [entry for entry in _siblings(text, reading) if entry not in near]
    search_id = search_that_led(request, text.public_id)
    context: dict[str, Any] = {
        "entry": text,
        # Made by our renderer and cleaned by its gate before it was stored.
        "body": mark_safe(_decoded(html)),  # noqa: S308
        "structured_data": faq_page(
            text, answer=_decoded(answer), url=request.build_absolute_uri(canonical)
        ),
        "canonical": canonical,
        "default_href": _addresses(texts).get(default_locale(), canonical),
        "text_lang": html_lang(text.locale),
        "converted_from": text.converted_from_name,
        "stands_in": text.locale != reading.locale,
        "text_language": settings.LOCALES[text.locale],
        "page_language": settings.LOCALES[reading.locale],
        "trail": breadcrumb(text.topic, nodes, locale=reading.locale),
        "siblings": teasers(beside, locale=reading.locale),
        "related": teasers(near, locale=reading.locale),
        "search_id": search_id,
        "wishes": wishes_for_article(request, reading, article_id=text.article_id),
        "here": request.path,
    }
    languages = _languages(text.public_id, texts, reading)
    response = render_page(
        request, "website/article.html", context, reading=reading, languages=languages
    )
    response["Knowledge-Digest"] = html.content_digest
    return response


def _stored(text: Entry, reading: Reading, format: str) -> Found:
    """Return the stored bytes of a text that the reading's edition tells."""
    found = find(
        public_id=text.public_id,
        locales=(text.locale,),
        format=format,
        rank=RANK,
        edition=reading.number,
    )
    if not isinstance(found, Found):
        raise Http404
    return found


def _decoded(found: Found) -> str:
    return (found.body or b"").decode()


def _siblings(text: Entry, reading: Reading) -> Iterable[Entry]:
    """Return other articles of the same topic."""
    if not text.topic:
        return ()
    others = reading.best_texts().filter(topic=text.topic).exclude(public_id=text.public_id)
    return others.order_by("title", "pk")[:SIBLINGS]


def _related(text: Entry, reading: Reading) -> list[Entry]:
    """Return articles that go with this one; none while the search is down."""
    try:
        return related(
            text.public_id, locale=text.locale, rank=RANK, limit=RELATED, edition=reading.number
        )
    except SearchUnavailable:
        return []


def _languages(public_id: str, texts: Sequence[Entry], reading: Reading) -> list[LanguageLink]:
    """Return the article in each locale; where it has no text, the page of what stands in."""
    own = _addresses(texts)
    hrefs = {
        locale: own.get(locale) or address("permalink", locale=locale, public_id=public_id)
        for locale in settings.LOCALES
    }
    return language_links(hrefs, current=reading.locale, available=own)
