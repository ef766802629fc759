"""Typed snippets: what they may hold, how they are written and said."""

from __future__ import annotations

import pytest

from articles.document.blocks import Body, Fact, Link, Paragraph, Strong, Text
from articles.document.errors import MissingValue
from articles.document.facts import present, validate_value

HOURS = {"sun": "closed", "mon-fri": "08:00-20:00", "sat": "09:00-17:00"}


def fact(kind: str, value: object, locale: str) -> Fact:
    validate_value(kind, value)
    found = present("key", kind, value, locale)
    assert isinstance(found, Fact)
    assert (found.key, found.kind) == ("key", kind)
    return found


@pytest.mark.parametrize(
    ("amount", "currency", "locale", "written", "said"),
    [
        ("12", "GBP", "en", "£12", "12 British pounds"),
        ("12.00", "GBP", "en", "£12", "12 British pounds"),
        ("12.5", "GBP", "en", "£12.50", "12.50 British pounds"),
        ("1", "GBP", "en", "£1", "1 British pound"),
        ("1234.50", "GBP", "en", "£1,234.50", "1,234.50 British pounds"),
        ("0", "EUR", "en", "€0", "0 euros"),
        ("12.50", "GBP", "zh-hans", "£12.50", "12.50英镑"),
        ("88", "CNY", "zh-hans", "¥88", "88人民币"),
        ("300", "TWD", "zh-hant", "$300", "300 新台幣"),
    ],
)
def test_money_is_written_short_and_said_whole(
    amount: str, currency: str, locale: str, written: str, said: str
) -> None:
    found = fact("money", {"amount": amount, "currency": currency}, locale)
    assert (found.text, found.spoken) == (written, said)


def test_a_phone_number_is_written_in_groups_and_said_digit_by_digit() -> None:
    found = fact("phone", "+448081570101", "en")
    assert found.text == "+44 808 157 0101"
    assert found.spoken == "plus 4 4 8 0 8 1 5 7 0 1 0 1"
    assert fact("phone", "+448081570101", "zh-hans").spoken.startswith("加 4 4")


def test_a_date_is_written_long() -> None:
    assert fact("date", "2025-07-02", "en").text == "2 July 2025"
    assert fact("date", "2025-07-02", "zh-hans").text == "2025年7月2日"


@pytest.mark.parametrize(
    ("locale", "written", "said"),
    [
        (
            "en",
            "Mon–Fri 08:00–20:00, Sat 09:00–17:00, Sun closed",
            "Monday to Friday 08:00 to 20:00, Saturday 09:00 to 17:00, Sunday closed",
        ),
        (
            "zh-hans",
            "周一至周五 08:00–20:00，周六 09:00–17:00，周日休息",
            "星期一至星期五 08:00至20:00，星期六 09:00至17:00，星期日休息",
        ),
        (
            "zh-hant",
            "週一至週五 08:00–20:00，週六 09:00–17:00，週日休息",
            "星期一至星期五 08:00至20:00，星期六 09:00至17:00，星期日休息",
        ),
    ],
)
def test_hours_are_told_from_monday_on(locale: str, written: str, said: str) -> None:
    found = fact("hours", HOURS, locale)
    assert (found.text, found.spoken) == (written, said)


def test_holidays_come_last() -> None:
    found = fact("hours", {"holidays": "closed", "mon": "00:00-24:00"}, "en")
    assert found.text == "Mon 00:00–24:00, public holidays closed"


def test_a_link_has_a_text_for_each_locale() -> None:
    value = {"url": "https://shop.example/", "text": {"en": "Shop", "zh-hans": "商店"}}
    validate_value("link", value)
    assert present("k", "link", value, "zh-hans") == Link("https://shop.example/", (Text("商店"),))
    with pytest.raises(MissingValue):
        present("k", "link", value, "zh-hant")


def test_a_text_is_markdown() -> None:
    validate_value("text", {"en": "**hi**", "zh-hans": "你好"})
    assert present("k", "text", {"en": "**hi**"}, "en") == Body(
        (Paragraph((Strong((Text("hi"),)),)),)
    )


