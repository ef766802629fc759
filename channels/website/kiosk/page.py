"""What every page of the kiosk has: its language, the way to the start, nothing that leads away."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from articles.locales import default_locale
from channels.website.addresses import LanguageLink, language_links
from channels.website.page import SHARED, render_page
from channels.website.reading import Reading, begin

# Seconds without a touch after which the next person begins at the start page; where scripts are
# off, touches are not seen and the page waits longer.
PATIENCE, PATIENCE_WITHOUT_SCRIPT = 90, 180


def kiosk_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the reading of its address's locale; what it misses is missing on the kiosk."""

    @require_safe
    @wraps(view)
    def shown(request: HttpRequest, locale: str = "", **parts: str) -> HttpResponse:
        known = locale if locale in settings.LOCALES else default_locale()
        with override(known):
            reading = begin(known)
            if known == locale:
                try:
                    return view(request, reading, **parts)
                except Http404:
                    pass
            return render_kiosk(request, "kiosk/missing.html", {}, reading=reading, status=404)

    return shown


def address(name: str, **parts: object) -> str:
    return reverse(f"kiosk:{name}", kwargs=parts)


def render_kiosk(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    reading: Reading,
    languages: list[LanguageLink] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Answer with a page. Without `languages` the switch leads to the start page."""
    kiosk = {
        "patience": PATIENCE,
        "patience_without_script": PATIENCE_WITHOUT_SCRIPT,
        "start": address("home", locale=reading.locale),
    }
    return render_page(
        request,
        template,
        kiosk | context,
        reading=reading,
        languages=same_page("home", reading) if languages is None else languages,
        status=status,
        cache=SHARED,
    )


def same_page(
    name: str, reading: Reading, *, query: str = "", **parts: object
) -> list[LanguageLink]:
    """Return the links to a page in each of the site's locales."""
    hrefs = {locale: address(name, locale=locale, **parts) + query for locale in settings.LOCALES}
    return language_links(hrefs, current=reading.locale)
