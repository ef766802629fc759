"""Tables for spreadsheets: CSV in which no cell is a formula.

RFC 4180, UTF-8 with a byte order mark, as spreadsheet programs expect it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

# OWASP, "CSV Injection": what a spreadsheet program takes for the beginning of a formula, also in
# the full-width forms that some of them read alike.
_BEGINNINGS = tuple("=+-@\t\r\n＝＋－＠")
_MARK = "\ufeff"


class _Lines:
    """A file that hands each line back."""

    def write(self, line: str) -> str:
        return line


def safe_cell(value: Any) -> str:
    """Return a value as a cell that is shown and never run: a single quote before what would begin
    a formula. Blanks before it don't hide one, as some programs drop them."""
    cell = "" if value is None else str(value)
    if cell.startswith(_BEGINNINGS) or cell.lstrip().startswith(_BEGINNINGS):
        return f"'{cell}"
    return cell


def csv_lines(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield a file's lines, its byte order mark first."""
    yield _MARK
    # Every cell in quotes: a cell that holds a comma or a quote begins no other one.
    writer = csv.writer(_Lines(), quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows:
        yield writer.writerow([safe_cell(value) for value in row])
