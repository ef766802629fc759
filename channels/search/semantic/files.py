"""The vectors' files: chunks, a small file that says which of them count and how far they are, and
a lock that keeps writing to one process. A cache, as the index is: it can be made anew at any time.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from channels.search.exceptions import IndexBusy

VERSION = 1  # of the chunks and of what is encoded: those of another are made anew


@dataclass(frozen=True, slots=True)
class State:
    version: int
    encoder: str
    edition: int  # that was followed last
    manifest_digest: str
    is_whole: bool  # whether each entry of that edition has its vectors
    chunks: tuple[str, ...]
    ended: tuple[int, ...]  # entries of the chunks that are told no more


class VectorFiles:
    def __init__(self, home: Path) -> None:
        self.home = home
        self._state_file = home / "state.json"

    def state(self) -> State | None:
        """Return how far the vectors are; None where there are none that can be told."""
        try:
            told = json.loads(self._state_file.read_bytes())
            told["chunks"], told["ended"] = tuple(told["chunks"]), tuple(told["ended"])
            return State(**told)
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def stamp(self) -> tuple[int, int] | None:
        """Return what changes whenever the state does, for the price of one `stat`."""
        try:
            found = self._state_file.stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns

    def write_state(self, state: State) -> None:
        """Replace the state at once, and remove the chunks that count no more. Who has one open
        keeps it."""
        written = self._state_file.with_suffix(".new")
        written.write_text(json.dumps(asdict(state)))
        os.replace(written, self._state_file)
        for path in self.home.glob("*.npy"):
            if path.name.partition(".")[0] not in state.chunks:
                path.unlink(missing_ok=True)

    def forget(self) -> None:
        """Leave no state: what can't be read is made anew by the background process."""
        self._state_file.unlink(missing_ok=True)

    @contextmanager
    def only_writer(self) -> Iterator[None]:
        """Keep every other writer out; raises IndexBusy where there is one."""
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise IndexBusy("Another process is writing the vectors.") from None
            yield
