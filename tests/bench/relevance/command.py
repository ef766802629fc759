"""`make bench ARGS="relevance --set bank"`: how well the search answers.

--set NAME       one set; may be given more than once
--half HALF      report (the default), tune, or all
--kind KIND      one kind of question
--alone          without the comparators
--semantic       with and without the extra `semantic`
--misses         what was missed, of the half for tuning alone
--home DIR       keep the filled installations there for the next run
--fresh          fill them anew
--json FILE      write the figures there
--against FILE   what changed since a run wrote that file
--strict         end with 1 where the search is below BM25
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tests.bench.relevance.answers import Answer
from tests.bench.relevance.filling import filled
from tests.bench.relevance.measured import BM25, Measured
from tests.bench.relevance.tables import tell, tell_differences, tell_misses
from tests.relevance.sets import REPORT, TUNE, set_named, set_names
from tests.server import Installation

JOB = "tests.bench.relevance.asking_job"


def main(arguments: Sequence[str] = ()) -> None:
    options = _options(arguments)
    former = Measured(**json.loads(options.against.read_text())) if options.against else None
    measured = Measured(options.half)
    for name in options.sets or set_names():
        if (asked := set_named(name)) is None:
            _tell_missing(name)
            continue
        with filled(asked, options.home, fresh=options.fresh) as hub:
            answers = _answers(hub, name, options)
        measured.take(name, answers)
        if options.misses:
            tell_misses(name, answers)
    tell(measured)
    if former:
        tell_differences(former, measured)
    if options.json:
        options.json.write_text(json.dumps(asdict(measured), ensure_ascii=False, indent=1))
    if options.strict and measured.lines_below(BM25):
        sys.exit(1)


def _answers(hub: Installation, name: str, options: argparse.Namespace) -> list[Answer]:
    flags = ["--alone"] * options.alone + ["--semantic"] * options.semantic
    kind = ["--kind", options.kind] if options.kind else []
    start = time.monotonic()
    printed = json.loads(hub.job(JOB, name, options.half, *flags, *kind))
    answers = [Answer(**answer) for answer in printed["answers"]]
    print(
        f"{name}: index built in {printed['built']:.1f} s, "
        f"{len(answers)} answers after {time.monotonic() - start:.0f} s",
        flush=True,
    )
    return answers


def _tell_missing(name: str) -> None:
    """The one set that does not ship with the tests is that of npm."""
    print(f"The set {name} was not measured: npm's documentation is not on this machine.")
    if os.environ.get("KNOWLEDGEHUB_REQUIRE_SERVICES") == "1":
        sys.exit(1)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="relevance")
    parser.add_argument("--set", dest="sets", action="append", choices=set_names())
    parser.add_argument("--half", choices=(TUNE, REPORT, "all"))
    parser.add_argument("--kind")
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--semantic", action="store_true")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--home", type=Path)
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--against", type=Path)
    parser.add_argument("--strict", action="store_true")
    options = parser.parse_args(arguments)
    if options.misses and options.half == REPORT:
        parser.error("what was missed of the half that is reported is not to be looked at")
    options.half = options.half or (TUNE if options.misses else REPORT)
    return options