def test_a_value_may_differ_by_locale_and_is_never_guessed() -> None:
    value = {
        "en": {"amount": "5", "currency": "GBP"},
        "zh-hans": {"amount": "45", "currency": "CNY"},
    }
    assert fact("money", value, "zh-hans").text == "¥45"
    with pytest.raises(MissingValue) as caught:
        present("key", "money", value, "zh-hant")
    assert (caught.value.key, caught.value.locale) == ("key", "zh-hant")


@pytest.mark.parametrize(
    ("kind", "value", "field"),
    [
        ("colour", "red", "kind"),
        ("money", {"amount": 12.5, "currency": "GBP"}, "amount"),
        ("money", {"amount": "NaN", "currency": "GBP"}, "amount"),
        ("money", {"amount": "-1", "currency": "GBP"}, "amount"),
        ("money", {"amount": "1e5", "currency": "GBP"}, "amount"),
        ("money", {"amount": "٣", "currency": "GBP"}, "amount"),
        ("money", {"amount": "12.505", "currency": "GBP"}, "amount"),
        ("money", {"amount": "12.5", "currency": "JPY"}, "amount"),
        ("money", {"amount": "1", "currency": "gbp"}, "currency"),
        ("money", {"amount": "1", "currency": None}, "currency"),
        ("money", {"amount": "1"}, "money"),
        ("money", "£5", "money"),
        ("money", {"en": {"amount": "1", "currency": "XXZ"}}, "en: currency"),
        ("money", {}, "money"),
        ("phone", "0808 157 0101", "phone"),
        ("phone", "+44 808 157 0101", "phone"),
        ("phone", "+999123456789", "phone"),
        ("phone", "+4480815701010101", "phone"),
        ("phone", 448081570101, "phone"),
        ("date", "2025-02-30", "date"),
        ("date", "02/07/2025", "date"),
        ("date", "20250702", "date"),
        ("hours", {"mon-wed": "closed", "tue": "closed"}, "tue"),
        ("hours", {"mon": "20:00-08:00"}, "mon"),
        ("hours", {"mon": "8-20"}, "mon"),
        ("hours", {"mon": "08:00-25:00"}, "mon"),
        ("hours", {"mon": None}, "mon"),
        ("hours", {"fri-mon": "closed"}, "fri-mon"),
        ("hours", {"mon": "closed", "someday": "closed"}, "someday"),
        ("hours", "mon-fri", "hours"),
        ("link", {"url": "javascript:alert(1)", "text": "x"}, "url"),
        ("link", {"url": "https://", "text": "x"}, "url"),
        ("link", {"url": "https://x.y", "text": " "}, "text"),
        ("link", {"url": "https://x.y", "text": {}}, "text"),
        ("link", {"url": "https://x.y"}, "link"),
        ("text", "", "text"),
        ("text", "<!-- nothing -->", "text"),
        ("text", "a\n\n[b](javascript:c)", "text: line 3"),
        ("text", "a[^1]\n\n[^1]: b", "text"),
        ("text", ["a"], "text"),
        ("text", {"EN": "a"}, "EN"),
        ("text", {"en": 1}, "en: text"),
    ],
)
def test_a_value_that_cannot_be_names_its_field(kind: str, value: object, field: str) -> None:
    with pytest.raises(ValueError, match=f"^{field}: "):
        validate_value(kind, value)


@pytest.mark.parametrize(
    ("locale", "written", "said"),
    [
        (
            "en",
            "Mon–Fri 08:00–12:00 and 13:00–18:00, Sat closed",
            "Monday to Friday 08:00 to 12:00 and 13:00 to 18:00, Saturday closed",
        ),
        (
            "zh-hans",
            "周一至周五 08:00–12:00、13:00–18:00，周六休息",
            "星期一至星期五 08:00至12:00、13:00至18:00，星期六休息",
        ),
    ],
)
def test_a_break_stands_between_two_times(locale: str, written: str, said: str) -> None:
    found = fact("hours", {"mon-fri": "08:00-12:00, 13:00-18:00", "sat": "closed"}, locale)
    assert (found.text, found.spoken) == (written, said)


@pytest.mark.parametrize(
    "times", ["08:00-12:00, 11:00-18:00", "08:00-12:00,", ",".join(["08:00-09:00"] * 7), "08:00"]
)
def test_times_that_overlap_or_are_none_are_refused(times: str) -> None:
    with pytest.raises(ValueError, match="mon: "):
        validate_value("hours", {"mon": times})
