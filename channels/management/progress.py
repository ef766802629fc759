"""How far a command is, for who waits for it: one line that changes on a terminal, and elsewhere
(in a log) a line every few seconds."""

from __future__ import annotations

import time

from django.core.management.base import OutputWrapper

SECONDS = 3.0  # between two lines of a log


class Progress:
    """Called with what is being done, how much of it is done, and how much there is."""

    def __init__(self, stream: OutputWrapper) -> None:
        self._stream = stream
        self._on_terminal = stream.isatty()
        self._said_at = time.monotonic()

    def __call__(self, doing: str, done: int, total: int) -> None:
        if self._on_terminal:
            self._write(f"\r\x1b[K{doing} {done} of {total}")
        elif time.monotonic() - self._said_at >= SECONDS:
            self._said_at = time.monotonic()
            self._write(f"{doing} {done} of {total}\n")

    def end(self) -> None:
        """Clear the terminal's line."""
        if self._on_terminal:
            self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        self._stream.write(text, style_func=str, ending="")
        self._stream.flush()
