"""What a visitor's request reads: one edition, in their locale, or in what stands in for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from articles.audiences import PUBLIC, rank
from articles.locales import fallback_chain
from channels.models import Entry
from channels.models.update_request import UpdateRequestQuerySet
from channels.queries import current_edition, entries_at, visible_requests

# The website tells everybody the same, whoever is signed in.
RANK = rank(PUBLIC)


@dataclass(frozen=True, slots=True)
class Reading:
    """The edition that a request read first; all that it shows is of this edition."""

    locale: str
    number: int  # 0 before the first edition
    published_at: datetime | None

    @property
    def locales(self) -> tuple[str, ...]:
        """The reader's locale, then those that stand in for it."""
        return fallback_chain(self.locale)

    def texts(self) -> QuerySet[Entry]:
        """All public texts of the edition, in every locale."""
        return entries_at(self.number, rank=RANK)

    def best_texts(self) -> QuerySet[Entry]:
        """Each public article once: in the reader's locale, or in the first that stands in."""
        chain = self.locales
        chosen = Q(locale=chain[0])
        for place in range(1, len(chain)):
            better = self.texts().filter(public_id=OuterRef("public_id"), locale__in=chain[:place])
            chosen |= Q(~Exists(better), locale=chain[place])
        return self.texts().filter(chosen)

    def requests(self) -> UpdateRequestQuerySet:
        """What readers of these locales ask for, most wanted first."""
        return visible_requests(RANK, edition=self.number).filter(locale__in=self.locales)


def begin(locale: str) -> Reading:
    """Read which edition is current. One statement, the first of every page."""
    edition = current_edition()
    if edition is None:
        return Reading(locale, 0, None)
    return Reading(locale, edition.number, edition.published_at)
