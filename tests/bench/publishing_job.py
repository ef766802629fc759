"""Publishes in a process of its own and prints what it cost, as JSON."""

from __future__ import annotations

import json
import resource
import time

from django.db import connection, reset_queries
from django.db.models import Sum
from django.db.models.functions import Length

from articles.operations.audit import system_user
from channels.models import Blob
from channels.operations.publishing import publish
from tests.bench.content import many_texts, new_text
from tests.consistency.killing import COMMIT, Statements

PUBLISHES, WARM = 18, 3


def one(*, agent_part: bool) -> list[float]:
    """Return the CPU milliseconds of publishes of one article."""
    actor, costs = system_user(), []
    for number in range(PUBLISHES):
        revision = new_text("measured", time.time_ns(), agent_part=agent_part)
        start = time.process_time()
        publish(items=[revision], actor=actor)
        if number >= WARM:
            costs.append((time.process_time() - start) * 1000)
    return costs


def many(count: int) -> dict[str, float]:
    """Publish `count` articles in one edition."""
    revisions, actor = many_texts(count), system_user()
    publish(items=[new_text("measured", 0)], actor=actor)  # Everything is loaded now.
    reset_queries()
    flips: list[str] = []

    def see(number: int, sql: str, after: bool) -> None:
        if after and (sql == COMMIT or sql.startswith('UPDATE "channels_pointer"')):
            flips.append(sql)

    before, start = _memory(), time.process_time()
    with Statements(see):
        publish(items=revisions, actor=actor)
    # Each batch of bytes is committed as it is rendered; the edition with its flip is the last.
    flip = next(place for place, sql in enumerate(flips) if sql != COMMIT)
    rendered = Blob.objects.aggregate(sum=Sum(Length("body")))["sum"]
    return {
        "cpu": time.process_time() - start,
        "memory": _memory() - before,
        "rendered": rendered,
        "commits": len(flips) - 1 - flip,
    }


def _memory() -> int:
    """The most bytes of memory that this process ever had (Linux counts in KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main(arguments: list[str]) -> None:
    match arguments:
        case ["many", count]:
            print(json.dumps(many(int(count))))
        case ["one", *rest]:
            print(json.dumps(one(agent_part="agent-part" in rest)))
    connection.close()
