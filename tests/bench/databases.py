"""The databases to measure on: SQLite, and PostgreSQL where its server is installed."""

from __future__ import annotations

from collections.abc import Iterator

from tests.postgresql import binaries, cluster


def clusters() -> Iterator[str]:
    """Yield "" for SQLite and the address of a cluster that lives until the next step."""
    yield ""
    if binaries() is None:
        print("PostgreSQL's server is not installed: measured on SQLite alone.")
        return
    with cluster() as address:
        yield address
