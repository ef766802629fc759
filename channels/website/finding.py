"""Searching as the website shows it: every hit as the reader's own text where there is one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest

from channels.languages import html_lang
from channels.renderers.html import ANCHOR_PREFIX
from channels.search.hits import Hit
from channels.search.noted import noted
from channels.search.queries import Results, search
from channels.search.recording import is_search_id, note_outcome
from channels.website.listing import Teaser, teaser
from channels.website.reading import RANK, Reading

# The parameter by which an article knows the search that led to it.
FROM = "s"


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article with the passage that was found: escaped HTML, and where it stands."""

    article: Teaser
    passage: str = ""
    heading: str = ""
    place: str = ""  # "#kh-…" of the heading


@dataclass(frozen=True, slots=True)
class Found:
    hits: list[FoundArticle] = field(default_factory=list)
    total: int = 0
    fits: bool = True
    did_you_mean: str = ""
    # By its own name, where all of it was found in another language than the reader's.
    language: str = ""
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    search_id: str = ""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What the same question finds in another language."""

    name: str
    lang: str  # BCP 47
    href: str
    count: int


def find_articles(
    reading: Reading,
    query: str,
    *,
    limit: int,
    offset: int = 0,
    chosen: Mapping[str, Collection[str]] | None = None,
    counted: Collection[str] = (),
    channel: str = "",
) -> Found:
    """Return what the reading's edition tells about `query`. Raises SearchUnavailable.

    What is asked by a person on `channel` goes into the log; without it, nobody asked.
    """
    results = search(
        query,
        locale=reading.locale,
        rank=RANK,
        chosen=chosen,
        counted=counted,
        limit=limit,
        offset=offset,
        edition=reading.number,
    )
    is_foreign = results.hits and results.locale not in ("", reading.locale)
    search_id = ""
    if channel:
        search_id = noted(results, query=query, locale=reading.locale, channel=channel, rank=RANK)
    return Found(
        hits=_in_own_words(reading, results.hits),
        total=results.total,
        fits=results.fits,
        did_you_mean=results.did_you_mean,
        language=settings.LOCALES.get(results.locale, "") if is_foreign else "",
        facets=results.facets,
        search_id=search_id,
    )


def find_elsewhere(reading: Reading, query: str, *, box: Callable[[str], str]) -> list[Elsewhere]:
    """Return the languages, other than those that stand in for the reader's, in which something
    fits. `box` gives the address of the search in a locale. Raises SearchUnavailable."""
    found = [
        (locale, _in_locale(reading, query, locale))
        for locale in settings.LOCALES
        if locale not in reading.locales
    ]
    question = urlencode({"q": query})
    return [
        Elsewhere(
            settings.LOCALES[locale],
            html_lang(locale),
            f"{box(locale)}?{question}",
            results.total,
        )
        for locale, results in found
        if results.hits and results.fits
    ]


def search_that_led(request: HttpRequest, public_id: str) -> str:
    """Return the search that led to an article, "" for none; that it did is put down."""
    search_id = request.GET.get(FROM, "")
    if not is_search_id(search_id):
        return ""
    note_outcome(search_id=search_id, what="opened", public_id=public_id)
    return search_id


def _in_locale(reading: Reading, query: str, locale: str) -> Results:
    return search(query, locale=locale, rank=RANK, limit=1, edition=reading.number, stand_ins=False)


def _in_own_words(reading: Reading, hits: list[Hit]) -> list[FoundArticle]:
    """What was found in another language may have a text in the reader's, without the words."""
    foreign = [hit.public_id for hit in hits if hit.locale != reading.locale]
    texts = reading.texts().filter(locale=reading.locale, public_id__in=foreign) if foreign else []
    own = {text.public_id: text for text in texts}
    return [
        FoundArticle(teaser(own[hit.public_id], locale=reading.locale))
        if hit.public_id in own
        else FoundArticle(
            teaser(hit, locale=reading.locale),
            hit.snippet_html,
            hit.heading,
            f"#{ANCHOR_PREFIX}{hit.anchor}" if hit.anchor else "",
        )
        for hit in hits
    ]
