"""A wall clock's time in a named zone is one instant, or it is asked about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.exceptions import InvalidInput
from articles.time_zones import zones
from channels.operations.schedule import NoSuchTime, TimeTwice, instant_of


def test_a_time_is_that_of_its_zone() -> None:
    berlin = instant_of(local="2026-07-01T09:00", zone="Europe/Berlin")
    assert berlin == datetime(2026, 7, 1, 7, 0, tzinfo=UTC)
    assert instant_of(local="2026-07-01T09:00", zone="UTC") - berlin == timedelta(hours=2)


@pytest.mark.parametrize(
    ("local", "zone", "next_time"),
    [
        ("2027-03-28T02:30", "Europe/Berlin", "2027-03-28T03:00"),
        ("2027-03-14T02:00", "America/New_York", "2027-03-14T03:00"),
        ("2026-10-04T02:15", "Australia/Lord_Howe", "2026-10-04T02:30"),
        ("2011-12-30T10:00", "Pacific/Apia", "2011-12-31T00:00"),
    ],
)
def test_a_time_that_the_clock_jumps_over_is_refused_with_the_next_one(
    local: str, zone: str, next_time: str
) -> None:
    with pytest.raises(NoSuchTime) as refusal:
        instant_of(local=local, zone=zone)
    (choice,) = refusal.value.choices
    assert choice.local == next_time
    assert next_time.replace("T", " ") in str(refusal.value)
    assert instant_of(local=choice.local, zone=zone) == choice.at.astimezone(UTC)


@pytest.mark.parametrize("fold", [None, 0, 1])
def test_a_time_that_does_not_exist_is_none_whichever_is_asked_for(fold: int | None) -> None:
    with pytest.raises(NoSuchTime):
        instant_of(local="2027-03-28T02:30", zone="Europe/Berlin", fold=fold)


def test_a_time_that_the_clock_shows_twice_is_asked_about_and_the_answer_taken() -> None:
    twice = {"local": "2026-10-25T02:30", "zone": "Europe/Berlin"}
    with pytest.raises(TimeTwice) as refusal:
        instant_of(**twice)
    first, second = refusal.value.choices
    assert [(c.name, c.offset) for c in (first, second)] == [
        ("CEST", "UTC+02:00"),
        ("CET", "UTC+01:00"),
    ]
    assert instant_of(**twice, fold=first.fold) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert instant_of(**twice, fold=second.fold) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("local", "zone", "field"),
    [
        ("tomorrow", "UTC", "local"),
        ("2026-07-01", "UTC", "local"),
        ("2026-07-01T09:00+02:00", "UTC", "local"),
        ("", "UTC", "local"),
        ("9999-12-31T23:59", "America/New_York", "local"),
        ("0001-01-01T00:00", "Asia/Tokyo", "local"),
        ("2026-07-01T09:00", "Mars/Phobos", "zone"),
        ("2026-07-01T09:00", "../../etc/passwd", "zone"),
        ("2026-07-01T09:00", "", "zone"),
        ("2026-07-01T09:00", "a\x00b", "zone"),
    ],
)
def test_what_is_no_time_or_no_zone_is_refused_in_words(local: str, zone: str, field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        instant_of(local=local, zone=zone)
    assert refusal.value.field == field


@given(
    at=st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC)),
    zone=st.sampled_from(zones()),
)
def test_every_instant_can_be_said(at: datetime, zone: str) -> None:
    """What a clock shows at some instant leads back to it, asked once at most."""
    at = at.replace(microsecond=0)
    there = at.astimezone(ZoneInfo(zone))
    local = there.replace(tzinfo=None, fold=0).isoformat()
    try:
        found = instant_of(local=local, zone=zone)
    except TimeTwice:
        found = instant_of(local=local, zone=zone, fold=there.fold)
    assert found == at
