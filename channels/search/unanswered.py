"""What the search log says about what is missing, and about what is asked often and found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from channels.models import FrequentQuery, SearchOutcome, SearchRecord
from channels.search.masking import MASK
from channels.search.recording import folded

GOOD = (SearchOutcome.What.OPENED, SearchOutcome.What.HELPED)
# A question is frequent that was asked so often, on so many days of the last so many.
FREQUENT_TIMES, FREQUENT_DAYS, FREQUENT_PERIOD = 5, 3, timedelta(days=90)
SHORTEST_FREQUENT = 2  # characters


@dataclass(frozen=True, slots=True)
class Unanswered:
    query: str  # as it was typed once
    folded: str
    locale: str
    times: int
    days: int
    last: datetime


def outcomes_of(*what: str) -> QuerySet[SearchOutcome]:
    """Return the outcomes of these kinds of the search that is looked at, for an Exists."""
    return SearchOutcome.objects.filter(search_id=OuterRef("search_id"), what__in=what)


def unanswered(
    *, since: datetime | None = None, locale: str = "", most: int = 200
) -> list[Unanswered]:
    """Return what was asked most of what found nothing, or nothing that fits, and led nowhere.
    One statement."""
    asked = SearchRecord.objects.filter(Q(total=0) | Q(fits=False)).exclude(folded="")
    if since:
        asked = asked.filter(asked_at__gte=since)
    if locale:
        asked = asked.filter(locale=locale)
    grouped = (
        asked.filter(~Exists(outcomes_of(*GOOD)))
        .order_by()
        .values("folded", "locale")
        .annotate(
            times=Count("pk"),
            days=Count(TruncDate("asked_at"), distinct=True),
            last=Max("asked_at"),
            query=Min("query"),
        )
        .order_by("-times", "-last", "folded", "locale")
    )
    return [Unanswered(**row) for row in grouped[:most]]


def frequent_queries(locale: str, rank: int, prefix: str, *, most: int = 10) -> list[str]:
    """Return questions that readers of this rank or below ask often, with a good answer, and that
    begin with `prefix`, the most frequent first. One statement.

    Masked ones are not among them, nor what only readers of a higher rank ask so often.
    """
    begun = folded(prefix)
    if not begun:
        return []
    found = FrequentQuery.objects.filter(
        locale=locale, rank__lte=rank, folded__startswith=begun
    ).order_by("-times", "folded")
    return list(found.values_list("query", flat=True)[:most])


def count_frequent(now: datetime) -> list[FrequentQuery]:
    """Return the frequent questions as the log has them, unsaved. One statement."""
    rows = (
        SearchRecord.objects.filter(asked_at__gte=now - FREQUENT_PERIOD, total__gt=0, fits=True)
        .exclude(query__contains=MASK)
        .order_by()
        .values("locale", "folded", "audience_rank", day=TruncDate("asked_at"))
        .annotate(
            times=Count("pk"),
            good=Count("pk", filter=Exists(outcomes_of(*GOOD))),
            said=Min("query"),
        )
        .order_by("locale", "folded", "audience_rank")
    )
    every = groupby(rows.iterator(), key=lambda row: (row["locale"], row["folded"]))
    counted = (_frequent(locale, asked, list(days)) for (locale, asked), days in every)
    return [one for one in counted if one]


def _frequent(locale: str, asked: str, counted: Sequence[Any]) -> FrequentQuery | None:
    """Return the question with the lowest rank whose readers, with those below, ask it often."""
    if len(asked) < SHORTEST_FREQUENT:
        return None
    times, good, said = 0, 0, ""
    days: set[date] = set()
    for rank, rows in _by_rank(counted):
        for row in rows:
            times, good = times + row["times"], good + row["good"]
            days.add(row["day"])
            said = min(filter(None, (said, row["said"])))
        if times >= FREQUENT_TIMES and len(days) >= FREQUENT_DAYS and good:
            return FrequentQuery(locale=locale, folded=asked, query=said, rank=rank, times=times)
    return None


def _by_rank(counted: Sequence[Any]) -> Iterator[tuple[int, Iterator[Any]]]:
    return groupby(counted, key=lambda row: int(row["audience_rank"]))
