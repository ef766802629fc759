"""What the processes of a consistency run write down, one JSON object a line.

Times are seconds of `time.monotonic()`, a clock that all processes of one machine share.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO

States = dict[str, int]  # article id -> the number that its text carries as its mark


@dataclass(frozen=True, slots=True)
class Read:
    """One answer of one channel, as its reader saw it."""

    start: float
    end: float
    channel: str
    url: str
    status: int
    edition: int
    rank: int  # the reader's audience
    sha256: str  # of the whole body
    pinned: bool = False  # the reader asked for this edition, be it the current one or not
    article: str = ""  # where the answer is about one article
    digest: str = ""  # its content digest, as the answer's header says
    format: str = ""  # the stored rendering found in the body
    stored: str = ""  # and its SHA-256
    states: States | None = None  # the marks found in the body, where all of an article agree
    torn: str = ""  # an article with two different marks in one body
    digests: dict[str, str] | None = None  # content digests found in the body, by article
    canary: bool = False  # what is for agents alone was found in the answer


@dataclass(frozen=True, slots=True)
class Published:
    """A publish that was acknowledged: it returned at `end`."""

    start: float
    end: float
    edition: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A publish that failed, or was killed before its commit: nobody may see these states."""

    start: float
    end: float
    states: States


@dataclass(frozen=True, slots=True)
class Told:
    """From the database, after the run: what an edition tells of one article."""

    edition: int
    article: str
    state: int
    digest: str
    renderings: list[tuple[str, int, str]]  # format, audience rank, SHA-256


@dataclass(frozen=True, slots=True)
class Outbox:
    """From the database, after the run: an outbox row."""

    edition: int
    kind: str


Record = Read | Published | Refused | Told | Outbox
_TYPES: dict[str, Any] = {kind.__name__: kind for kind in (Read, Published, Refused, Told, Outbox)}


def write(file: TextIO, record: Record) -> None:
    file.write(json.dumps({"record": type(record).__name__, **asdict(record)}) + "\n")


def read(paths: Iterable[Path]) -> Iterator[Record]:
    """Yield the records of several logs. A last line that its process never finished is none."""
    for path in paths:
        for line in path.read_text().splitlines(keepends=True):
            if line.endswith("\n"):
                fields = json.loads(line)
                yield _TYPES[fields.pop("record")](**fields)
