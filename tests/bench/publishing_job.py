"""Publishes in a process of its own and prints what it cost, as JSON."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

from django.db import connection
from django.db.models import Sum
from django.db.models.functions import Length

from articles.operations.audit import system_user
from channels.models import Blob
from channels.operations.publishing import publish
from tests.bench.content import many_texts, new_text
from tests.consistency.killing import COMMIT, Statements

PUBLISHES, WARM = 15, 3


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
    """Publish `count` articles in one edition; memory is looked at around every statement."""
    revisions, actor = many_texts(count), system_user()
    publish(items=[new_text("measured", 0)], actor=actor)  # Everything is loaded now.
    commits_after_flip = 0
    flipped = False
    most = before = _memory()

    def see(number: int, sql: str, after: bool) -> None:
        nonlocal commits_after_flip, flipped, most
        most = max(most, _memory())
        if not after:
            flipped = flipped or sql.startswith('UPDATE "channels_pointer"')
            commits_after_flip += flipped and sql == COMMIT

    start = time.process_time()
    with Statements(see):
        publish(items=revisions, actor=actor)
    cpu = time.process_time() - start
    rendered = Blob.objects.aggregate(sum=Sum(Length("body")))["sum"]
    return {
        "cpu": cpu,
        "memory": most - before,
        "rendered": rendered,
        "commits": commits_after_flip,
    }


def _memory() -> int:
    """Bytes of this process' own memory, without the file of the database that is mapped into it;
    0 where there is no /proc."""
    status = Path("/proc/self/status")
    found = re.search(r"RssAnon:\s+(\d+) kB", status.read_text() if status.exists() else "")
    return int(found[1]) * 1024 if found else 0


def main(arguments: list[str]) -> None:
    match arguments:
        case ["many", count]:
            print(json.dumps(many(int(count))))
        case ["one", *rest]:
            print(json.dumps(one(agent_part="agent-part" in rest)))
    connection.close()
