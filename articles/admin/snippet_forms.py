"""A snippet's value as typed fields: once for all languages, or by language; and the same for each
region that differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import phonenumbers
from babel import Locale
from babel.numbers import get_currency_name, get_territory_currencies
from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from articles.admin.snippet_parts import LINE, PARTS, PartForm
from articles.document.regional import parts_of, with_parts
from articles.locales import locale_choices, locales, region_choices
from articles.models import SnippetKind

_BABEL = {"zh-hans": "zh_Hans", "zh-hant": "zh_Hant"}
_FIRST_CURRENCIES = ("GBP", "EUR", "USD", "CNY", "HKD", "TWD", "JPY", "SGD")


class KeyForm(forms.Form):
    key = forms.CharField(
        label=gettext_lazy("Key"),
        max_length=80,
        widget=LINE,
        help_text=gettext_lazy("Editors write {{ key }} where the value shall stand."),
    )
    based_on = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class PlaceForm:
    """The value for one region, or for everywhere: for all languages, or a part for each."""

    def __init__(
        self, kind: str, *, region: str, data: Mapping[str, Any] | None, value: Any
    ) -> None:
        shape = PARTS[kind]
        self.kind = kind
        before = f"{region}." if region else ""
        common, by_locale = _split(kind, value)
        self.everywhere = shape(
            data,
            prefix=f"{before}all",
            initial=shape.typed(common) if common is not None else {},
        )
        self.by_locale = {
            locale: shape(
                data,
                prefix=f"{before}{locale}",
                initial=shape.typed(by_locale[locale]) if locale in by_locale else {},
            )
            for locale in locales()
        }
        # What is filled in is open when the page comes.
        self.differs = bool(by_locale) or _is_typed(data, self.by_locale.values())
        self.is_given = value is not None or _is_typed(data, [self.everywhere]) or self.differs
        self.problems: list[str] = []

    def named_parts(self) -> Iterator[tuple[str, PartForm]]:
        """The parts by language, each with the language's own name."""
        for locale, name in locale_choices():
            yield name, self.by_locale[locale]

    def is_valid(self) -> bool:
        """Whether nothing, or one value, was typed in one of the two ways."""
        parts = [self.everywhere, *self.by_locale.values()]
        valid = [part.is_valid() for part in parts]  # each, so that each shows its errors
        if not all(valid):
            return False
        if self.everywhere.part() is not None and self._typed() and self.kind != SnippetKind.LINK:
            self.problems.append(
                _("Type one value for all languages, or one for each language, not both.")
            )
        return not self.problems

    def value(self) -> Any:
        """Return the part to store, as `articles.document.facts` describes it; None for none."""
        common, by_locale = self.everywhere.part(), self._typed()
        if not by_locale:
            return common
        if self.kind == SnippetKind.LINK and common is not None:
            return _link(common, by_locale)
        return by_locale

    def _typed(self) -> dict[str, Any]:
        parts = {locale: form.part() for locale, form in self.by_locale.items()}
        return {locale: part for locale, part in parts.items() if part is not None}


class ValueForm:
    """The fields of one kind of value: for `everywhere`, and for each region."""

    def __init__(
        self, kind: str, *, data: Mapping[str, Any] | None = None, value: Any = None
    ) -> None:
        self.kind = kind
        given = dict(parts_of(value)) if value is not None else {}
        self.place = PlaceForm(kind, region="", data=data, value=given.get(""))
        # A region that the hub no longer has is still shown, until its value is taken away.
        regions = dict.fromkeys(region for region in given if region)
        self.regions = {
            region: PlaceForm(kind, region=region, data=data, value=given.get(region))
            for region in {**dict(region_choices()), **regions}
        }
        self.problems: list[str] = []

    @property
    def has_regions(self) -> bool:
        return any(place.is_given for place in self.regions.values())

    def named_regions(self) -> Iterator[tuple[str, str, PlaceForm]]:
        names = dict(region_choices())
        for region, place in self.regions.items():
            yield region, names.get(region, region), place

    def is_valid(self) -> bool:
        places = [self.place, *self.regions.values()]
        valid = [place.is_valid() for place in places]
        if all(valid) and all(place.value() is None for place in places):
            self.problems.append(_("Type a value."))
        return all(valid) and not self.problems

    def value(self) -> Any:
        """Return the value to store."""
        places = {"": self.place, **self.regions}
        typed = {region: place.value() for region, place in places.items()}
        return with_parts({region: value for region, value in typed.items() if value is not None})

    def choices(self) -> list[tuple[str, str]]:
        """Return what the field of a currency or a country offers: codes with their names."""
        language = get_language() or "en"
        match self.kind:
            case SnippetKind.MONEY:
                return _currencies(language)
            case SnippetKind.PHONE:
                return _countries(language)
        return []


def _is_typed(data: Mapping[str, Any] | None, forms: Any) -> bool:
    return data is not None and any(
        data.get(form.add_prefix(name)) for form in forms for name in form.fields
    )


@lru_cache(maxsize=8)
def _currencies(language: str) -> list[tuple[str, str]]:
    """Return (code, name) of the currencies that are in use, the usual ones first."""
    locale = Locale.parse(_BABEL.get(language, "en"))
    countries = phonenumbers.SUPPORTED_REGIONS
    used = {code for country in countries for code in get_territory_currencies(country)}
    rest = sorted(used - set(_FIRST_CURRENCIES))
    return [(code, get_currency_name(code, locale=locale)) for code in (*_FIRST_CURRENCIES, *rest)]


@lru_cache(maxsize=8)
def _countries(language: str) -> list[tuple[str, str]]:
    """Return (code, name with the code that is dialled) of the countries, by code."""
    names = Locale.parse(_BABEL.get(language, "en")).territories
    found = [
        (country, f"{names.get(country, country)} +{phonenumbers.country_code_for_region(country)}")
        for country in phonenumbers.SUPPORTED_REGIONS
    ]
    return sorted(found)


def _link(common: dict[str, str], by_locale: dict[str, dict[str, str]]) -> Any:
    """One address with words by language, where no language has an address of its own."""
    if any("url" in part for part in by_locale.values()) or "text" in common:
        return {locale: common | part for locale, part in by_locale.items()}
    return common | {"text": {locale: part["text"] for locale, part in by_locale.items()}}


def _split(kind: str, value: Any) -> tuple[Any, dict[str, Any]]:
    """Return what a part says for all languages, and what it says by language."""
    if not isinstance(value, dict):
        return value, {}
    if set(value) <= set(locales()):
        return None, value
    if kind == SnippetKind.LINK and isinstance(value.get("text"), dict):
        return {"url": value["url"]}, {
            locale: {"text": text} for locale, text in value["text"].items()
        }
    return value, {}


def summary(kind: str, value: Any) -> str:
    """Return a value in a few words, for lists: that for everywhere, or that of the first region,
    and which regions have their own."""
    parts = dict(parts_of(value))
    regions = [region for region in parts if region]
    words = _in_words(kind, parts.get("", parts[regions[0]] if regions else value))
    if regions:
        words += f" ({', '.join(regions)})"
    return words if len(words) <= 80 else f"{words[:79]}…"


def _in_words(kind: str, part: Any) -> str:
    common, by_locale = _split(kind, part)
    first = by_locale.get(next(iter(by_locale), "")) if common is None else common
    match first:
        case {"amount": amount, "currency": currency}:
            return f"{amount} {currency}"
        case {"url": url}:
            return str(url)
        case dict():
            return ", ".join(f"{days} {times}" for days, times in first.items())
    return str(first)
