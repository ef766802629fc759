"""What a run found, as tables and sentences on the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from tests.bench.relevance.answers import (
    MRR,
    OURS,
    QUALITY,
    SEMANTIC,
    STOCK_ALL,
    STOCK_ANY,
    Answer,
)
from tests.bench.relevance.measured import ALL, BM25, Measured, is_below
from tests.bench.report import table
from tests.relevance.sets import OUT_OF_SCOPE, TUNE

COMPARED = {"semantic": SEMANTIC, "BM25": BM25, "all": STOCK_ALL, "any": STOCK_ANY}
MISSED_FROM = 4  # Whoever gets the answer in the fourth place reads three wrong ones first.


def tell(measured: Measured) -> None:
    """Print a table for each set and language; what is below BM25 has a mark."""
    print(f"\nHalf: {measured.half}. Recall@k and MRR of the first 10; ! marks what is below BM25.")
    print("“all” and “any” are Whoosh's default parser with AND and with OR; “unfit” is the share")
    print("about which the search said that nothing fits. CPU: ms, median.")
    for place, kinds in measured.figures.items():
        compared = {name: of for name, of in COMPARED.items() if of in next(iter(kinds.values()))}
        print(f"\n{place}" + (f" ({measured.cuts[place]})" if compared else ""))
        header = ["", "n", *QUALITY, "no hit", "unfit", "p50 ms", "p95", "CPU"]
        header += [f"{name} {figure}" for name in compared for figure in _shown(name)]
        rows = []
        for kind, engines in kinds.items():
            if kind == OUT_OF_SCOPE:
                continue
            ours = engines[OURS]
            row = [kind, f"{ours['n']:.0f}"]
            row += [_figure(ours[name]) + "! "[not is_below(engines, name)] for name in QUALITY]
            row += [f"{ours['nothing']:.0%}", f"{ours['unfit']:.0%}"]
            row += [f"{ours['p50']:.1f}", f"{ours['p95']:.1f}", f"{ours['cpu']:.1f}"]
            for name, engine in compared.items():
                row += [_figure(engines[engine][figure], figure) for figure in _shown(name)]
            rows.append(row)
        table(header, rows)
        _tell_fits(kinds)
    for name, below in (
        ("BM25", measured.lines_below(BM25)),
        ("Whoosh with OR, by MRR,", measured.lines_below(STOCK_ANY, [MRR])),
    ):
        if below:
            print(f"\nBelow {name} in {len(below)} lines: {'; '.join(below)}.")


def tell_misses(name: str, answers: Iterable[Answer]) -> None:
    """Print what the search missed, of the half that may be looked at."""
    for answer in answers:
        if answer.engine != OURS or answer.half != TUNE:
            continue
        fault = ""
        if not answer.answerable:
            fault = "says that it answers" if answer.fits else ""
        elif not 0 < answer.place < MISSED_FROM:
            fault = f"at {answer.place}" if answer.place else "not found"
        if answer.answerable and not answer.fits:
            fault += ", says that nothing fits" if fault else "says that nothing fits"
        if fault:
            print(f"{name}/{answer.locale} {answer.kind}: {answer.question}")
            wanted = f"{' or '.join(answer.wanted)} " if answer.wanted else ""
            print(f"    {wanted}{fault}; first: {', '.join(answer.found) or 'nothing'}")


def tell_differences(former: Measured, measured: Measured) -> None:
    """Print what is better and what is worse than in the run before."""
    print(f"\nAgainst the former run (half: {former.half}):")
    rows = []
    for place, kinds in measured.figures.items():
        for kind, engines in kinds.items():
            before = former.figures.get(place, {}).get(kind, {}).get(OURS)
            if before is None:
                continue
            now = engines[OURS]
            names = ("unfit",) if kind == OUT_OF_SCOPE else (*QUALITY, "nothing", "unfit")
            moved = {name: now[name] - before[name] for name in names}
            if any(moved.values()):
                changes = [f"{moved.get(name, 0):+.3f}" for name in (*QUALITY, "nothing", "unfit")]
                milliseconds = f"{before['cpu']:.1f} → {now['cpu']:.1f}"
                rows.append([f"{place}, {kind}", f"{now['n']:.0f}", *changes, milliseconds])
    if rows:
        table(["", "n", *QUALITY, "no hit", "nothing fits", "CPU ms"], rows)
    else:
        print("nothing changed.")
    for place, asked in measured.places.items():
        for question, now_at in asked.items():
            was_at = former.places.get(place, {}).get(question, now_at)
            if now_at != was_at:
                print(f"  {place}: {was_at or 'not found'} → {now_at or 'not found'}  {question}")


def _tell_fits(kinds: dict[str, dict[str, dict[str, float]]]) -> None:
    for engine, whose in ((OURS, ""), (SEMANTIC, "With the extra semantic, ")):
        said = []
        if none := kinds.get(OUT_OF_SCOPE, {}).get(engine):
            said.append(f"to {none['unfit']:.0%} of {none['n']:.0f} questions out of scope")
        if some := kinds.get(ALL, {}).get(engine):
            said.append(f"wrongly to {some['unfit']:.1%} of {some['n']:.0f} others")
        if said:
            print(f"{whose}“Nothing fits” was answered {', '.join(said)}.")


def _shown(name: str) -> tuple[str, ...]:
    if name == "semantic":
        return *QUALITY, "p50"
    return QUALITY if name == "BM25" else ("@3", MRR)


def _figure(value: float, name: str = "") -> str:
    return f"{value:.1f}" if name == "p50" else f"{value:.3f}"
