"""Reading one article, compared with a bare Django view on the same server and with a file."""

from __future__ import annotations

import hashlib
import json
import statistics
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass, field

from tests.bench.databases import clusters
from tests.bench.files import nginx
from tests.bench.load import Load, measure
from tests.bench.report import table
from tests.server import installation, serving

ROUNDS, SECONDS = 5, 2
ARTICLE = "/api/v1/articles/measured/?format="
BARE = "bare Django view, one row's bytes"


@dataclass(frozen=True, slots=True)
class Target:
    name: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)


def main() -> None:
    for cluster in clusters():
        with ExitStack() as stack:
            hub = stack.enter_context(installation(cluster=cluster))
            hub.job("tests.bench.content", "30")
            print(f"\n{hub.vendor}: {ROUNDS} rounds of {SECONDS} seconds each, 2 workers")
            address = stack.enter_context(serving(hub))
            bare = stack.enter_context(serving(hub, settings="tests.bench.bare"))
            with urllib.request.urlopen(address + ARTICLE + "html") as answer:
                body = answer.read()
            file = stack.enter_context(nginx(body))
            _measured(_targets(address, bare, file, body))
            _counted(json.loads(hub.job("tests.bench.statements")))


def _targets(address: str, bare: str, file: str | None, body: bytes) -> list[Target]:
    sha256 = hashlib.sha256(body).hexdigest()
    targets = [
        Target(BARE, f"{bare}/{sha256}"),
        Target("article, ?format=html", address + ARTICLE + "html"),
        Target("article, JSON", address + ARTICLE + "json"),
        Target("article, 304", address + ARTICLE + "html", {"If-None-Match": f'"{sha256}"'}),
        Target("website page", address + "/en/articles/activate-measured/"),
    ]
    return targets + ([Target("the same bytes as a file, nginx", file)] if file else [])


def _measured(targets: list[Target]) -> None:
    loads: dict[str, list[Load]] = {target.name: [] for target in targets}
    for target in targets:
        measure(target.url, seconds=1, headers=target.headers)  # warm
    for _ in range(ROUNDS):
        for target in targets:
            loads[target.name].append(measure(target.url, seconds=SECONDS, headers=target.headers))
    bare = statistics.median(load.per_second for load in loads[BARE])
    rows = []
    for name, found in loads.items():
        rate = statistics.median(load.per_second for load in found)
        p50 = statistics.median(load.p50 for load in found)
        p99 = statistics.median(load.p99 for load in found)
        rows.append([name, f"{rate:.0f}", f"{p50:.2f}", f"{p99:.2f}", f"{rate / bare:.2f}"])
    table(["", "requests/s", "p50 ms", "p99 ms", "ratio"], rows)


def _counted(statements: dict[str, int]) -> None:
    table(["", "SQL statements"], [[name, str(count)] for name, count in statements.items()])
