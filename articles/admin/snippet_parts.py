"""The fields of one value of a snippet, by its kind: typed as people write it, kept as one form."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.document.facts import validate_value
from articles.document.opening_hours import DAYS, HOLIDAYS
from articles.models import SnippetKind
from articles.problem_messages import translated

LINE = forms.TextInput(attrs={"class": "vTextField"})
CURRENCIES, COUNTRIES = "snippet-currencies", "snippet-countries"  # the ids of their lists
DAY_NAMES = {
    "mon": gettext_lazy("Monday"),
    "tue": gettext_lazy("Tuesday"),
    "wed": gettext_lazy("Wednesday"),
    "thu": gettext_lazy("Thursday"),
    "fri": gettext_lazy("Friday"),
    "sat": gettext_lazy("Saturday"),
    "sun": gettext_lazy("Sunday"),
    HOLIDAYS: gettext_lazy("Public holidays"),
}
_CLOSED = {"closed", "休息", "不营业", "不營業", "关门", "關門"}
_BETWEEN_DIGITS = re.compile(r"[\s().\-–/]")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")


class PartForm(forms.Form):
    """One value, for all languages or for one of them."""

    kind: str

    def part(self) -> Any:
        """Return the value to store, or None where nothing was typed."""
        return next(iter(self.cleaned_data.values())) or None

    @classmethod
    def typed(cls, value: Any) -> dict[str, Any]:
        """Return the fields as they would be typed for a stored value."""
        return {next(iter(cls.base_fields)): value}

    def is_whole(self, part: Any) -> bool:
        """Whether the part says all that a value needs."""
        return True

    def clean(self) -> dict[str, Any]:
        """Say at the field what is wrong with the part."""
        if not self.errors and (part := self.part()) is not None and self.is_whole(part):
            try:
                validate_value(self.kind, part)
            except ValueError as error:
                self.add_error(self._field_of(str(error)), translated(str(error)))
        return self.cleaned_data

    def _field_of(self, problem: str) -> str:
        name = problem.partition(":")[0]
        return name if name in self.fields else next(iter(self.fields))


class TextPart(PartForm):
    kind = SnippetKind.TEXT
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class MoneyPart(PartForm):
    kind = SnippetKind.MONEY
    amount = forms.CharField(
        label=gettext_lazy("Amount"),
        max_length=20,
        required=False,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
    )
    currency = forms.CharField(
        label=gettext_lazy("Currency"),
        max_length=3,
        required=False,
        widget=forms.TextInput({"list": CURRENCIES, "autocomplete": "off"}),
        help_text=gettext_lazy("Three letters (ISO 4217), such as GBP."),
    )

    def clean_amount(self) -> str:
        amount = unicodedata.normalize("NFKC", self.cleaned_data["amount"]).replace(" ", "")
        return amount.replace(",", "") if _THOUSANDS.fullmatch(amount) else amount

    def clean_currency(self) -> str:
        return unicodedata.normalize("NFKC", self.cleaned_data["currency"]).upper()

    def part(self) -> dict[str, str] | None:
        data = self.cleaned_data
        if not data["amount"] and not data["currency"]:
            return None
        return {"amount": data["amount"], "currency": data["currency"]}

    @classmethod
    def typed(cls, value: Any) -> dict[str, Any]:
        return dict(value)


class PhonePart(PartForm):
    kind = SnippetKind.PHONE
    number = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
        help_text=gettext_lazy("With the country's code (E.164), such as +448081570101."),
    )
    country = forms.CharField(
        label=gettext_lazy("Country"),
        max_length=2,
        required=False,
        widget=forms.TextInput({"list": COUNTRIES, "autocomplete": "off", "size": 4}),
        help_text=gettext_lazy(
            "Only for a number that is typed without its country's code: two letters, such as GB."
        ),
    )

    def part(self) -> str | None:
        return self.cleaned_data["number"] or None

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not self.errors and data["number"]:
            try:
                data["number"] = _e164(data["number"], data["country"].upper())
            except ValidationError as error:
                self.add_error("country" if data["country"] else "number", error)
        return super().clean()


class DatePart(PartForm):
    kind = SnippetKind.DATE
    date = forms.DateField(
        label=gettext_lazy("Date"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def part(self) -> str | None:
        date = self.cleaned_data["date"]
        return date.isoformat() if date else None


class HoursPart(PartForm):
    """The hours of each day of the week; days in a row that are the same are kept as a range."""

    kind = SnippetKind.HOURS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day, name in DAY_NAMES.items():
            self.fields[day] = forms.CharField(
                label=capfirst(str(name)), max_length=100, required=False
            )
        self.fields["mon"].widget.attrs["placeholder"] = "08:00-12:00, 13:00-18:00"
        self.fields[HOLIDAYS].help_text = _(
            "Hours as 08:00-20:00, with a break as 08:00-12:00, 13:00-18:00; “closed” for a day "
            "off. A day that is left out is not told."
        )

    def part(self) -> dict[str, str] | None:
        times = {day: _times(self.cleaned_data[day]) for day in DAY_NAMES}
        hours: dict[str, str] = {}
        for said, group in groupby(DAYS, key=lambda day: times[day]):
            days = list(group)
            if said:
                hours[days[0] if len(days) == 1 else f"{days[0]}-{days[-1]}"] = said
        if times[HOLIDAYS]:
            hours[HOLIDAYS] = times[HOLIDAYS]
        return hours or None

    @classmethod
    def typed(cls, value: Any) -> dict[str, Any]:
        typed = {}
        for days, times in value.items():
            first, _dash, last = days.partition("-")
            if first in DAYS:
                between = slice(DAYS.index(first), DAYS.index(last or first) + 1)
                typed.update(dict.fromkeys(DAYS[between], times))
            else:
                typed[days] = times
        return typed

    def _field_of(self, problem: str) -> str:
        first = problem.partition(":")[0].partition("-")[0]
        return first if first in self.fields else "mon"


class LinkPart(PartForm):
    kind = SnippetKind.LINK
    url = forms.CharField(
        label=gettext_lazy("Address"), max_length=2_000, required=False, widget=LINE
    )
    text = forms.CharField(label=gettext_lazy("Words"), max_length=200, required=False, widget=LINE)

    def part(self) -> dict[str, str] | None:
        return {name: typed for name, typed in self.cleaned_data.items() if typed} or None

    @classmethod
    def typed(cls, value: Any) -> dict[str, Any]:
        return dict(value)

    def is_whole(self, part: Any) -> bool:
        return len(part) == 2  # the address may stand once, and the words by language


PARTS: dict[str, type[PartForm]] = {
    SnippetKind.TEXT: TextPart,
    SnippetKind.MONEY: MoneyPart,
    SnippetKind.PHONE: PhonePart,
    SnippetKind.DATE: DatePart,
    SnippetKind.HOURS: HoursPart,
    SnippetKind.LINK: LinkPart,
}


def _times(typed: str) -> str:
    """Return hours as they are kept, whatever marks and blanks were typed."""
    words = unicodedata.normalize("NFKC", typed).strip()
    if words.lower() in _CLOSED or words == _("closed"):
        return "closed"
    for mark in "–—〜~至":
        words = words.replace(mark, "-")
    parts = re.split(r"[,、;]", re.sub(r"\s*-\s*", "-", words))
    return ", ".join(part.strip() for part in parts)


def _e164(typed: str, country: str) -> str:
    """Return a number as E.164 has it. Raises ValidationError where its country is not known."""
    number = _BETWEEN_DIGITS.sub("", unicodedata.normalize("NFKC", typed))
    if number.startswith("00"):
        number = f"+{number[2:]}"
    if number.startswith("+"):
        return number
    if not country:
        raise ValidationError(
            _("Begin with the country's code, as in +448081570101, or say the country.")
        )
    if country not in phonenumbers.SUPPORTED_REGIONS:
        raise ValidationError(_("“%(country)s” is no country.") % {"country": country})
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        raise ValidationError(_("This is no phone number.")) from None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
