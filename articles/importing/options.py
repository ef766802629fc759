"""What an import is asked to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.models import AbstractUser

from articles.audiences import PUBLIC

# Told what is being done, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]


def no_progress(doing: str, done: int, total: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Options:
    """`actor` is asked for inside each transaction, so that a dry run leaves not even a user."""

    folder: Path  # resolved
    collection: str
    actor: Callable[[], AbstractUser]
    # Of files that name none; None: the hub's first, but not where a path names another language.
    locale: str | None = None
    # Nobody named the collection: another site's may be called the same.
    collection_guessed: bool = False
    # Defaults for new articles whose files say nothing; an article that is there keeps its own.
    kind: str = "support"
    audience: str = PUBLIC
    topic: str = ""
    create_topics: bool = True
    # Take the file even where the text was edited or retired in the hub.
    overwrite: bool = False
    dry_run: bool = False
    progress: Progress = no_progress
