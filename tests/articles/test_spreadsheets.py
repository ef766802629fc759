"""No cell of a table for spreadsheets is a formula, and every cell says what was meant."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.spreadsheets import csv_lines, safe_cell

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "＝1", "＠x")
ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))
BEFORE = st.sampled_from(["", " ", "\t", "\r", "\n", "'"])
LIKE_FORMULAS = st.tuples(BEFORE, st.sampled_from("=+-@a"), ANY_TEXT).map("".join)


@pytest.mark.parametrize("typed", FORMULAS)
def test_what_begins_a_formula_is_text(typed: str) -> None:
    assert safe_cell(typed) == f"'{typed}"


@pytest.mark.parametrize("typed", ["", "Activate an eSIM", "'=1", "a=1", "5 – 3", "，", 7, None])
def test_what_begins_none_stays_as_it_is(typed: object) -> None:
    assert safe_cell(typed) == ("" if typed is None else str(typed))


@given(ANY_TEXT | LIKE_FORMULAS)
def test_no_cell_begins_a_formula(typed: str) -> None:
    cell = safe_cell(typed)

    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))
    assert cell.removeprefix("'") == typed.removeprefix("'")


@given(st.lists(st.lists(ANY_TEXT | LIKE_FORMULAS, min_size=1, max_size=4), max_size=4))
def test_a_file_is_read_back_cell_by_cell(rows: list[list[str]]) -> None:
    file = "".join(csv_lines(rows))

    assert file.startswith("\ufeff")
    read = list(csv.reader(io.StringIO(file[1:], newline="")))
    assert read == [[safe_cell(cell) for cell in row] for row in rows]
