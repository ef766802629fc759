"""The consistency checker: one pass over a log in the order of time, and all that is wrong in it.

It knows nothing of the server: only what readers saw, what publishers were told, and what the
database holds in the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from tests.consistency.records import Outbox, Published, Read, Record, Refused, States, Told

AGENT_RANK = 3
OUTBOX_KINDS = ("index",)
_ANSWERED = (200, 304)


class Fault(StrEnum):
    WRONG_BODY = "body, digest and manifest differ"
    MIXED = "one answer tells two editions"
    BACKWARDS = "an edition older than one that was read before"
    STALE = "an edition older than an acknowledged publish"
    PHANTOM = "an edition or a text that was never published"
    CHANNELS_DIFFER = "two channels, one edition, two digests"
    OUTBOX = "an outbox row is missing or doubled"
    LEAK = "a public answer tells what is for agents alone"
    # Not about consistency, but a run with these would prove less than it says.
    NO_ANSWER = "an answer that was none"
    GAP = "the numbers of the editions have a gap"


@dataclass(frozen=True, slots=True)
class Violation:
    fault: Fault
    text: str


def check(records: Iterable[Record]) -> list[Violation]:
    """Return all violations, those of the database first, then in the order of time."""
    log = _Log()
    for record in records:
        log.add(record)
    return [*_database(log), *_Sweep(log).violations()]


@dataclass(slots=True)
class _Log:
    editions: dict[int, dict[str, Told]] = field(default_factory=dict)
    begun: dict[int, float] = field(default_factory=dict)  # edition -> start of its publish
    refused: set[tuple[str, int]] = field(default_factory=set)
    outbox: Counter[tuple[int, str]] = field(default_factory=Counter)
    timed: list[Read | Published] = field(default_factory=list)

    def add(self, record: Record) -> None:
        match record:
            case Read():
                self.timed.append(record)
            case Published():
                self.timed.append(record)
                self.begun[record.edition] = record.start
            case Refused():
                self.refused |= set(record.states.items())
            case Told():
                self.editions.setdefault(record.edition, {})[record.article] = record
            case Outbox():
                self.outbox[record.edition, record.kind] += 1


def _database(log: _Log) -> Iterator[Violation]:
    numbers = sorted(log.editions)
    for number in sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers)):
        yield Violation(Fault.GAP, f"edition {number} is missing")
    for number in sorted({*numbers, *(edition for edition, _ in log.outbox)}):
        for kind in OUTBOX_KINDS:
            rows = log.outbox[number, kind]
            if rows != (1 if number in log.editions else 0):
                yield Violation(Fault.OUTBOX, f"edition {number} has {rows} rows “{kind}”")


class _Sweep:
    """Walks the log in the order of time; what happened at the very same time is not ordered."""

    def __init__(self, log: _Log) -> None:
        self.log = log
        self.seen = 0  # the newest edition of all answers that had ended
        self.acknowledged = 0  # the newest edition of all publishes that had returned
        self.floors: dict[int, tuple[int, int]] = {}  # both, when an open read began
        self.told: dict[tuple[int, str], tuple[str, str]] = {}  # digest and channel

    def violations(self) -> Iterator[Violation]:
        for _, is_end, index in self._moments():
            record = self.log.timed[index]
            if isinstance(record, Published):
                if is_end:
                    self.acknowledged = max(self.acknowledged, record.edition)
            elif not is_end:
                self.floors[index] = (self.seen, self.acknowledged)
            else:
                yield from self._judge(record, *self.floors.pop(index))

    def _moments(self) -> list[tuple[float, bool, int]]:
        moments = []
        for index, record in enumerate(self.log.timed):
            moments += [(record.start, False, index), (record.end, True, index)]
        return sorted(moments)

    def _judge(self, read: Read, seen: int, acknowledged: int) -> Iterator[Violation]:
        where = f"{read.channel} {read.url} at {read.end:.6f}, edition {read.edition}"
        if read.canary and read.rank < AGENT_RANK:
            yield Violation(Fault.LEAK, where)
        if read.status not in _ANSWERED or not read.edition:
            yield Violation(Fault.NO_ANSWER, f"{where}: status {read.status}")
            return
        if not read.pinned:
            if read.edition < seen:
                yield Violation(Fault.BACKWARDS, f"{where}: {seen} had been read")
            if read.edition < acknowledged:
                yield Violation(Fault.STALE, f"{where}: {acknowledged} was published")
            self.seen = max(self.seen, read.edition)
        phantoms = list(self._phantoms(read))
        yield from (Violation(Fault.PHANTOM, f"{where}: {text}") for text in phantoms)
        if not phantoms:
            yield from (Violation(fault, f"{where}: {text}") for fault, text in self._body(read))

    def _phantoms(self, read: Read) -> Iterator[str]:
        if read.edition not in self.log.editions:
            yield "there is no such edition"
        elif read.end < self.log.begun.get(read.edition, read.end):
            yield "its publish had not begun"
        for article, state in (read.states or {}).items():
            if (article, state) in self.log.refused:
                yield f"{article} tells the refused state {state}"

    def _body(self, read: Read) -> Iterator[tuple[Fault, str]]:
        edition = self.log.editions[read.edition]
        if read.torn:
            yield Fault.MIXED, f"{read.torn} has two states"
        elif not _tells(edition, read.states, read.digests):
            whole = any(
                _tells(other, read.states, read.digests) for other in self.log.editions.values()
            )
            yield Fault.WRONG_BODY if whole else Fault.MIXED, f"it tells {read.states}"
        if read.article:
            told = edition.get(read.article)
            if told is None or read.digest != told.digest:
                yield Fault.WRONG_BODY, "its digest is not the manifest's"
            elif read.format and read.stored != _bytes(told, read.format, read.rank):
                yield Fault.WRONG_BODY, "its bytes are not the manifest's"
        yield from self._other_channels(read)

    def _other_channels(self, read: Read) -> Iterator[tuple[Fault, str]]:
        digests = dict(read.digests or {})
        if read.article:
            digests.setdefault(read.article, read.digest)
        for article, digest in digests.items():
            first = self.told.setdefault((read.edition, article), (digest, read.channel))
            if first[0] != digest:
                yield Fault.CHANNELS_DIFFER, f"{article} is another on {first[1]}"


def _tells(edition: dict[str, Told], states: States | None, digests: dict[str, str] | None) -> bool:
    """Whether all that was found in a body is what an edition tells."""
    for article, state in (states or {}).items():
        if article not in edition or edition[article].state != state:
            return False
    for article, digest in (digests or {}).items():
        if article not in edition or edition[article].digest != digest:
            return False
    return True


def _bytes(told: Told, format: str, rank: int) -> str:
    """The SHA-256 of what a reader of this rank gets in a format; "" for nothing."""
    fitting = [
        (audience, sha256)
        for name, audience, sha256 in told.renderings
        if name == format and audience <= rank
    ]
    return max(fitting, default=(0, ""))[1]
