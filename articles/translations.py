"""How a translation stands to the text it was made from, as rules: does it still say the same?

A translation names the source's revision that it says the same as. What the source's approved
revision holds beyond that one is what the translation lacks, drafts in between included, as each
revision stands on those before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import Significance


class Standing(models.TextChoices):
    """What can be said of an article's text in a locale, against the article's source."""

    SOURCE = "source", _("source")
    MISSING = "missing", _("missing")
    BEHIND = "behind", _("behind")
    MAYBE = "maybe", _("may be behind")
    CURRENT = "current", _("up to date")


@dataclass(frozen=True, slots=True)
class Mark:
    """A revision of the source, as far as the rules look at it."""

    number: int
    significance: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Named:
    """What a translation says of itself: the number of the source's revision that it says the
    same as, if it names one, and when its newest revision was written."""

    number: int | None
    created_at: datetime

    def covers(self, mark: Mark) -> bool:
        """Whether the translation knows what this revision of the source says. One that names
        none knows what was written before it."""
        if self.number is not None:
            return mark.number <= self.number
        return mark.created_at <= self.created_at


def standing(named: Named, source: Iterable[Mark], *, approved: int | None) -> Standing:
    """Return how a translation stands to `source`, of which the revision `approved` may be told.

    A new wording of the same asks for nothing. Where a translation names no revision, nobody
    knows what the translator had read, so any other change counts in full.
    """
    lacking = {mark.significance for mark in unknown_to(named, source, approved=approved)}
    if Significance.TRANSLATION in lacking:
        return Standing.BEHIND
    if Significance.CONTENT in lacking:
        return Standing.MAYBE if named.number is not None else Standing.BEHIND
    return Standing.CURRENT


def unknown_to(named: Named, source: Iterable[Mark], *, approved: int | None) -> list[Mark]:
    """Return the revisions of the source, up to the approved one, that the translation lacks."""
    if approved is None:
        return []
    return [mark for mark in source if mark.number <= approved and not named.covers(mark)]


def known_to(named: Named, source: Iterable[Mark], *, approved: int | None) -> int | None:
    """Return the number of the source's newest revision that the translation knows; None where it
    knows none."""
    if named.number is not None:
        return named.number
    return max(
        (mark.number for mark in source if mark.number <= (approved or 0) and named.covers(mark)),
        default=None,
    )
