"""Typed snippets: what values there may be, and how each is written and said in a locale.

A value holds for every locale, or is an object with one value for each: `{"en": …, "zh-hans": …}`.
Where regions differ there is such a value for each of them: see `regional.py`.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from functools import cache
from typing import Any

import phonenumbers
from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency, get_currency_precision, is_currency

from articles.document.blocks import FACT_KINDS, Body, Fact, Link, SnippetRef, Text
from articles.document.errors import MissingValue
from articles.document.links import link_to
from articles.document.opening_hours import check_hours, is_day, say_hours, write_hours
from articles.document.parse import parse
from articles.document.regional import check_regional, in_region, is_regional
from articles.document.text import clean_line

_LOCALE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")
_AMOUNT = re.compile(r"(?:0|[1-9][0-9]{0,11})(?:\.([0-9]+))?", re.ASCII)
_E164 = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_LONGEST_TEXT, _LONGEST_LINE = 20_000, 300
_BABEL = {"en": "en_GB", "zh-hans": "zh_Hans_CN", "zh-hant": "zh_Hant_TW"}
_PLUS = {"zh-hans": "加", "zh-hant": "加"}


def validate_value(kind: str, value: object) -> None:
    """Raise ValueError, naming the field, for a value that a snippet of `kind` can't have."""
    if kind not in FACT_KINDS:
        raise ValueError(f"kind: there is no “{kind}”")
    if is_regional(value):
        check_regional(value, lambda part: _validate_part(kind, part))
    else:
        _validate_part(kind, value)


def _validate_part(kind: str, value: object) -> None:
    if not isinstance(value, dict) or _is_plain(kind, value):
        _check(kind, value)
        return
    if not value:
        raise ValueError(f"{kind}: a value is missing")
    for locale, local in value.items():
        if not isinstance(locale, str) or not _LOCALE.fullmatch(locale):
            raise ValueError(f"{locale}: this is no locale")
        try:
            _check(kind, local)
        except ValueError as error:
            raise ValueError(f"{locale}: {error}") from None


def present(key: str, kind: str, value: Any, locale: str, region: str = "") -> Fact | Link | Body:
    """Return what a valid value says in `locale`, and for `region` if one is named. Raises
    MissingValue where it says nothing: another region's value is never told instead."""
    local = in_region(key, value, region)
    if isinstance(local, dict) and not _is_plain(kind, local):
        local = _in_locale(key, local, locale, region)
    match kind:
        case "text":
            return parse(local, locale=locale).body
        case "link":
            return _link(key, local, locale, region)
        case "money":
            written, said = _money(local, locale)
        case "phone":
            written, said = _phone(local, locale)
        case "date":
            day = datetime.date.fromisoformat(local)
            written = said = format_date(day, format="long", locale=_babel(locale))
        case "hours":
            written = write_hours(local, locale, _babel(locale))
            said = say_hours(local, locale, _babel(locale))
        case _:
            raise ValueError(f"kind: there is no “{kind}”")
    return Fact(SnippetRef(key, region).name, kind, clean_line(written), clean_line(said))


def _is_plain(kind: str, value: dict[str, Any]) -> bool:
    """Whether an object is one value rather than one for each locale."""
    match kind:
        case "money":
            return "amount" in value or "currency" in value
        case "hours":
            return any(is_day(str(name)) for name in value)
        case "link":
            return "url" in value or "text" in value
    return False


def _in_locale(key: str, value: dict[str, Any], locale: str, region: str) -> Any:
    if locale not in value:
        raise MissingValue(key, locale, region=region)
    return value[locale]


def _check(kind: str, value: Any) -> None:
    match kind:
        case "text":
            _check_text(value)
        case "money":
            _check_money(value)
        case "phone":
            _check_phone(value)
        case "date":
            _check_date(value)
        case "hours":
            if not isinstance(value, dict):
                raise ValueError("hours: an object of days and hours is needed")
            check_hours({str(name): times for name, times in value.items()})
        case "link":
            _check_link(value)


