"""How fast the embedded search is with a thousand and with ten thousand articles in three locales,
and how much slower it gets; `search-large` is the same with a hundred thousand."""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

from tests.bench.report import pace, percentile, table
from tests.bench.together import begin_together
from tests.server import JOB as START_JOB
from tests.server import QUICK, Installation, end, installation, serving

SMALL, MEDIUM, LARGE = 1_000, 10_000, 100_000
WARMING, SECONDS = 10, 12
PAUSES = (0.0, 0.25)  # of a reader between two questions, in seconds
MOST_P50, MOST_P99, MOST_GROWTH, MOST_SUGGESTION, MOST_BAD = 25, 120, 5, 10, 1_000
READERS = 4
HOURS = 3 * 3600.0  # that filling and indexing may take, in seconds
QUESTIONS = 100  # of each length and language
NICE = 10  # how far the background process stands back behind readers, as `serve` starts it
FILL, JOB, LOAD = (f"tests.bench.search_{name}" for name in ("fill", "job", "load"))


def main() -> None:
    _measured((SMALL, MEDIUM))


def large() -> None:
    _measured((SMALL, MEDIUM, LARGE))


def _measured(sizes: tuple[int, ...]) -> None:
    found: dict[int, dict[str, Any]] = {}
    for size in sizes:
        with installation(QUICK, cluster="") as hub:
            hub.job(FILL, str(size), longest=HOURS)
            found[size] = measured(hub, size)
    report(found)


def measured(hub: Installation, articles: int) -> dict[str, Any]:
    """Return what indexing and asking a filled installation took."""
    found: dict[str, Any] = {"index": json.loads(hub.job(JOB, "index", longest=HOURS))}
    found |= json.loads(hub.job(JOB, "ask", str(articles), str(QUESTIONS)))
    worker = hub.start("manage.py", "work")
    os.setpriority(os.PRIO_PROCESS, worker.pid, NICE)
    try:
        with serving(hub) as address:
            # Until the processes have read what they need, and the usual words.
            loaded(
                hub, address, seconds=max(WARMING, articles // 2_000), articles=articles, pause=0
            )
            found["loaded"] = {
                str(pause): loaded(hub, address, seconds=SECONDS, articles=articles, pause=pause)
                for pause in PAUSES
            }
    finally:
        end(worker)
    return found


def loaded(
    hub: Installation, address: str, *, seconds: int, articles: int, pause: float
) -> dict[str, float]:
    """Return the readers' and the writer's times, in milliseconds."""

    def started(*arguments: str) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        return hub.start(*START_JOB, LOAD, *arguments, stdin=pipe, stdout=pipe)

    before, common = pace(), (address, str(seconds))
    readers = [
        started("read", *common, str(articles), str(number), str(pause))
        for number in range(READERS)
    ]
    writer = started("write", *common)
    begin_together([*readers, writer])
    waited = [one for reader in readers for one in json.loads(reader.communicate()[0])]
    visible = json.loads(writer.communicate()[0])
    return {
        "per_second": len(waited) / seconds,
        "p50": percentile(waited, 0.5),
        "p99": percentile(waited, 0.99),
        "publishes": len(visible),
        "visible50": percentile(visible, 0.5),
        "visible99": percentile(visible, 0.99),
        "pace": before,
    }


def report(found: dict[int, dict[str, Any]]) -> None:
    """Print the tables, and say what keeps less than was promised."""
    print(
        "\nSQLite; an article is told in English, in Chinese and in Chinese converted from it, and"
    )
    print("every tenth has a part for agents: so many documents stand in the index.")
    rows = [
        [
            f"{size:,}",
            f"{one['index']['documents']:,.0f}",
            f"{one['index']['documents'] / one['index']['seconds']:.0f}",
            f"{one['index']['documents'] / one['index']['cpu']:.0f}",
            f"{one['index']['bytes'] / 1e6:.0f}",
            f"{one['index']['bytes'] / one['index']['documents'] / 1e3:.1f}",
            f"{one['index']['memory'] / 1e6:.0f}",
            f"{one['memory'] / 1e6:.0f}",
        ]
        for size, one in found.items()
    ]
    header = ["articles", "documents", "indexed/s", "of CPU", "index MB", "kB each"]
    table([*header, "MB to index", "MB to ask"], rows)
    sizes = list(found)
    _alone(found, "questions", "Through the API, in one process, one after the other, ms", sizes)
    _alone(found, "beginnings", "Suggestions for what is half typed, through the API, ms", sizes)
    _alone(found, "bad", "Bad input through the API, ms", sizes)
    _under_load(found)
    print(
        f"SQL statements of a search: {', '.join(str(one['statements']) for one in found.values())}"
    )
    for line in broken(found):
        print(f"Less than promised: {line}")


def _alone(found: dict[int, dict[str, Any]], what: str, title: str, sizes: list[int]) -> None:
    print(f"\n{title}")
    rows = []
    for name in found[sizes[0]][what]:
        row = [name]
        for size in sizes:
            one = found[size][what][name]
            row += [f"{one['p50']:.1f}", f"{one['p99']:.1f}", f"{one['cpu']:.1f}"]
        first, last = (found[size][what][name]["cpu"] for size in (sizes[0], sizes[-1]))
        rows.append([*row, f"{last / first:.1f}" if first else ""])
    columns = [f"{name}, {size:,}" for size in sizes for name in ("p50", "p99", "CPU p50")]
    table(["", *columns, "CPU grows"], rows)


def _under_load(found: dict[int, dict[str, Any]]) -> None:
    print(
        f"\nA server of 2 workers, {READERS} readers and a writer who publishes each second, "
        f"all on {os.cpu_count()} cores that they share, ms"
    )
    rows = []
    for size, one in found.items():
        for pause, some in one["loaded"].items():
            row = [f"{size:,} articles, readers pause {float(pause) * 1000:.0f} ms"]
            row += [f"{some[name]:.1f}" for name in ("per_second", "p50", "p99")]
            row += [f"{some[name]:.0f}" for name in ("visible50", "visible99", "publishes")]
            rows.append([*row, f"{some['pace']:.0f}"])
    times = ["answers/s", "p50", "p99", "to visible p50", "p99", "publishes"]
    table(["", *times, "a million steps"], rows)


def broken(found: dict[int, dict[str, Any]]) -> list[str]:
    """Return which promises are broken, in words."""
    said = []
    for size, one in found.items():
        slow = [name for name, some in one["bad"].items() if some["p99"] > MOST_BAD]
        said += [f"{name} takes more than a second at {size:,}" for name in slow]
    if MEDIUM in found:
        most = found[MEDIUM]
        for name, some in most["questions"].items():
            growth = some["p50"] / found[SMALL]["questions"][name]["p50"]
            if growth > MOST_GROWTH:
                said.append(f"{name}: {growth:.1f} times as slow at {MEDIUM:,} as at {SMALL:,}")
        for name, some in most["beginnings"].items():
            if some["p50"] > MOST_SUGGESTION:
                said.append(f"beginnings, {name}: p50 {some['p50']:.0f} ms")
        for pause, some in most["loaded"].items():
            if some["p50"] > MOST_P50 or some["p99"] > MOST_P99:
                said.append(f"pause {pause}: p50 {some['p50']:.0f}, p99 {some['p99']:.0f} ms")
    return said
