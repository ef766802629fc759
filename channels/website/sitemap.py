"""sitemap.xml (sitemaps.org 0.9, with alternates per language) and robots.txt."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from lxml import etree

from articles.locales import default_locale
from channels.languages import html_lang
from channels.models import Entry
from channels.queries import TopicNode, topics_by_locale
from channels.website.addresses import address
from channels.website.page import SHARED
from channels.website.reading import RANK, Reading, begin

# A sitemap may list 50,000 addresses in 50 MB. Alternates and percent-encoded slugs make a text
# as long as 4 KB, so that size is what counts.
ARTICLES_PER_PART = 4_000

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
# lxml names the default namespace by None, which its stubs do not know.
SITEMAP_NAMES: Any = {None: SITEMAP, "xhtml": XHTML}


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """All public addresses, or where they are too many, an index of the parts."""
    reading = begin(default_locale())
    articles = reading.texts().values("public_id").distinct().count()
    parts = -(-articles // ARTICLES_PER_PART)
    if parts <= 1:
        return _xml(_part(request, reading, 1), reading)
    index = etree.Element(f"{{{SITEMAP}}}sitemapindex", nsmap=SITEMAP_NAMES)
    for number in range(1, parts + 1):
        one = etree.SubElement(index, f"{{{SITEMAP}}}sitemap")
        path = reverse("sitemap-part", kwargs={"part": number})
        etree.SubElement(one, f"{{{SITEMAP}}}loc").text = request.build_absolute_uri(path)
    return _xml(index, reading)


@require_safe
def sitemap_part(request: HttpRequest, part: int) -> HttpResponse:
    """One of the parts that the index lists."""
    reading = begin(default_locale())
    articles = reading.texts().values("public_id").distinct().count()
    if not 1 <= part <= -(-articles // ARTICLES_PER_PART):
        raise Http404
    return _xml(_part(request, reading, part), reading)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Crawlers may read what visitors read, search results aside."""
    hidden = [f"/{locale}/search/" for locale in settings.LOCALES]
    lines = ["User-agent: *"]
    lines += [f"Disallow: {path}" for path in ("/admin/", "/agent/", "/api/", *hidden)]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _part(request: HttpRequest, reading: Reading, part: int) -> etree._Element:
    urlset = etree.Element(f"{{{SITEMAP}}}urlset", nsmap=SITEMAP_NAMES)
    if part == 1:
        for hrefs in _page_addresses(topics_by_locale(reading.number, rank=RANK)):
            _add(request, urlset, hrefs, {})
    for hrefs, dates in _article_addresses(reading, part):
        _add(request, urlset, hrefs, dates)
    return urlset


def _page_addresses(topics: dict[str, list[TopicNode]]) -> Iterator[dict[str, str]]:
    """Yield the addresses by locale of the home page, and of each topic where it has texts."""
    yield {locale: address("home", locale=locale) for locale in topics}
    by_slug: dict[str, dict[str, str]] = {}
    for locale, nodes in topics.items():
        for node in nodes:
            hrefs = by_slug.setdefault(node.slug, {})
            hrefs[locale] = address("topic", locale=locale, slug=node.slug)
    yield from by_slug.values()


def _article_addresses(
    reading: Reading, part: int
) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Yield the addresses and dates by locale of each article of the part."""
    first = (part - 1) * ARTICLES_PER_PART
    ids = reading.texts().order_by("public_id").values("public_id").distinct()
    chosen = reading.texts().filter(public_id__in=ids[first : first + ARTICLES_PER_PART])
    rows = chosen.order_by("public_id", "locale").select_related("from_edition")

    def article(entry: Entry) -> str:
        return entry.public_id

    for _, texts in groupby(rows.iterator(), key=article):
        hrefs, dates = {}, {}
        for text in texts:
            hrefs[text.locale] = address("article", locale=text.locale, slug=text.slug)
            dates[text.locale] = text.from_edition.published_at.isoformat()
        yield hrefs, dates


def _add(
    request: HttpRequest,
    urlset: etree._Element,
    hrefs: dict[str, str],
    dates: dict[str, str],
) -> None:
    """List a page in each of its locales, every time with all its alternates."""
    absolute = {locale: request.build_absolute_uri(href) for locale, href in hrefs.items()}
    for locale, href in absolute.items():
        url = etree.SubElement(urlset, f"{{{SITEMAP}}}url")
        etree.SubElement(url, f"{{{SITEMAP}}}loc").text = href
        if locale in dates:
            etree.SubElement(url, f"{{{SITEMAP}}}lastmod").text = dates[locale]
        for other, alternate in absolute.items():
            etree.SubElement(
                url,
                f"{{{XHTML}}}link",
                {"rel": "alternate", "hreflang": html_lang(other), "href": alternate},
            )


def _xml(root: etree._Element, reading: Reading) -> HttpResponse:
    body = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    response = HttpResponse(body, content_type="application/xml")
    response["Knowledge-Edition"] = str(reading.number)
    response["Cache-Control"] = SHARED
    return response
