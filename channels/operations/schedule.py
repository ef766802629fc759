"""A wall clock's time in a named zone as one instant; what a clock never shows, or shows twice,
is asked about instead of guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext

from articles.exceptions import InvalidInput
from articles.time_zones import zones


@dataclass(frozen=True, slots=True)
class Choice:
    """One instant that may have been meant."""

    local: str  # "2026-10-25T02:30", as it can be said again
    fold: int  # 0: the earlier of two that a clock shows the same
    at: datetime  # in its zone

    @property
    def offset(self) -> str:
        """Return how far the zone is from UTC then: "UTC+02:00"."""
        text = self.at.strftime("%z")
        return f"UTC{text[:3]}:{text[3:5]}"

    @property
    def shown(self) -> str:
        return self.local.replace("T", " ")

    @property
    def name(self) -> str:
        """Return what the zone calls its time then: "CEST"."""
        return self.at.tzname() or ""


class AskWhichTime(InvalidInput):
    """The clock of the zone shows this time not once; `choices` are what may be meant."""

    def __init__(self, message: str, choices: Sequence[Choice]) -> None:
        super().__init__(message, field="local")
        self.choices = tuple(choices)


class NoSuchTime(AskWhichTime):
    """The clock goes forward past this time; the one choice is the next time that it shows."""


class TimeTwice(AskWhichTime):
    """The clock goes back over this time: both are choices, the earlier first."""


def instant_of(*, local: str, zone: str, fold: int | None = None) -> datetime:
    """Return the instant (UTC) when a clock in `zone` shows `local` ("2026-03-29T09:00").

    `fold` says which, where it shows it twice (0: the earlier). Raises InvalidInput, and NoSuchTime
    or TimeTwice where the clock does not show it once.
    """
    wall = _wall_clock(local)
    try:
        info = zone_named(zone)
        first, second = (wall.replace(tzinfo=info, fold=fold) for fold in (0, 1))
        if first.utcoffset() == second.utcoffset():
            return first.astimezone(UTC)
        if not _exists(first):
            choice = _first_after_gap(second.astimezone(UTC), first.astimezone(UTC), info)
            message = gettext(
                "%(time)s does not exist in %(zone)s: the clocks go forward past it. The next "
                "time there is %(next)s."
            )
            raise NoSuchTime(
                message
                % {
                    "time": _said(wall),
                    "zone": zone,
                    "next": _said(choice.at.replace(tzinfo=None)),
                },
                [choice],
            )
        if fold is None:
            message = gettext(
                "%(time)s exists twice in %(zone)s: the clocks go back over it. Say which is meant."
            )
            raise TimeTwice(
                message % {"time": _said(wall), "zone": zone},
                [Choice(_told(wall), n, at) for n, at in enumerate((first, second))],
            )
        return (second if fold else first).astimezone(UTC)
    except OverflowError:
        raise InvalidInput(gettext("No clock shows this time."), field="local") from None


def zone_named(zone: str) -> ZoneInfo:
    """Raises InvalidInput where there is no zone of this name."""
    try:
        if zone in zones():
            return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        pass
    message = gettext("There is no time zone “%(zone)s”.")
    raise InvalidInput(message % {"zone": zone[:40]}, field="zone")


def _wall_clock(local: str) -> datetime:
    try:
        wall = datetime.fromisoformat(local)
    except ValueError:
        wall = None
    if wall is None or wall.tzinfo is not None or "T" not in local:
        message = gettext("Say the time as year-month-dayThour:minute, 2026-03-29T09:00.")
        raise InvalidInput(message, field="local")
    return wall.replace(microsecond=0)


def _exists(moment: datetime) -> bool:
    there_and_back = moment.astimezone(UTC).astimezone(moment.tzinfo)
    return there_and_back.replace(tzinfo=None) == moment.replace(tzinfo=None)


def _first_after_gap(before: datetime, after: datetime, zone: ZoneInfo) -> Choice:
    """Return the first second after the jump that lies between the two instants (UTC)."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    at = after.astimezone(zone)
    return Choice(_told(at.replace(tzinfo=None)), 0, at)


def _told(wall: datetime) -> str:
    return wall.isoformat(timespec="seconds" if wall.second else "minutes")


def _said(wall: datetime) -> str:
    return _told(wall).replace("T", " ")
