"""Cells of a CSV file that a spreadsheet does not take for formulas."""

from __future__ import annotations

import re

# OWASP, "CSV Injection": what begins so may be computed when the file is opened. The wide forms
# are what a Chinese or Japanese input method types.
_COMPUTED = re.compile(r"^[=+\-@\t\r\n＝＋－＠]")


def safe_cell(value: object) -> str:
    """Return `value` as text; one that could be a formula begins with an apostrophe instead."""
    text = "" if value is None else str(value)
    return f"'{text}" if _COMPUTED.match(text) else text
