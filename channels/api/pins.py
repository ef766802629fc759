"""Which edition answers: one for the whole request, read once."""

from __future__ import annotations

from channels.problem import Problem
from channels.queries import current_number


def pin(*, asked: int | None = None, cursor: int | None = None) -> int:
    """Return the edition to answer from: that which is asked for, that of the first page, or the
    current one. Raises Problem (404) for an edition that is yet to come. One statement."""
    current = current_number()
    edition = asked or (current if cursor is None else cursor)
    if edition > current:
        raise Problem(404, "unknown-edition", f"The current edition is {current}.")
    return edition
