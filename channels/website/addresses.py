"""The website's addresses, in each locale."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from channels.languages import html_lang


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The page that is shown, in one of the site's locales."""

    lang: str  # BCP 47
    name: str  # in the language itself
    href: str
    is_current: bool
    is_available: bool  # the page's text exists in this locale, and is not only stood in for


def address(name: str, *, locale: str, **parts: object) -> str:
    """Return the path of the website's page `name` in `locale`."""
    with translation.override(locale):
        return reverse(f"website:{name}", kwargs=parts)


def text_address(*, locale: str, text_locale: str, slug: str, public_id: str) -> str:
    """Return where a text is read in the site's `locale`.

    A text that stands in for a missing one has no slug there: its slug may be another article's.
    """
    if text_locale == locale:
        return address("article", locale=locale, slug=slug)
    return address("permalink", locale=locale, public_id=public_id)


def language_links(
    hrefs: dict[str, str], *, current: str, available: Container[str] | None = None
) -> list[LanguageLink]:
    """Return a link for each locale in `hrefs`; `available` None means that all have the text."""
    return [
        LanguageLink(
            lang=html_lang(locale),
            name=settings.LOCALES[locale],
            href=href,
            is_current=locale == current,
            is_available=available is None or locale in available,
        )
        for locale, href in hrefs.items()
    ]


def page_languages(
    name: str, *, current: str, query: str = "", **parts: object
) -> list[LanguageLink]:
    """Return the links for a page that every locale has; `query` with its question mark."""
    hrefs = {locale: address(name, locale=locale, **parts) + query for locale in settings.LOCALES}
    return language_links(hrefs, current=current)
