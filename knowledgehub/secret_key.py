"""The installation's secret key: given by the operator, or made once and kept in its home."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path


def secret_key(given: str, *, home: Path) -> str:
    """Return `given`, or the key kept in `home`, made there for its owner alone if it is missing.

    Two processes that start at once agree: the file is created exclusively, whole, by a link.
    """
    if given:
        return given
    path = home / "secret-key"
    if not path.exists():
        handle, name = tempfile.mkstemp(prefix=".secret-key-", dir=home)
        fresh = Path(name)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass  # Another process was first; its key is as good.
        finally:
            fresh.unlink()
    return path.read_text().strip()
