"""Which database, and how it is opened: SQLite by default, PostgreSQL by DATABASE_URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

# recursive_triggers: without it INSERT OR REPLACE would delete a published row unseen by the
# triggers that forbid it. FULL: an acknowledged publish survives a power cut.
SQLITE_PRAGMAS = """
PRAGMA journal_mode=WAL;
PRAGMA synchronous=FULL;
PRAGMA recursive_triggers=ON;
PRAGMA cache_size=-16000;
PRAGMA mmap_size=268435456;
"""


def sqlite_settings(path: Path | str) -> dict[str, Any]:
    """Open `path` so that writers queue up instead of failing, and reads never wait."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": SQLITE_PRAGMAS,
        },
    }


def postgresql_settings(url: str) -> dict[str, Any]:
    """A pool in each process; CONN_MAX_AGE stays 0, or every request would drain the pool."""
    settings: dict[str, Any] = environ.Env.db_url_config(url)
    if settings["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_URL must be a postgresql:// address.")
    options = settings.setdefault("OPTIONS", {})
    # A statement that comes again is planned once a connection: reading then takes half as long.
    options["server_side_binding"] = True
    options["prepare_threshold"] = 5
    options["pool"] = {"min_size": 1, "max_size": 16, "timeout": 20}
    settings["CONN_MAX_AGE"] = 0
    return settings


def database_settings(url: str, *, home: Path) -> dict[str, Any]:
    """Settings for `url`, or for the SQLite file in `home` where it is empty."""
    if url:
        return postgresql_settings(url)
    return sqlite_settings(home / "knowledgehub.sqlite3")
