"""The locales that content is written in and the regions that its facts differ in, as the
installation's settings name them."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext


def locale_choices() -> list[tuple[str, str]]:
    """Return (code, own name) of each content locale, the default first."""
    return list(settings.LOCALES.items())


def locales() -> tuple[str, ...]:
    return tuple(settings.LOCALES)


def locale_name(locale: str) -> str:
    """Return what a locale is called in its own language; one that is not ours is its code."""
    return dict(settings.LOCALES).get(locale, locale)


def locale_conversions() -> dict[str, str]:
    """Return the locales whose readers get a converted text where they have none of their own, and
    from which locale each is converted."""
    return dict(settings.LOCALE_CONVERSIONS)


def default_locale() -> str:
    return next(iter(settings.LOCALES))


def fallback_chain(locale: str) -> tuple[str, ...]:
    """Return `locale` and those tried after it, each once."""
    return tuple(dict.fromkeys((locale, *settings.LOCALE_FALLBACKS.get(locale, []))))


def region_choices() -> list[tuple[str, str]]:
    """Return (code, name in the active language) of each region that values may differ in."""
    language = get_language() or default_locale()
    return [
        (code, names.get(language) or names.get(default_locale()) or code)
        for code, names in settings.REGIONS.items()
    ]


def is_region(code: str) -> bool:
    return code in settings.REGIONS


def validate_locale(value: str) -> None:
    """Raise ValidationError unless content can be written in `value`."""
    if value not in settings.LOCALES:
        message = gettext("“%(locale)s” is not one of this installation's locales.")
        raise ValidationError(message % {"locale": value})
