"""Where a search goes into the log, and what readers did with its hits."""

from __future__ import annotations

import re

from channels.search.queries import Results

_ID = re.compile(r"[A-Za-z0-9_-]{22}")


def noted(found: Results, *, query: str, locale: str, channel: str, rank: int) -> str:
    """Return the id by which what readers did with the hits is told; "" where no log is kept."""
    return ""


def note_outcome(*, search_id: str, what: str, public_id: str = "") -> None:
    """Put down what a reader did with a hit: `opened`, `helped` or `not_helped`; with no article,
    `asked`. An id that is none is ignored."""


def is_search_id(value: str) -> bool:
    return _ID.fullmatch(value) is not None
