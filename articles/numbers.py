"""Numbers as people and programs write them into addresses and forms."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[1-9][0-9]{0,17}")


def whole_number(text: str, *, most: int) -> int | None:
    """Return the number from 1 to `most` that `text` writes in ASCII digits; None for all else."""
    if _NUMBER.fullmatch(text) is None or int(text) > most:
        return None
    return int(text)
