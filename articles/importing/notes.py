"""The note on an imported revision: how a later run knows which file it came from."""

from __future__ import annotations

import re

PREFIX = "import:"
_NOTE = re.compile(rf"{PREFIX}([0-9a-f]{{64}})(?: |$)")


def import_note(*, sha256: str, path: str) -> str:
    """Return the note of a revision made from the file with these bytes at `path`."""
    return f"{PREFIX}{sha256} {path}"


def imported_sha256(note: str) -> str:
    """Return the SHA-256 of the file that a revision was made from, "" if it was not imported."""
    found = _NOTE.match(note)
    return found[1] if found else ""
