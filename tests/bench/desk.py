"""What the editors' pages cost where there are many articles, and where there are few."""

from __future__ import annotations

import json

from tests.bench.report import table
from tests.server import Installation, installation

SMALL, LARGE = 100, 10_000
REVISIONS = 20
JOB = "tests.bench.desk_job"
MOST_STATEMENTS = 25
MOST_MS, MOST_PREVIEW_MS = 300, 150  # p95
MOST_CHECKING = 20  # seconds


def main() -> None:
    with installation(cluster="") as small, installation(cluster="") as large:
        few, many = _asked(small, SMALL, "pages"), _asked(large, LARGE, "pages")
        release = json.loads(large.job(JOB, "release"))
    report(few, many, release)


def report(
    few: dict[str, dict[str, float]],
    many: dict[str, dict[str, float]],
    release: dict[str, float],
) -> None:
    """Print a row for each page, and say which keep less than was promised."""
    print(f"\nSQLite: the desk's pages, 3 locales, {REVISIONS} revisions of each text")
    rows = []
    for name, page in many.items():
        rows.append([name, f"{few[name]['statements']:.0f}", f"{page['statements']:.0f}"])
        rows[-1] += [f"{few[name]['p50']:.0f}", f"{page['p50']:.0f}", f"{page['p95']:.0f}"]
        rows[-1] += [f"{page['cpu']:.0f}", broken(name, few[name], page)]
    header = [f"SQL, {SMALL}", f"SQL, {LARGE}", f"ms p50, {SMALL}"]
    table(["", *header, f"ms p50, {LARGE}", f"p95, {LARGE}", "CPU ms", ""], rows)
    late = " (too long)" if release["checked"] > MOST_CHECKING else ""
    print(
        f"\nA release of {release['items']:.0f} among {LARGE}: checked in "
        f"{release['checked']:.1f} s{late} ({release['check cpu']:.1f} s of CPU), "
        f"published in {release['published']:.1f} s in {release['commits']:.0f} commit",
        flush=True,
    )


def broken(name: str, few: dict[str, float], many: dict[str, float]) -> str:
    """Return which promises a page breaks, in words."""
    most_ms = MOST_PREVIEW_MS if name.startswith("preview") else MOST_MS
    said = []
    if many["statements"] > MOST_STATEMENTS:
        said.append(f"more than {MOST_STATEMENTS} statements")
    if many["statements"] > few["statements"]:
        said.append("statements grow")
    if many["p95"] > most_ms:
        said.append(f"more than {most_ms} ms")
    return ", ".join(said)


def _asked(hub: Installation, articles: int, what: str) -> dict[str, dict[str, float]]:
    hub.job(JOB, "fill", str(articles), str(REVISIONS))
    found: dict[str, dict[str, float]] = json.loads(hub.job(JOB, what))
    return found
