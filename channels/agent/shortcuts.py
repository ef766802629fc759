"""What an agent has at hand without searching: what they pinned, what they had lately, and what
helps everybody today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.locales import fallback_chain, locales
from channels.agent.listing import RANK, Line, line_of
from channels.agent.selection import Selection
from channels.models import CallEvent, Entry, Pin
from channels.queries import entries_at

MOST_LATELY = 5
MOST_USED = 5
LATELY = timedelta(days=30)

Kind = CallEvent.Kind


@dataclass(frozen=True, slots=True)
class Shortcuts:
    name: str  # of the group, in markup
    title: str
    lines: Sequence[Line]


def shortcuts(agent_id: int, selection: Selection, number: int) -> list[Shortcuts]:
    """Return the groups that are not empty, as edition `number` tells them. Four statements."""
    groups = {
        "pinned": (_("Pinned"), _pinned(agent_id)),
        "lately": (_("Recently used"), _lately(agent_id)),
        "today": (_("Most used today"), _most_used()),
    }
    lines = _lines({one for _title, ids in groups.values() for one in ids}, selection, number)
    found = [
        Shortcuts(name, title, [lines[one] for one in ids if one in lines])
        for name, (title, ids) in groups.items()
    ]
    return [group for group in found if group.lines]


def _pinned(agent_id: int) -> list[str]:
    rows = Pin.objects.filter(agent_id=agent_id).order_by("-pinned_at")
    return list(rows.values_list("article__public_id", flat=True))


def _lately(agent_id: int) -> list[str]:
    rows = (
        CallEvent.objects.filter(
            call__agent_id=agent_id,
            kind__in=(Kind.OPENED, Kind.USED),
            at__gte=timezone.now() - LATELY,
        )
        .values("public_id")
        .annotate(last=Max("at"))
        .order_by("-last", "public_id")
    )
    return [row["public_id"] for row in rows[:MOST_LATELY]]


def _most_used() -> list[str]:
    """Of all agents. A call counts an article once."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = (
        CallEvent.objects.filter(kind=Kind.USED, at__gte=midnight)
        .values("public_id")
        .annotate(times=Count("pk"), last=Max("at"))
        .order_by("-times", "-last", "public_id")
    )
    return [row["public_id"] for row in rows[:MOST_USED]]


def _lines(public_ids: Iterable[str], selection: Selection, number: int) -> dict[str, Line]:
    """Return what is told of each, in the chosen language or the first that stands in."""
    told = entries_at(number, rank=RANK).filter(public_id__in=public_ids)
    order = dict.fromkeys((*fallback_chain(selection.locale), *locales()))
    place = {locale: number for number, locale in enumerate(order)}
    best: dict[str, Entry] = {}
    for entry in told:
        known = best.get(entry.public_id)
        if known is None or place.get(entry.locale, 99) < place.get(known.locale, 99):
            best[entry.public_id] = entry
    return {public_id: line_of(entry, selection) for public_id, entry in best.items()}
