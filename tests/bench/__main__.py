"""Measures what docs/performance.md and docs/consistency.md claim; all of it, or some sections.

    python -m tests.bench [reading] [publishing] [desk] [visible] [consistency] [kill] [relevance]
        [search] [search-large]

What begins with `-` and all behind it is for `relevance` (tests/bench/relevance/command.py).
Figures are compared within one run, as ratios of medians over alternating rounds, because no two
machines are alike. Nothing here is a timed test.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from tests.bench import consistency, desk, kill, publishing, reading, search, visible
from tests.bench.relevance import command as relevance

SECTIONS: dict[str, Callable[[], None]] = {
    "reading": reading.main,
    "publishing": publishing.main,
    "desk": desk.main,
    "visible": visible.main,
    "consistency": consistency.main,
    "kill": kill.main,
    "relevance": relevance.main,
    "search": search.main,
    "search-large": search.large,
}


ONLY_WHEN_NAMED = ("search-large",)  # It takes hours.


def main(arguments: list[str]) -> int:
    at = next((at for at, word in enumerate(arguments) if word.startswith("-")), len(arguments))
    names, options = arguments[:at], arguments[at:]
    if options and names != ["relevance"]:
        print("Only the section relevance takes options.")
        return 2
    if unknown := [name for name in names if name not in SECTIONS]:
        print(f"There is no section {', '.join(unknown)}; there are {', '.join(SECTIONS)}.")
        return 2
    for name in names or (name for name in SECTIONS if name not in ONLY_WHEN_NAMED):
        print(f"\n== {name} == (load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores)")
        relevance.main(options) if options else SECTIONS[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
