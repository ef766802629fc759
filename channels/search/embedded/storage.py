"""A folder of Whoosh's files, each read where it lies: opening one reads nothing.

Whoosh itself packs a segment into one file and copies out of it what it opens: a segment of 300 MB
took a tenth of a second at every commit, and as much memory in every process. Nor are files mapped
into memory: one that is cut short while it is mapped takes the process with it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile


class OpenFile(StructFile):
    """Closed with whoever opened it; Whoosh's readers are dropped without a word."""

    def __del__(self) -> None:
        if not self.is_closed:
            self.close()


class IndexStorage(FileStorage):
    def open_file(self, name: str, **kwargs: Any) -> OpenFile:
        return OpenFile(Path(self.folder, name).open("rb"), name=name, **kwargs)
