"""The checker finds each fault that is planted in a log, and cries wolf over none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.consistency import records
from tests.consistency.checker import Fault, check
from tests.consistency.records import Outbox, Published, Read, Record, Refused, Told

ARTICLES = ("one", "two")
REFUSED_STATE = 9


def told(edition: int, article: str) -> Told:
    """In edition N each article says the state N; agents read more than others in its HTML."""
    name = f"{article}-{edition}"
    renderings = [("html", 0, f"html of {name}"), ("html", 3, f"html of {name} for agents")]
    return Told(edition, article, edition, f"digest of {name}", renderings)


def database(editions: int) -> list[Record]:
    numbers = range(1, editions + 1)
    return [
        *(told(number, article) for number in numbers for article in ARTICLES),
        *(Outbox(number, "index") for number in numbers),
    ]


def page(start: float, end: float, edition: int, channel: str = "website") -> Read:
    """An answer about article `one`, that also names article `two`."""
    return Read(
        start=start,
        end=end,
        channel=channel,
        url="/en/articles/one/",
        status=200,
        edition=edition,
        rank=3 if channel == "agent" else 0,
        sha256="",
        article="one",
        digest=f"digest of one-{edition}",
        format="html",
        stored=f"html of one-{edition}" + (" for agents" if channel == "agent" else ""),
        states={"one": edition, "two": edition},
        digests={"one": f"digest of one-{edition}"},
        canary=channel == "agent",
    )


def honest_log() -> list[Record]:
    """Three editions, two of them published at second 1 to 2 and 3 to 4, and a refused publish."""
    return [
        *database(3),
        Published(1.0, 2.0, 2),
        Published(3.0, 4.0, 3),
        Refused(4.5, 5.0, {"one": REFUSED_STATE, "two": REFUSED_STATE}),
        page(0.1, 0.2, 1),
        page(1.1, 1.2, 1),
        page(1.5, 1.6, 2),  # committed, not yet acknowledged
        page(1.55, 1.58, 1, "phone"),  # it began before that read ended
        page(2.1, 2.2, 2, "agent"),
        page(5.1, 5.2, 3),
        replace(page(5.3, 5.4, 1), pinned=True),
        replace(page(5.5, 5.6, 3), status=304, states=None, digests=None),
    ]


def faults(log: list[Record]) -> set[Fault]:
    return {violation.fault for violation in check(log)}


def late(**changes: object) -> Read:
    """An answer at the end of the log with something planted in it."""
    return replace(page(7.0, 7.1, 3), **changes)  # type: ignore[arg-type]


def test_an_honest_log_has_no_violation() -> None:
    assert check(honest_log()) == []


PLANTED: dict[str, tuple[Fault, Record]] = {
    "a body that is not its bytes": (Fault.WRONG_BODY, late(stored="other bytes")),
    "a digest that is not the manifest's": (
        Fault.WRONG_BODY,
        late(digest="digest of one-2", digests=None),
    ),
    "a body of an edition that the header does not name": (
        Fault.WRONG_BODY,
        late(states={"one": 2, "two": 2}, digests=None),
    ),
    "two articles of two editions in one answer": (Fault.MIXED, late(states={"one": 3, "two": 2})),
    "two states of one article in one answer": (Fault.MIXED, late(torn="one", states={"two": 3})),
    "an older edition after a newer one, on another channel": (
        Fault.BACKWARDS,
        page(1.7, 1.8, 1, "phone"),
    ),
    "an older edition after an acknowledged publish": (Fault.STALE, page(4.1, 4.2, 2)),
    "an edition that does not exist": (Fault.PHANTOM, late(edition=4)),
    "an edition before its publish began": (Fault.PHANTOM, page(2.5, 2.6, 3)),
    "a refused text": (Fault.PHANTOM, late(states={"one": REFUSED_STATE})),
    "another digest on another channel": (
        Fault.CHANNELS_DIFFER,
        late(channel="phone", digests={"one": "another digest"}, states=None),
    ),
    "an outbox row of an edition that does not exist": (Fault.OUTBOX, Outbox(4, "index")),
    "a doubled outbox row": (Fault.OUTBOX, Outbox(2, "index")),
    "a canary in a public answer": (Fault.LEAK, late(canary=True)),
    "a canary in a public refusal": (Fault.LEAK, late(canary=True, status=404)),
    "a server error": (Fault.NO_ANSWER, late(status=500)),
}


@pytest.mark.parametrize(("fault", "record"), PLANTED.values(), ids=PLANTED)
def test_a_planted_fault_is_found(fault: Fault, record: Record) -> None:
    assert fault in faults([*honest_log(), record])


def test_a_missing_outbox_row_is_found() -> None:
    assert faults([record for record in honest_log() if record != Outbox(2, "index")]) == {
        Fault.OUTBOX
    }


def test_a_gap_in_the_numbers_is_found() -> None:
    log = [*database(3), *(told(5, article) for article in ARTICLES), Outbox(5, "index")]
    assert faults(log) == {Fault.GAP}


def test_all_eight_faults_are_found_in_one_log() -> None:
    log = [*honest_log(), *(record for _, record in PLANTED.values())]
    assert faults(log) >= set(Fault) - {Fault.GAP}


def test_the_order_of_the_lines_does_not_matter() -> None:
    log = [*honest_log(), PLANTED["a refused text"][1], PLANTED["a doubled outbox row"][1]]
    assert check(log) == check(log[::-1])


def test_a_log_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "log"
    with path.open("w") as file:
        for record in honest_log():
            records.write(file, record)
        file.write('{"record": "Read", "sta')  # its process was killed
    back = list(records.read([path]))
    assert len(back) == len(honest_log())
    assert check(back) == []


MOMENTS = st.integers(0, 400)


@given(st.lists(st.tuples(MOMENTS, st.integers(0, 60)), max_size=40), st.data())
def test_no_honest_history_is_called_faulty(
    reads: list[tuple[int, int]], data: st.DataObject
) -> None:
    """Edition N is committed at second 100 N - 50; each read sees what was current at one moment
    between its start and its end."""
    log = [*database(4), *(Published(100.0 * n - 70, 100.0 * n - 30, n) for n in (2, 3, 4))]
    for start, duration in reads:
        moment = data.draw(st.integers(start, start + duration))
        log.append(page(start, start + duration, 1 + sum(moment >= c for c in (150, 250, 350))))
    assert check(log) == []
