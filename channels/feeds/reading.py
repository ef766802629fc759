"""One page of a feed out of an edition, in a number of statements that its size does not change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Min, QuerySet

from channels.delivery.bodies import bodies
from channels.feeds.selection import Selection
from channels.models import Edition, Entry
from channels.problem import Problem
from channels.queries import current_edition, entries_at, topics_at, with_descendants

PAGE_SIZE = 50
# Whoever fetches at least once in so many editions learns of every text that is told no more.
REMEMBERED_EDITIONS = 50


@dataclass(frozen=True, slots=True)
class Told:
    """A text of the feed with the bytes that the reader gets."""

    entry: Entry
    html: bytes
    first_published: datetime


@dataclass(frozen=True, slots=True)
class Removed:
    """A text that the feed told and tells no more."""

    public_id: str
    since: datetime


def chosen_edition(asked: int | None) -> Edition | None:
    """Return the edition to read; None before the first. Raises Problem (404) for one to come."""
    current = current_edition()
    if asked is None:
        return current
    if current is None or asked > current.number:
        raise Problem(404, "not-found", "There is no such edition.")
    return current if asked == current.number else Edition.objects.get(pk=asked)


class Reading:
    """What `edition` tells readers of `rank` in `locale` of the selection."""

    def __init__(self, edition: Edition, locale: str, rank: int, selection: Selection) -> None:
        self.edition = edition
        self.locale = locale
        self.rank = rank
        self.selection = selection
        self._topics = self._chosen_topics()

    def texts(self) -> tuple[list[Told], bool]:
        """Return the texts of the page, those of the newest edition first, and if more follow."""
        rows = self._live().select_related("from_edition")
        entries = list(rows.order_by("-from_edition_id", "public_id")[self._rows()])
        return self._told(entries[:PAGE_SIZE]), len(entries) > PAGE_SIZE

    def removed(self) -> tuple[list[Removed], bool]:
        """Return what went within the last editions and is not told again, the newest first, a
        page of it as of the texts, and if more follow."""
        number = self.edition.number
        ended = (
            self._selected(Entry.objects.visible_to(self.rank))
            .filter(until_edition_id__gt=number - REMEMBERED_EDITIONS, until_edition_id__lte=number)
            .exclude(public_id__in=self._live().values("public_id"))
            .values_list("public_id")
            .annotate(last=Max("until_edition_id"), since=Max("until_edition__published_at"))
            .order_by("-last", "public_id")
        )
        found = [Removed(public_id, since) for public_id, _, since in ended[self._rows()]]
        return found[:PAGE_SIZE], len(found) > PAGE_SIZE

    def _rows(self) -> slice:
        """The rows of the page, and one more to see if there is a next."""
        start = (self.selection.page - 1) * PAGE_SIZE
        return slice(start, start + PAGE_SIZE + 1)

    def _chosen_topics(self) -> list[str]:
        """Return the topic that was asked for and those below it.

        Raises Problem (400) for a topic that there is not, or that never had a text for the
        reader. One that has none any more still tells what went.
        """
        slug = self.selection.topic
        if not slug:
            return []
        nodes = topics_at(self.edition.number)
        chosen = with_descendants(slug, nodes)
        told = Entry.objects.visible_to(self.rank).filter(
            topic__in=chosen, from_edition_id__lte=self.edition.number
        )
        if slug not in {node.slug for node in nodes} or not told.exists():
            raise Problem(400, "unknown-topic", "There is no such topic.")
        return chosen

    def _live(self) -> QuerySet[Entry]:
        return self._selected(entries_at(self.edition.number, rank=self.rank))

    def _selected(self, entries: QuerySet[Entry]) -> QuerySet[Entry]:
        entries = entries.filter(locale=self.locale)
        if self.selection.kind:
            entries = entries.filter(kind=self.selection.kind)
        return entries.filter(topic__in=self._topics) if self._topics else entries

    def _told(self, entries: Sequence[Entry]) -> list[Told]:
        html = bodies((entry.pk for entry in entries), format="html", rank=self.rank)
        first = dict(
            Entry.objects.visible_to(self.rank)
            .filter(public_id__in=[entry.public_id for entry in entries], locale=self.locale)
            .values_list("public_id")
            .annotate(Min("from_edition__published_at"))
        )
        return [Told(entry, html[entry.pk], first[entry.public_id]) for entry in entries]
