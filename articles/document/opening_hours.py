"""Opening hours: `{"mon-fri": "08:00-20:00", "sun": "closed"}`, written and said by locale.

A day with a break has several times: `"08:00-12:00, 13:00-18:00"`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

from babel import Locale
from babel.dates import get_day_names

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOLIDAYS = "holidays"
_MOST_TIMES = 6  # of one day
_TIMES = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d|24:00)")


@dataclass(frozen=True, slots=True)
class _Words:
    closed: str  # after the name of a day
    holidays: str
    to: str  # between two days or times that are written short
    said_to: str
    after: str  # the times of one day or range
    again: str  # between the times before and after a break


_ENGLISH = _Words(" closed", "public holidays", "–", " to ", ", ", " and ")
_WORDS = {
    "zh-hans": _Words("休息", "节假日", "至", "至", "，", "、"),
    "zh-hant": _Words("休息", "國定假日", "至", "至", "，", "、"),
}


@dataclass(frozen=True, slots=True)
class _Span:
    first: int  # 0 is Monday, 7 the holidays
    last: int
    times: tuple[tuple[str, str], ...]  # none: closed


def is_day(name: str) -> bool:
    """Whether `name` can be a key of opening hours."""
    return name == HOLIDAYS or name.partition("-")[0] in DAYS


def check_hours(value: dict[str, object]) -> None:
    """Raise ValueError, naming the day, for hours that say nothing or contradict themselves."""
    _spans(value)


def write_hours(value: dict[str, object], locale: str, babel_locale: Locale) -> str:
    """Return the hours as they are written, Monday first: `Mon–Fri 08:00–20:00, Sun closed`."""
    words = _WORDS.get(locale, _ENGLISH)
    names = _day_names(babel_locale, "abbreviated")
    return words.after.join(
        _written(span, names, words, days_to=words.to, times_to="–") for span in _spans(value)
    )


def say_hours(value: dict[str, object], locale: str, babel_locale: Locale) -> str:
    """Return the hours as a voice says them, with whole names."""
    words = _WORDS.get(locale, _ENGLISH)
    names = _day_names(babel_locale, "wide")
    to = words.said_to
    return words.after.join(
        _written(span, names, words, days_to=to, times_to=to) for span in _spans(value)
    )


def _written(
    span: _Span, names: tuple[str, ...], words: _Words, *, days_to: str, times_to: str
) -> str:
    if span.first == len(DAYS):
        days = words.holidays
    elif span.first == span.last:
        days = names[span.first]
    else:
        days = names[span.first] + days_to + names[span.last]
    if not span.times:
        return days + words.closed
    return f"{days} {words.again.join(times_to.join(times) for times in span.times)}"


def _spans(value: dict[str, object]) -> list[_Span]:
    """Return the spans by day. Raises ValueError where they are wrong."""
    if not value:
        raise ValueError("hours: at least one day must be given")
    spans = sorted((_span(name, times) for name, times in value.items()), key=lambda s: s.first)
    for earlier, later in pairwise(spans):
        if later.first <= earlier.last:
            raise ValueError(f"{DAYS[later.first]}: this day is given twice")
    return spans


def _span(name: str, times: object) -> _Span:
    if name == HOLIDAYS:
        return _Span(len(DAYS), len(DAYS), _times(name, times))
    first, dash, last = name.partition("-")
    last = last if dash else first
    if first not in DAYS or last not in DAYS:
        raise ValueError(f"{name}: this is no day, no range like mon-fri and not “{HOLIDAYS}”")
    if DAYS.index(last) < DAYS.index(first):
        raise ValueError(f"{name}: a range goes forward from Monday to Sunday")
    return _Span(DAYS.index(first), DAYS.index(last), _times(name, times))


def _times(name: str, times: object) -> tuple[tuple[str, str], ...]:
    if times == "closed":
        return ()
    found: list[tuple[str, str]] = []
    for part in times.split(",", _MOST_TIMES) if isinstance(times, str) else [""]:
        if not _TIMES.fullmatch(part.strip(" ")) or len(found) == _MOST_TIMES:
            raise ValueError(
                f"{name}: hours are written 08:00-20:00, with a break 08:00-12:00, 13:00-18:00, "
                "or “closed”"
            )
        start, _, end = part.strip(" ").partition("-")
        if end <= start:
            raise ValueError(f"{name}: {end} does not come after {start}")
        if found and start <= found[-1][1]:
            raise ValueError(f"{name}: {start} does not come after {found[-1][1]}")
        found.append((start, end))
    return tuple(found)


@cache
def _day_names(babel_locale: Locale, width: Literal["abbreviated", "wide"]) -> tuple[str, ...]:
    names = get_day_names(width, locale=babel_locale)
    return tuple(names[day] for day in range(len(DAYS)))
