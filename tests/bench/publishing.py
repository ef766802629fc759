"""What a publish costs: one article, one among many, and very many at once."""

from __future__ import annotations

import json
import statistics

from tests.bench.report import percentile, table
from tests.server import Installation, installation

ROUNDS = 6
SMALL, LARGE = 100, 10_000
JOB = "tests.bench.publishing_job"


def main() -> None:
    with (
        installation(cluster="") as small,
        installation(cluster="") as large,
    ):
        editions = [_edition(hub, size) for hub, size in ((small, SMALL), (large, LARGE))]
        print("\nSQLite: one edition with everything in it")
        table(["articles", "CPU s", "CPU ms each", "commits", "rendered MB", "memory MB"], editions)
        small_costs: list[float] = []
        large_costs: list[float] = []
        with_part: list[float] = []
        for _ in range(ROUNDS):
            small_costs += _costs(small)
            large_costs += _costs(large)
            with_part += _costs(small, "agent-part")
    base = statistics.median(small_costs)
    print("\nSQLite: one article, all formats, CPU ms of publish()")
    table(
        ["", "median", "p10", "ratio"],
        [
            _row(f"among {SMALL}", small_costs, base),
            _row(f"among {LARGE}", large_costs, base),
            _row("with a part for agents", with_part, base),
        ],
    )


def _row(name: str, costs: list[float], base: float) -> list[str]:
    median = statistics.median(costs)
    return [name, f"{median:.1f}", f"{percentile(costs, 0.1):.1f}", f"{median / base:.2f}"]


def _costs(hub: Installation, *arguments: str) -> list[float]:
    costs: list[float] = json.loads(hub.job(JOB, "one", *arguments))
    return costs


def _edition(hub: Installation, size: int) -> list[str]:
    found = json.loads(hub.job(JOB, "many", str(size)))
    return [
        str(size),
        f"{found['cpu']:.1f}",
        f"{found['cpu'] / size * 1000:.1f}",
        str(found["commits"]),
        f"{found['rendered'] / 1e6:.1f}",
        f"{found['memory'] / 1e6:.1f}",
    ]
