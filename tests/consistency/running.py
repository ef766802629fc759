"""A whole consistency run: the server, readers of all channels, publishers, and the verdict."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.consistency import records
from tests.consistency.checker import AGENT_RANK, Violation, check
from tests.consistency.records import Published, Read, Record, Refused
from tests.server import JOB, Installation, end, serving

AFTERWARDS = 0.5  # seconds that readers go on for when nothing is published any more
LONGEST = 600.0  # seconds that a publisher may take


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a run found, and how much it looked at."""

    violations: list[Violation]
    reads: Counter[str] = field(default_factory=Counter)  # by channel
    published: int = 0
    refused: int = 0
    canaries: int = 0  # answers to agents that did tell what is for agents alone
    editions_read: int = 0

    def __str__(self) -> str:
        channels = ", ".join(f"{name} {count}" for name, count in sorted(self.reads.items()))
        return (
            f"{self.reads.total()} answers ({channels}) while {self.published} publishes were "
            f"acknowledged and {self.refused} failed; {self.editions_read} editions seen; "
            f"{len(self.violations)} violations"
        )


def prepare(hub: Installation) -> str:
    """Make the content and edition 1; return the readers' way in, as JSON."""
    return hub.job("tests.consistency.content").strip()


def run(
    hub: Installation, way_in: str, *, publishers: list[tuple[str, ...]], readers: int = 2
) -> Verdict:
    """Read all channels until each of the jobs `publishers` is done, and a moment longer.

    A job gets the path of its log before its other arguments. Raises where a process fails.
    """
    writers = [hub.home / f"publisher-{n}.log" for n in range(len(publishers))]
    listeners = [hub.home / f"reader-{n}.log" for n in range(readers)]
    with serving(hub) as address:
        reading = [
            hub.start("-m", "tests.consistency.reading", str(log), str(seed), address, way_in)
            for seed, log in enumerate(listeners)
        ]
        try:
            writing = [
                hub.start(*JOB, f"tests.consistency.{job}", str(log), *arguments)
                for (job, *arguments), log in zip(publishers, writers, strict=True)
            ]
            ended = [process.wait(LONGEST) for process in writing]
            time.sleep(AFTERWARDS)
            alive = [process.poll() is None for process in reading]
        finally:
            for process in reading:
                end(process)
    if any(ended) or not all(alive):
        raise RuntimeError(f"Publishers ended with {ended}, readers were alive: {alive}.")
    return verdict(hub, [*writers, *listeners])


def run_killing(hub: Installation) -> int:
    """Kill publishers while nobody reads; return how many. Raises where an edition is not whole."""
    printed = hub.job("tests.consistency.killing", str(hub.home / "killing.log"))
    return int(printed.split()[0])


def verdict(hub: Installation, logs: list[Path]) -> Verdict:
    found = hub.home / "manifest.log"
    found.write_text(hub.job("tests.consistency.manifest"))
    log: list[Record] = list(records.read([*logs, found]))
    reads = [record for record in log if isinstance(record, Read)]
    return Verdict(
        violations=check(log),
        reads=Counter(read.channel for read in reads),
        published=sum(isinstance(record, Published) for record in log),
        refused=sum(isinstance(record, Refused) for record in log),
        canaries=sum(read.canary and read.rank >= AGENT_RANK for read in reads),
        editions_read=len({read.edition for read in reads if not read.pinned}),
    )


def two_publishers(turns: int) -> list[tuple[str, ...]]:
    """Two jobs that share the articles, and that fail on purpose in two of eight turns."""
    return [("publishing", str(turns), str(index), "2") for index in range(2)]
