"""The kiosk's pages. They hold no form that writes, and so need no cookie."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from articles.public_ids import is_public_id
from channels.delivery.lookup import Found, find
from channels.delivery.negotiation import read_locales
from channels.delivery.responses import told
from channels.envelopes.html_links import keep_inside, point_article_links
from channels.languages import html_lang
from channels.queries import current_number, topics_at, with_descendants
from channels.search.queries import SearchUnavailable
from channels.search.related import related
from channels.website.finding import search_that_led
from channels.website.kiosk.page import address, kiosk_page, render_kiosk, same_page
from channels.website.listing import breadcrumb, read_page, teasers, topic_cards, topic_counts
from channels.website.reading import RANK, Reading
from channels.website.searching import asked_and_found

RELATED = 4


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Lead to the start page in the language that the screen's browser is set to."""
    home = redirect(address("home", locale=read_locales(request)[0]))
    home["Vary"] = "Accept-Language"
    return told(home, edition=current_number())


@kiosk_page
def home(request: HttpRequest, reading: Reading) -> HttpResponse:
    nodes = topics_at(reading.number)
    context = {
        "topics": topic_cards(nodes, topic_counts(reading), locale=reading.locale),
        "is_start": True,
    }
    return render_kiosk(request, "kiosk/home.html", context, reading=reading)


@kiosk_page
def search_page(request: HttpRequest, reading: Reading) -> HttpResponse:
    def box(locale: str) -> str:
        return address("search", locale=locale)

    context = asked_and_found(request, reading, channel="kiosk", box=box)
    languages = same_page("search", reading, query=context["asked"])
    return render_kiosk(request, "kiosk/search.html", context, reading=reading, languages=languages)


@kiosk_page
def topic(request: HttpRequest, reading: Reading, slug: str) -> HttpResponse:
    """All articles of a topic and of those below it."""
    nodes = topics_at(reading.number)
    node = next((node for node in nodes if node.slug == slug), None)
    entries = reading.best_texts().filter(topic__in=with_descendants(slug, nodes))
    page = read_page(request, entries.order_by("title", "pk"))
    if node is None or not page.paginator.count:
        raise Http404("There is no such topic.")
    context = {
        "name": node.name(reading.locale),
        "page": page,
        "articles": teasers(page, locale=reading.locale),
    }
    languages = same_page("topic", reading, slug=slug)
    return render_kiosk(request, "kiosk/topic.html", context, reading=reading, languages=languages)


@kiosk_page
def article(request: HttpRequest, reading: Reading, public_id: str) -> HttpResponse:
    """The stored words of an article; what leads out of the kiosk is only said."""
    if not is_public_id(public_id):
        raise Http404("There is no such article.")
    text = reading.best_texts().filter(public_id=public_id).first()
    if text is None:
        raise Http404("There is no such article.")
    html = find(
        public_id=public_id,
        locales=(text.locale,),
        format="html",
        rank=RANK,
        edition=reading.number,
    )
    if not isinstance(html, Found):
        raise Http404("There is no such article.")

    def target(article: str) -> str:
        return address("article", locale=reading.locale, public_id=article)

    body = keep_inside(point_article_links((html.body or b"").decode(), target))
    try:
        near = related(
            public_id, locale=text.locale, rank=RANK, limit=RELATED, edition=reading.number
        )
    except SearchUnavailable:
        near = []
    search_that_led(request, public_id)
    trail = breadcrumb(text.topic, topics_at(reading.number), locale=reading.locale)
    context = {
        "entry": text,
        # Made by our renderer and cleaned by its gate before it was stored.
        "body": mark_safe(body),  # noqa: S308
        "topic": trail[-1][0] if trail else "",
        "converted_from": text.converted_from_name,
        "stands_in": text.locale != reading.locale,
        "text_lang": html_lang(text.locale),
        "text_language": settings.LOCALES[text.locale],
        "page_language": settings.LOCALES[reading.locale],
        "related": teasers(near, locale=reading.locale),
    }
    languages = same_page("article", reading, public_id=public_id)
    response = render_kiosk(
        request, "kiosk/article.html", context, reading=reading, languages=languages
    )
    response["Knowledge-Digest"] = html.content_digest
    return response


@kiosk_page
def astray(request: HttpRequest, reading: Reading) -> HttpResponse:
    raise Http404("There is no such page.")
