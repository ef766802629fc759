"""A whole consistency run: the server, readers of all channels, publishers, and the verdict."""

from __future__ import annotations

import json
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
    """Make and publish the content; return the readers' way in, as JSON."""
    return hub.job("tests.consistency.content").strip()


def run(hub: Installation, way_in: str, *, publisher: tuple[str, ...], readers: int = 2) -> Verdict:
    """Read all channels until the job `publisher` is done, and a moment longer.

    It gets the path of its log before its other arguments; in the end it writes there what the
    database holds. Raises where a process fails.
    """
    job, *arguments = publisher
    written = hub.home / "publisher.log"
    heard = [hub.home / f"reader-{n}.log" for n in range(readers)]
    with serving(hub) as address:
        writing = hub.start(*JOB, f"tests.consistency.{job}", str(written), *arguments)
        while not written.exists() and writing.poll() is None:
            time.sleep(0.02)  # What is read before anything is published proves nothing.
        reading = [
            hub.start("-m", "tests.consistency.reading", str(log), str(seed), address, way_in)
            for seed, log in enumerate(heard)
        ]
        try:
            ended = writing.wait(LONGEST)
            time.sleep(AFTERWARDS)
            alive = [process.poll() is None for process in reading]
        finally:
            for process in (writing, *reading):
                end(process)
    if ended or not all(alive):
        raise RuntimeError(f"The publisher ended with {ended}, readers were alive: {alive}.")
    return verdict([written, *heard])


def run_killing(hub: Installation) -> dict[str, int]:
    """Kill publishers in an empty installation that nobody reads; return how many, by what they
    did. Raises where an edition is not whole."""
    killed: dict[str, int] = json.loads(
        hub.job("tests.consistency.killing", str(hub.home / "killing.log"))
    )
    return killed


def verdict(logs: list[Path]) -> Verdict:
    log: list[Record] = list(records.read(logs))
    reads = [record for record in log if isinstance(record, Read)]
    return Verdict(
        violations=check(log),
        reads=Counter(read.channel for read in reads),
        published=sum(isinstance(record, Published) for record in log),
        refused=sum(isinstance(record, Refused) for record in log),
        canaries=sum(read.canary and read.rank >= AGENT_RANK for read in reads),
        editions_read=len({read.edition for read in reads if not read.pinned}),
    )


def two_publishers(turns: int) -> tuple[str, ...]:
    """They share the articles, and fail on purpose in two of eight turns."""
    return ("publishing", str(turns), "2")