def _check_text(value: object) -> None:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("text: a text is needed")
    if len(value) > _LONGEST_TEXT:
        raise ValueError(f"text: {_LONGEST_TEXT:,} characters are the most")
    parsed = parse(value, locale="en")
    for problem in parsed.problems:
        where = f"line {problem.line}: " if problem.line else ""
        raise ValueError(f"text: {where}{problem.message}")
    if parsed.body.footnotes:
        raise ValueError("text: a snippet can't have footnotes")
    if not parsed.body.blocks:
        raise ValueError("text: there is nothing in it")


def _check_money(value: object) -> None:
    if not isinstance(value, dict) or value.keys() != {"amount", "currency"}:
        raise ValueError("money: amount and currency are needed, and nothing else")
    amount, currency = value["amount"], value["currency"]
    if not isinstance(currency, str) or not is_currency(currency, Locale("en")):
        raise ValueError("currency: a code like GBP is needed")
    found = _AMOUNT.fullmatch(amount) if isinstance(amount, str) else None
    if found is None:
        raise ValueError('amount: a number in quotes is needed, like "12.50", and not below 0')
    decimals = get_currency_precision(currency)
    if len(found[1] or "") > decimals:
        raise ValueError(f"amount: {currency} has {decimals} decimals")


def _check_phone(value: object) -> None:
    if not isinstance(value, str) or not _E164.fullmatch(value):
        raise ValueError("phone: a number like +448081570101 is needed, without blanks")
    try:
        number = phonenumbers.parse(value)
    except phonenumbers.NumberParseException:
        raise ValueError("phone: there is no such country code") from None
    if not phonenumbers.is_possible_number(number):
        raise ValueError("phone: the number is too long or too short")


def _check_date(value: object) -> None:
    if not isinstance(value, str) or not _ISO_DATE.fullmatch(value):
        raise ValueError("date: a date like 2025-07-02 is needed")
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"date: there is no {value}") from None


def _check_link(value: object) -> None:
    if not isinstance(value, dict) or value.keys() != {"url", "text"}:
        raise ValueError("link: url and text are needed, and nothing else")
    url, text = value["url"], value["text"]
    if not isinstance(url, str) or not re.match(r"https?://", url) or not link_to(url, ()):
        raise ValueError("url: an address that begins with https:// is needed")
    texts = text if isinstance(text, dict) else {"": text}
    for locale, local in texts.items():
        if locale and not (isinstance(locale, str) and _LOCALE.fullmatch(locale)):
            raise ValueError(f"text: {locale} is no locale")
        if not isinstance(local, str) or not clean_line(local) or len(local) > _LONGEST_LINE:
            raise ValueError(f"text: up to {_LONGEST_LINE} characters are needed")
    if not texts:
        raise ValueError("text: a text is needed")


def _link(key: str, value: dict[str, Any], locale: str, region: str) -> Link:
    text = value["text"]
    if isinstance(text, dict):
        text = _in_locale(key, text, locale, region)
    link = link_to(value["url"], (Text(clean_line(text)),))
    if not isinstance(link, Link):
        raise ValueError("url: an address that begins with https:// is needed")
    return link


def _money(value: dict[str, str], locale: str) -> tuple[str, str]:
    """Return `£12` and `12 British pounds`, `£12.50` and `12.50 British pounds`."""
    amount, currency, babel_locale = Decimal(value["amount"]), value["currency"], _babel(locale)
    whole = amount == amount.to_integral_value()
    pattern = babel_locale.currency_formats["standard"].pattern
    if whole:
        amount, pattern = amount.to_integral_value(), pattern.replace(".00", "")
    written = format_currency(
        amount, currency, format=pattern, locale=babel_locale, currency_digits=not whole
    )
    said = format_currency(
        amount, currency, locale=babel_locale, format_type="name", currency_digits=not whole
    )
    return written, said


def _phone(value: str, locale: str) -> tuple[str, str]:
    """Return the number in groups, and its digits one by one."""
    number = phonenumbers.parse(value)
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return written, " ".join((_PLUS.get(locale, "plus"), *value.removeprefix("+")))


@cache
def _babel(locale: str) -> Locale:
    try:
        return Locale.parse(_BABEL.get(locale, locale.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_BABEL["en"])
