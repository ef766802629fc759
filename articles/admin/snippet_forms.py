"""A snippet's value as typed fields: once for all languages, or by language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.locales import locale_choices, locales
from articles.models import SnippetKind

LINE = forms.TextInput(attrs={"class": "vTextField"})


class KeyForm(forms.Form):
    key = forms.CharField(
        label=gettext_lazy("Key"),
        max_length=80,
        widget=LINE,
        help_text=gettext_lazy("Editors write {{ key }} where the value shall stand."),
    )
    based_on = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class PartForm(forms.Form):
    """One value, for all languages or for one of them."""

    def part(self) -> Any:
        """Return the value to store, or None where nothing was typed."""
        return next(iter(self.cleaned_data.values())) or None

    @classmethod
    def typed(cls, value: Any) -> dict[str, Any]:
        """Return the fields as they would be typed for a stored value."""
        return {next(iter(cls.base_fields)): value}


class TextPart(PartForm):
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class MoneyPart(PartForm):
    amount = forms.CharField(label=gettext_lazy("Amount"), max_length=20, required=False)
    currency = forms.CharField(
        label=gettext_lazy("Currency"),
        max_length=3,
        required=False,
        help_text=gettext_lazy("Three letters (ISO 4217), such as GBP."),
    )

    def part(self) -> dict[str, str] | None:
        data = self.cleaned_data
        if not data["amount"] and not data["currency"]:
            return None
        return {"amount": data["amount"], "currency": data["currency"].upper()}

    @classmethod
    def typed(cls, value: Any) -> dict[str, Any]:
        return dict(value)


class PhonePart(PartForm):
    number = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("With the country's code (E.164), such as +448081570101."),
    )


class DatePart(PartForm):
    date = forms.DateField(
        label=gettext_lazy("Date"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def part(self) -> str | None:
        date = self.cleaned_data["date"]
        return date.isoformat() if date else None


class HoursPart(PartForm):
    hours = forms.CharField(
        label=gettext_lazy("Hours"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea({"rows": 5, "placeholder": "mon-fri 08:00-20:00\nsun closed"}),
        help_text=gettext_lazy(
            "A line for each day or range: mon-fri 08:00-20:00. Days are mon tue wed thu fri sat "
            "sun and holidays; “closed” for a day off."
        ),
    )

    def part(self) -> dict[str, str] | None:
        hours: dict[str, str] = {}
        for line in self.cleaned_data["hours"].splitlines():
            days, _blank, times = line.strip().partition(" ")
            if days:
                hours[days.lower()] = times.strip()
        return hours or None

    def clean_hours(self) -> str:
        hours: str = self.cleaned_data["hours"]
        days = [line.split()[0].lower() for line in hours.splitlines() if line.strip()]
        if len(days) != len(set(days)):
            raise ValidationError(_("A day stands there twice."))
        return hours

    @classmethod
    def typed(cls, value: Any) -> dict[str, Any]:
        return {"hours": "\n".join(f"{days} {times}" for days, times in value.items())}


class LinkPart(PartForm):
    url = forms.CharField(
        label=gettext_lazy("Address"), max_length=2_000, required=False, widget=LINE
    )
    text = forms.CharField(label=gettext_lazy("Words"), max_length=200, required=False, widget=LINE)

    def part(self) -> dict[str, str] | None:
        return {name: typed for name, typed in self.cleaned_data.items() if typed} or None

    @classmethod
    def typed(cls, value: Any) -> dict[str, Any]:
        return dict(value)


PARTS: dict[str, type[PartForm]] = {
    SnippetKind.TEXT: TextPart,
    SnippetKind.MONEY: MoneyPart,
    SnippetKind.PHONE: PhonePart,
    SnippetKind.DATE: DatePart,
    SnippetKind.HOURS: HoursPart,
    SnippetKind.LINK: LinkPart,
}


class ValueForm:
    """The fields of one kind of value: `everywhere`, and one part for each locale."""

    def __init__(
        self, kind: str, *, data: Mapping[str, Any] | None = None, value: Any = None
    ) -> None:
        shape = PARTS[kind]
        self.kind = kind
        common, by_locale = _split(kind, value)
        self.everywhere = shape(
            data, prefix="all", initial=shape.typed(common) if common is not None else {}
        )
        self.by_locale = {
            locale: shape(
                data,
                prefix=locale,
                initial=shape.typed(by_locale[locale]) if locale in by_locale else {},
            )
            for locale in locales()
        }
        # What is filled in is open when the page comes.
        self.differs = bool(by_locale) or (data is not None and any(self._typed_by_locale()))
        self.problems: list[str] = []

    def named_parts(self) -> Iterator[tuple[str, PartForm]]:
        """The parts by language, each with the language's own name."""
        for locale, name in locale_choices():
            yield name, self.by_locale[locale]

    def is_valid(self) -> bool:
        """Whether one value was typed, in one of the two ways."""
        parts = [self.everywhere, *self.by_locale.values()]
        valid = [part.is_valid() for part in parts]  # each, so that each shows its errors
        if not all(valid):
            return False
        common, by_locale = self.everywhere.part(), self._typed()
        if common is None and not by_locale:
            self.problems.append(_("Type a value."))
        elif common is not None and by_locale and self.kind != SnippetKind.LINK:
            self.problems.append(
                _("Type one value for all languages, or one for each language, not both.")
            )
        return not self.problems

    def value(self) -> Any:
        """Return the value to store, as `articles.document.facts` describes it."""
        common, by_locale = self.everywhere.part(), self._typed()
        if not by_locale:
            return common
        if self.kind == SnippetKind.LINK and common is not None:
            return _link(common, by_locale)
        return by_locale

    def _typed(self) -> dict[str, Any]:
        parts = {locale: form.part() for locale, form in self.by_locale.items()}
        return {locale: part for locale, part in parts.items() if part is not None}

    def _typed_by_locale(self) -> Iterator[bool]:
        for form in self.by_locale.values():
            for name in form.fields:
                yield bool(form.data.get(form.add_prefix(name)))


def _link(common: dict[str, str], by_locale: dict[str, dict[str, str]]) -> Any:
    """One address with words by language, where no language has an address of its own."""
    if any("url" in part for part in by_locale.values()) or "text" in common:
        return {locale: common | part for locale, part in by_locale.items()}
    return common | {"text": {locale: part["text"] for locale, part in by_locale.items()}}


def _split(kind: str, value: Any) -> tuple[Any, dict[str, Any]]:
    """Return what a stored value says for all languages, and what it says by language."""
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
    """Return a value in a few words, for lists."""
    common, by_locale = _split(kind, value)
    first = by_locale.get(next(iter(by_locale), "")) if common is None else common
    match first:
        case {"amount": amount, "currency": currency}:
            words = f"{amount} {currency}"
        case {"url": url}:
            words = str(url)
        case dict():
            words = ", ".join(f"{days} {times}" for days, times in first.items())
        case _:
            words = str(first)
    return words if len(words) <= 80 else f"{words[:79]}…"
