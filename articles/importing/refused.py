"""The reason why a file cannot be taken, and where in it."""

from __future__ import annotations


class Refused(Exception):
    """A file cannot be imported; `line` counts from 1, None where it is the whole file."""

    def __init__(self, reason: str, *, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
