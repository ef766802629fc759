"""What a reader asks for: the format, the locales in order, the edition. Deny what is unclear."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from articles.locales import default_locale, fallback_chain, locales
from articles.numbers import whole_number
from channels.problem import Problem
from channels.registry import ENVELOPES, FORMATS

LARGEST_EDITION = 2**31 - 1

# `?format=json` is the stored document.
ALIASES = {"json": "document"}
NAMES = ("json", "html", "text", "markdown", "ssml", *ENVELOPES)
# What a reader may ask for by `Accept`: media type -> name.
_OFFERED = {
    (ENVELOPES.get(name) or FORMATS[ALIASES.get(name, name)]).media_type.split(";")[0]: name
    for name in NAMES
}


@dataclass(frozen=True, slots=True)
class Wish:
    name: str  # as the reader says it
    stored: str  # the stored format that answers it
    locales: tuple[str, ...]
    edition: int | None


# The same question is asked again and again: all of it stands in these parts of a request, and
# working out what they mean costs as much as the database does.
_PARTS = ("QUERY_STRING", "HTTP_ACCEPT", "HTTP_ACCEPT_LANGUAGE")
_MOST_KNOWN, _LONGEST_KNOWN = 1000, 300
_known: dict[tuple[str | None, ...], Wish] = {}


def read_wish(request: HttpRequest) -> Wish:
    """Raises Problem (400, 404 or 406) where the request asks for what there can't be."""
    said = tuple(map(request.META.get, _PARTS))
    wish = _known.get(said)
    if wish is None:
        wish = _wish(request)
        if sum(len(part or "") for part in said) <= _LONGEST_KNOWN:
            if len(_known) >= _MOST_KNOWN:
                _known.clear()
            _known[said] = wish
    return wish


def _wish(request: HttpRequest) -> Wish:
    name = _format(request)
    stored = ENVELOPES[name].wraps if name in ENVELOPES else ALIASES.get(name, name)
    return Wish(name, stored, read_locales(request), read_edition(request))


def _format(request: HttpRequest) -> str:
    asked = request.GET.get("format")
    if asked is not None:
        if asked not in NAMES:
            raise Problem(400, "unknown-format", f"Formats are {', '.join(NAMES)}.")
        return asked
    if request.META.get("HTTP_ACCEPT", "*/*") in ("*/*", ""):
        return "json"
    media_type = request.get_preferred_type(list(_OFFERED))
    if media_type is None:
        raise Problem(406, "not-acceptable", f"Media types are {', '.join(_OFFERED)}.")
    return _OFFERED[media_type]


def read_locales(request: HttpRequest) -> tuple[str, ...]:
    """The locale that is asked for, then those that stand in for it. Raises Problem (400)."""
    asked = request.GET.get("locale")
    if asked is not None:
        asked = asked.lower()
        if asked not in locales():
            raise Problem(400, "unknown-locale", f"Locales are {', '.join(locales())}.")
        return fallback_chain(asked)
    for tag, quality in parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", "")):
        if quality and (locale := match_language(tag)):
            return fallback_chain(locale)
    return fallback_chain(default_locale())


def match_language(tag: str) -> str | None:
    """Return the content locale for a BCP 47 tag ("zh-tw", "en-gb", "*"), if there is one.

    By Django's own rules, as the website's pages find theirs.
    """
    if tag == "*":
        return default_locale()
    try:
        return get_supported_language_variant(tag)
    except LookupError:
        return None


def read_edition(request: HttpRequest) -> int | None:
    """The edition that is asked for, None for the current one. Raises Problem (400)."""
    asked = request.GET.get("edition")
    if asked is None:
        return None
    edition = whole_number(asked, most=LARGEST_EDITION)
    if edition is None:
        raise Problem(400, "bad-edition", "An edition is a whole number from 1.")
    return edition
