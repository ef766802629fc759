"""The embedded index's files: a folder for each build, a small file that says which of them
counts and how far it is, and locks that keep writing, and building, to one process each.

The index is a cache: it holds nothing that can't be made anew from the database.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import AbstractContextManager
from dataclasses import asdict, astuple, dataclass
from pathlib import Path

from channels.search.locks import file_lock


@dataclass(frozen=True, slots=True)
class State:
    """How far the index is. Written after every commit, so it never promises too much."""

    version: int  # of the schema
    folder: str
    edition: int
    manifest_digest: str  # of that edition: another database's index is not ours
    documents: int

    def can_be_true(self) -> bool:
        """Whether it may have been written here: a file that was scribbled on says anything."""
        values, types = astuple(self), (int, str, int, str, int)
        is_typed = all(type(one) is kind for one, kind in zip(values, types, strict=True))
        return is_typed and Path(self.folder).name == self.folder not in ("", "..")


class IndexFiles:
    def __init__(self, home: Path) -> None:
        self.home = home
        self._state_file = home / "state.json"

    def state(self) -> State | None:
        """Return how far the index is; None where there is none that can be told."""
        try:
            state = State(**json.loads(self._state_file.read_bytes()))
        except (OSError, ValueError, TypeError):
            return None
        return state if state.can_be_true() else None

    def stamp(self) -> tuple[int, int] | None:
        """Return what changes whenever the state does, for the price of one `stat`."""
        try:
            found = self._state_file.stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns

    def write_state(self, state: State) -> None:
        """Replace the state at once: from here on readers open what it names."""
        written = self._state_file.with_suffix(".new")
        written.write_text(json.dumps(asdict(state)))
        os.replace(written, self._state_file)

    def folder(self, state: State) -> Path:
        return self.build(state.folder)

    def build(self, name: str) -> Path:
        return self.home / name

    def remove_builds_but(self, name: str) -> None:
        """Remove former builds, and those that were never finished. Who has one open keeps it."""
        for path in self.home.iterdir():
            if path.is_dir() and path.name != name:
                shutil.rmtree(path, ignore_errors=True)

    def call_damaged(self, state: State | None) -> None:
        """Leave word for the background process that this build can't be read."""
        if state is not None and (folder := self.folder(state)).is_dir():
            (folder / "damaged").touch()

    def is_called_damaged(self, state: State) -> bool:
        folder = self.folder(state)
        return not folder.is_dir() or (folder / "damaged").exists()

    def only_writer(self, wait: float) -> AbstractContextManager[None]:
        return self._only_one("lock", wait)

    def only_builder(self, wait: float) -> AbstractContextManager[None]:
        return self._only_one("build-lock", wait)

    def _only_one(self, lock: str, wait: float) -> AbstractContextManager[None]:
        if self.home.is_file():  # Whatever it is, no index can be made in it.
            self.home.rename(self.home.with_name(f"{self.home.name}.was-a-file"))
        return file_lock(self.home / lock, wait)
