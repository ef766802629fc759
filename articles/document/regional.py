"""Values by region: `{"everywhere": …, "regions": {"hk": …, "tw": …}}`.

Each part is a value as it is without regions, for all locales or by locale. `everywhere`, which may
be missing, is told where a text names no region. A value without regions has not this form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from articles.document.errors import MissingValue

EVERYWHERE, REGIONS = "everywhere", "regions"
_REGION = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", re.ASCII)


def is_regional(value: object) -> bool:
    return isinstance(value, dict) and REGIONS in value


def regions_of(value: object) -> tuple[str, ...]:
    """Return the regions that a valid value is given for, in an order that no database changes."""
    return tuple(sorted(value[REGIONS])) if isinstance(value, dict) and REGIONS in value else ()


def parts_of(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield (region, value) for each part of a valid value; "" is the part without a region."""
    if not is_regional(value):
        yield "", value
        return
    if EVERYWHERE in value:
        yield "", value[EVERYWHERE]
    yield from sorted(value[REGIONS].items())


def with_parts(parts: dict[str, Any]) -> Any:
    """Return the value that has these parts, in its one form. Raises KeyError where there is
    none."""
    regions = {region: part for region, part in parts.items() if region}
    if not regions:
        return parts[""]
    return ({EVERYWHERE: parts[""]} if "" in parts else {}) | {REGIONS: regions}


def in_region(key: str, value: Any, region: str) -> Any:
    """Return the part that is told for `region`. Raises MissingValue where there is none."""
    parts = dict(parts_of(value))
    if region not in parts:
        raise MissingValue(key, region=region)
    return parts[region]


def check_regional(value: Any, check: Callable[[object], None]) -> None:
    """Raise ValueError, naming the region, where a part is not what `check` lets pass."""
    if not value.keys() <= {EVERYWHERE, REGIONS}:
        raise ValueError("regions: a value has parts for regions, and one for everywhere")
    regions = value[REGIONS]
    if not isinstance(regions, dict) or not regions:
        raise ValueError("regions: a value for at least one region is needed")
    for region in regions:
        if not isinstance(region, str) or not _REGION.fullmatch(region):
            raise ValueError(f"regions: “{region}” is no region")
    for region, part in parts_of(value):
        if is_regional(part):
            raise ValueError("regions: a region has no regions of its own")
        try:
            check(part)
        except ValueError as error:
            raise ValueError(f"{region}: {error}" if region else str(error)) from None
