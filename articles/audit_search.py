"""Finding audit rows, the newest first, in a time that does not grow with their number.

Rows are written one after the other while the end of their chain is held, so their ids rise with
their numbers. Every column that narrows the search has an index; only words in the detail have
none, and are looked for in so many rows at a time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Max, Min, Q, QuerySet, TextField
from django.db.models.functions import Cast

from articles.models import AuditRecord

LOOKED_THROUGH = 20_000  # rows in which words are looked for at once
AT_ONCE = 1_000  # rows that a download reads at once


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; what is left out narrows nothing. `subjects` are whole ("edition 7")."""

    actor: int | None = None
    action: str = ""
    subjects: frozenset[str] | None = None
    since: datetime | None = None
    until: datetime | None = None  # not included
    words: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Some rows; `older` is the id below which more may be found, None where there is no more.
    `far` says that none was found among many: what is older was not looked at yet."""

    rows: list[AuditRecord]
    older: int | None = None
    far: bool = False


def find(search: Search, *, before: int | None = None, most: int) -> Found:
    """Return the newest rows with an id below `before` that match. At most four statements."""
    rows = _narrowed(search)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    edge = None
    if search.words:
        edge = rows.values_list("pk", flat=True)[LOOKED_THROUGH - 1 : LOOKED_THROUGH].first()
        if edge is not None:
            rows = rows.filter(pk__gte=edge)
        rows = _saying(rows, search.words)
    found = list(rows.select_related("actor")[: most + 1])
    if len(found) > most:
        return Found(found[:most], found[most - 1].pk)
    return Found(found, edge, far=edge is not None)


def find_all(search: Search) -> Iterator[AuditRecord]:
    """Yield every row that matches, the newest first, without holding the database meanwhile."""
    before: int | None = None
    while True:
        found = find(search, before=before, most=AT_ONCE)
        yield from found.rows
        if found.older is None:
            return
        before = found.older


def _narrowed(search: Search) -> QuerySet[AuditRecord]:
    rows = AuditRecord.objects.order_by("-pk")
    if search.actor is not None:
        rows = rows.filter(actor=search.actor)
    if search.action:
        rows = rows.filter(action=search.action)
    if search.subjects is not None:
        rows = rows.filter(subject__in=search.subjects)
    if search.since is not None or search.until is not None:
        rows = _within(rows, search.since, search.until)
    return rows


def _within(
    rows: QuerySet[AuditRecord], since: datetime | None, until: datetime | None
) -> QuerySet[AuditRecord]:
    """Narrow by time. The index on it gives the first and the last id, between which the rows are
    read in their order: sorting all rows of a year for the first fifty would take long."""
    between = Q()
    if since is not None:
        between &= Q(at__gte=since)
    if until is not None:
        between &= Q(at__lt=until)
    ends = AuditRecord.objects.filter(between).aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return rows.none()
    return rows.filter(between, pk__gte=ends["first"], pk__lte=ends["last"])


def _saying(rows: QuerySet[AuditRecord], words: str) -> QuerySet[AuditRecord]:
    """Narrow to the rows whose detail holds the words, as JSON writes them in this database."""
    ascii_only = connection.vendor == "sqlite"  # its rows hold “é” as \\u00e9
    said = Q()
    # SQLite takes capital and small letters for the same in ASCII alone.
    for form in {words, words.lower(), words.upper(), words.capitalize()}:
        said |= Q(said__icontains=json.dumps(form, ensure_ascii=ascii_only)[1:-1])
    return rows.annotate(said=Cast("detail", TextField())).filter(said)
