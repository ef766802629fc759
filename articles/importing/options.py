"""What an import is asked to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.models import AbstractUser

from articles.audiences import PUBLIC


def _no_progress(done: int, total: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Options:
    """`actor` is asked for inside each transaction, so that a dry run leaves not even a user."""

    folder: Path  # resolved
    collection: str
    actor: Callable[[], AbstractUser]
    locale: str
    # Defaults for new articles whose files say nothing; an article that is there keeps its own.
    kind: str = "support"
    audience: str = PUBLIC
    topic: str = ""
    create_topics: bool = True
    # Take the file even where the text was edited or retired in the hub.
    overwrite: bool = False
    dry_run: bool = False
    progress: Callable[[int, int], None] = _no_progress
