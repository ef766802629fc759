"""The folder of an export: written beside its place and moved there, whole or not at all."""

from __future__ import annotations

import re
import secrets
import shutil
from pathlib import Path
from types import TracebackType

from articles.exceptions import OperationRefused
from articles.exported_form import ATTACHMENTS, FORMAT, KNOWLEDGE, PAGES

_OURS = re.compile(
    rf"{PAGES}(/[A-Za-z0-9-]+(/[a-z0-9-]+\.md)?)?|{ATTACHMENTS}(/[0-9a-f]{{64}}\.[a-z0-9]+)?"
)
# In this order: a folder that was broken off in between still says that it is an export.
_PARTS = (PAGES, ATTACHMENTS, KNOWLEDGE)


class ExportFolder:
    """A context: what is written into it comes to `place` when it ends without an error.

    Beside what an export writes, other files at the top of the folder (`.git`) are left alone.
    """

    def __init__(self, place: Path) -> None:
        self.place = place
        self._staging = place.with_name(f".{place.name}.{secrets.token_hex(8)}")

    def __enter__(self) -> ExportFolder:
        """Raises OperationRefused where the folder holds what no export wrote."""
        check_place(self.place)
        try:
            self._staging.mkdir(parents=True)
        except OSError as error:
            raise OperationRefused(f"Cannot write beside {self.place}: {error.strerror}.") from None
        for part in (PAGES, ATTACHMENTS):
            (self._staging / part).mkdir()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self._move()
        finally:
            shutil.rmtree(self._staging, ignore_errors=True)

    def path(self, inside: str) -> Path:
        """Return where to write the file `inside`. Raises ValueError where that is outside."""
        path = self._staging / inside
        if not path.resolve().is_relative_to(self._staging.resolve()) or not (
            inside == KNOWLEDGE or _OURS.fullmatch(inside)
        ):
            raise ValueError(f"{inside!r} is no file of an export")
        path.parent.mkdir(exist_ok=True)
        return path

    def _move(self) -> None:
        check_place(self.place)  # once more: it may have been filled meanwhile
        if not self.place.exists() or not any(self.place.iterdir()):
            self._staging.replace(self.place)
            return
        former = self._staging / "former"
        former.mkdir()
        for part in _PARTS:
            if (self.place / part).exists():
                (self.place / part).replace(former / part)
            (self._staging / part).replace(self.place / part)


def check_place(place: Path) -> None:
    """Raise OperationRefused unless `place` is missing, empty, or an export to be replaced."""
    if not place.exists():
        return
    if not place.is_dir():
        raise OperationRefused(f"{place} is no folder.")
    if any(place.iterdir()) and not is_export(place):
        raise OperationRefused(f"{place} is not empty and no export: nothing was written.")
    for part in (PAGES, ATTACHMENTS):
        if (place / part).is_symlink():
            raise OperationRefused(f"{place / part} is a link: nothing was written.")
        for path in sorted((place / part).rglob("*")):
            inside = path.relative_to(place).as_posix()
            if not _OURS.fullmatch(inside) or path.is_symlink():
                raise OperationRefused(f"{path} is of no export: nothing was written.")


def is_export(place: Path) -> bool:
    """Whether the folder says that an export wrote it."""
    try:
        with (place / KNOWLEDGE).open("rb") as file:
            return file.read(200).startswith(f'{{"format": "{FORMAT}"'.encode())
    except OSError:
        return False
