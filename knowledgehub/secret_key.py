"""The installation's secret key: given by the operator, or made once and kept in its home."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret_key(given: str, *, home: Path) -> str:
    """Return `given`, or the key kept in `home`, made there for its owner alone if it is missing.

    Two processes that start at once agree: the file is created exclusively, whole, by a link.
    """
    if given:
        return given
    path = home / "secret-key"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        fresh = home / f".secret-key-{os.getpid()}"
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass  # Another process was first; its key is as good.
        finally:
            fresh.unlink()
    return path.read_text().strip()
