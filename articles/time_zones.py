"""The time zones that people choose among."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from django.conf import settings


@cache
def zones() -> tuple[str, ...]:
    """Return the names of all time zones, "UTC" and then by alphabet."""
    # Files of the zone database that are no place's time.
    others = available_timezones() - {"Factory", "localtime", "UTC"}
    return ("UTC", *sorted(others))


def zones_to_choose() -> tuple[str, ...]:
    """Return UTC, this installation's zone, and the zones that are named after places."""
    places = [zone for zone in zones() if "/" in zone and not zone.startswith("Etc/")]
    return tuple(dict.fromkeys(["UTC", settings.TIME_ZONE, *places]))
