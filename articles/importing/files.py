"""The Markdown files of a folder: found in a fixed order, and read only from inside it."""

from __future__ import annotations

import hashlib
import os
import stat
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from articles.document.text import clean_text, normalized
from articles.importing.refused import Refused

MAX_BYTES = 1_000_000
ENDINGS = (".md", ".markdown")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
_SKIPPED = {"node_modules"}


@dataclass(frozen=True, slots=True)
class Files:
    """The paths of the Markdown files in a folder, sorted; (path, reason) of what cannot be looked
    into; and how many other files there are by ending, without the pictures."""

    markdown: list[str]
    refused: list[tuple[str, str]]
    others: Counter[str]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was read: its path inside the folder, its text and the SHA-256 of its bytes."""

    path: str
    text: str
    sha256: str
    cleaned: bool  # whether characters were left out that no channel can carry


def files_in(root: Path) -> Files:
    """Return what lies below `root`. Hidden files and node_modules are not looked at."""
    found: list[str] = []
    refused: list[tuple[str, str]] = []
    others: Counter[str] = Counter()

    def unreadable(error: OSError) -> None:
        path = os.path.relpath(error.filename, root)
        refused.append((printable(path), f"cannot be read: {error.strerror}."))

    for folder, folders, names in os.walk(root, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not _passed_over(name))
        below = os.path.relpath(folder, root)
        for name in folders:
            if os.path.islink(os.path.join(folder, name)) and not _inside(Path(folder, name), root):
                path = os.path.normpath(os.path.join(below, name))
                refused.append((printable(path), "is a link out of the folder."))
        for name in names:
            ending = os.path.splitext(name)[1].lower()
            if _passed_over(name) or ending in PICTURES:
                continue
            if ending in ENDINGS:
                found.append(os.path.normpath(os.path.join(below, name)).replace(os.sep, "/"))
            else:
                others[printable(ending) or "without ending"] += 1
    return Files(sorted(found), refused, others)


def read_source(root: Path, path: str) -> SourceFile:
    """Read one file. Raises Refused where it is no plain UTF-8 text of at most 1 MB in `root`."""
    if printable(path) != path:
        raise Refused("has a name that is not UTF-8.")
    content = read_inside(root, root / path, limit=MAX_BYTES)
    text = _decoded(content)
    line_ends = text.replace("\r\n", "\n").replace("\r", "\n")
    cleaned = clean_text(text)
    return SourceFile(
        path=path,
        text=cleaned,
        sha256=hashlib.sha256(content).hexdigest(),
        cleaned=cleaned != normalized(line_ends),
    )


def read_inside(root: Path, file: Path, *, limit: int) -> bytes:
    """Return the bytes of `file`. Raises Refused where it leads out of `root`, is no regular
    file, cannot be read, or holds more than `limit` bytes."""
    if not _inside(file, root):
        raise Refused("is a link out of the folder.")
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Refused("is no regular file.")
        with file.open("rb") as opened:
            content = opened.read(limit + 1)
    except OSError as error:
        raise Refused(f"cannot be read: {error.strerror}.") from None
    if len(content) > limit:
        size = max(status.st_size, len(content))
        raise Refused(f"is too large: {size / 1e6:.1f} MB; {limit / 1e6:g} MB is the most.")
    return content


def printable(path: str) -> str:
    """Return `path` with the bytes that are not UTF-8 as question marks."""
    return path.encode("utf-8", "replace").decode()


def _decoded(content: bytes) -> str:
    if b"\0" in content:
        line = content.count(b"\n", 0, content.index(b"\0")) + 1
        raise Refused("holds a NUL: this is no UTF-8 text.", line=line)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Refused(f"is not UTF-8 (byte {error.start + 1}).", line=line) from None


def _inside(file: Path, root: Path) -> bool:
    try:
        return file.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a circle of links
        return False


def _passed_over(name: str) -> bool:
    return name.startswith(".") or name in _SKIPPED
