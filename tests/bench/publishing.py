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
        answers: list[float] = []
        for _ in range(ROUNDS):
            answers.append(float(small.run("-m", "tests.bench.bare_job")))
            small_costs += _costs(small)
            large_costs += _costs(large)
            with_part += _costs(small, "agent-part")
    print("\nSQLite: one article, all formats, CPU ms of publish()")
    costs = {
        f"among {SMALL}": small_costs,
        f"among {LARGE}": large_costs,
        "with a part for agents": with_part,
    }
    base, answer = statistics.median(small_costs), statistics.median(answers)
    rows = []
    for name, some in costs.items():
        median = statistics.median(some)
        best = percentile(some, 0.1)
        rows.append([name, f"{median:.1f}", f"{best:.1f}", f"{median / base:.2f}"])
        rows[-1].append(f"{median / answer:.0f}")
    table(["", "median", "p10", "ratio", "bare answers"], rows)
    print(f"One answer of the bare view, without a server: {answer:.3f} ms")


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
