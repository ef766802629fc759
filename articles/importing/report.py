"""What an import did, file by file, and what a person must know about it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from articles.importing.pages import Page
from articles.models import Revision, SnippetRevision


class Outcome(StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    RENAMED = "renamed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to know about a file; `line` counts from 1, None where it is the whole file."""

    path: str
    line: int | None
    message: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return "".join(map(_shown, f"{place}: {self.message}"))


@dataclass(frozen=True, slots=True)
class ImportedText:
    """A file that is in the hub, and the revision that holds it."""

    page: Page
    public_id: str
    revision: Revision
    outcome: Outcome


@dataclass(slots=True)
class Report:
    outcomes: dict[str, Outcome] = field(default_factory=dict)  # by path
    refusals: list[Notice] = field(default_factory=list)
    warnings: list[Notice] = field(default_factory=list)
    texts: list[ImportedText] = field(default_factory=list)
    # Files that hold something a publish would refuse, by path.
    unsound: dict[str, list[Notice]] = field(default_factory=dict)
    # How many files are no Markdown, by ending.
    others: Counter[str] = field(default_factory=Counter)
    # Sources that an earlier run brought and that are in the folder no more.
    gone: list[str] = field(default_factory=list)
    # Values of snippets that an export had approved.
    snippets: list[SnippetRevision] = field(default_factory=list)

    def refuse(self, path: str, line: int | None, reason: str) -> None:
        """Note that the file did not go in, or not as far as it was meant to."""
        self.outcomes[path] = Outcome.REFUSED
        self.refusals.append(Notice(path, line, reason))

    def warn(self, path: str, line: int | None, message: str) -> None:
        """Note something that went in otherwise than it was written."""
        self.warnings.append(Notice(path, line, message))

    def counts(self) -> dict[Outcome, int]:
        """How many files had each outcome."""
        counted = Counter(self.outcomes.values())
        return {outcome: counted[outcome] for outcome in Outcome}


def _shown(char: str) -> str:
    """Return a character as it is, or its escape where a terminal would obey it, hide it or turn
    what stands around it, or could not write it at all: names of files hold what they like."""
    if char.isprintable() or unicodedata.category(char) == "Zs":
        return char
    return char.encode("unicode_escape").decode()
