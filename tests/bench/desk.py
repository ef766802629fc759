"""What the editors' pages cost where there are many articles, and where there are few."""

from __future__ import annotations

import json

from tests.bench.report import table
from tests.server import Installation, installation

SMALL, LARGE = 100, 10_000
REVISIONS = 20
JOB = "tests.bench.desk_job"


def main() -> None:
    with installation(cluster="") as small, installation(cluster="") as large:
        few, many = _pages(small, SMALL), _pages(large, LARGE)
    print(f"\nSQLite: the desk's pages, 3 locales, {REVISIONS} revisions of each text")
    rows = []
    for name, page in many.items():
        rows.append([name, f"{few[name]['statements']}", f"{page['statements']}"])
        rows[-1] += [f"{few[name]['p50']:.0f}", f"{page['p50']:.0f}", f"{page['p95']:.0f}"]
    header = [f"SQL, {SMALL}", f"SQL, {LARGE}", f"ms p50, {SMALL}"]
    table(["", *header, f"ms p50, {LARGE}", f"p95, {LARGE}"], rows)


def _pages(hub: Installation, articles: int) -> dict[str, dict[str, float]]:
    hub.job(JOB, "fill", str(articles), str(REVISIONS))
    found: dict[str, dict[str, float]] = json.loads(hub.job(JOB, "pages"))
    return found
