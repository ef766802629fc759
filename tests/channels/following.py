"""Publishes, and each time waits until a worker somewhere else has brought the search index to it.

python -m tests.job tests.channels.following
"""

from __future__ import annotations

import time

from channels.models import OutboxRow
from channels.search.queries import search
from tests.building import published

PATIENCE = 20.0  # seconds


def wait_for(word: str) -> None:
    """Raises TimeoutError."""
    deadline = time.monotonic() + PATIENCE
    while OutboxRow.objects.filter(done_at=None).exists() or not hits(word):
        if time.monotonic() > deadline:
            raise TimeoutError(f"No worker followed: {list(OutboxRow.objects.values())}")
        time.sleep(0.05)


def hits(word: str) -> list[str]:
    return [hit.title for hit in search(word, locale="en", rank=0).hits]


def main(arguments: list[str]) -> None:
    # Twice: a worker that only begins well brings the index to the first one.
    for word in ("Fax", "Telex"):
        published(f"About the {word}", "It is gone.")
        wait_for(word)
