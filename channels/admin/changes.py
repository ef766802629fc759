"""What an edition changed, or going back to it would change, as an editor reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from articles.admin.snippet_forms import summary
from articles.models import Snippet, SnippetRevision
from channels.models import Edition, Entry, SnippetEntry, TopicEntry
from channels.operations.rollback import Return

MOST_CHANGES = 200  # of a sort, on one page


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one text."""

    kind: str  # added, changed or removed
    entry: Entry


@dataclass(frozen=True, slots=True)
class Changes:
    """As many changes of each sort as a page shows."""

    texts: list[Change]
    snippets: list[tuple[str, str | None]]  # key, and its value; None for one told no more
    topics: list[str]  # slugs
    most: int = MOST_CHANGES


def changes_of(edition: Edition) -> Changes:
    """Return what `edition` changed."""
    begun = SnippetEntry.objects.filter(from_edition=edition).order_by("snippet__key")
    rows = begun.select_related("snippet", "revision")[:MOST_CHANGES]
    topics = TopicEntry.objects.filter(from_edition=edition).order_by("position")
    return Changes(
        texts=list(_texts_of(edition)),
        snippets=[(row.snippet.key, summary(row.snippet.kind, row.revision.value)) for row in rows],
        topics=list(topics.values_list("slug", flat=True)[:MOST_CHANGES]),
    )


def changes_of_return(returning: Return) -> Changes:
    """Return what going back would change; what disappears comes first."""
    return Changes(
        texts=list(_texts_of_return(returning))[:MOST_CHANGES],
        snippets=list(_snippets(returning.snippets)),
        topics=sorted(returning.topics)[:MOST_CHANGES],
    )


def _texts_of(edition: Edition) -> Iterator[Change]:
    begun = list(_entries().filter(from_edition=edition)[:MOST_CHANGES])
    ended = {
        (entry.public_id, entry.locale): entry
        for entry in _entries().filter(until_edition=edition).order_by("pk")
    }
    for entry in begun:
        before = ended.pop((entry.public_id, entry.locale), None)
        yield Change("changed" if before else "added", entry)
    if len(begun) < MOST_CHANGES:
        for entry in list(ended.values())[: MOST_CHANGES - len(begun)]:
            yield Change("removed", entry)


def _texts_of_return(returning: Return) -> Iterator[Change]:
    removed = [entry.id for entry in returning.removed[:MOST_CHANGES]]
    for entry in _entries().filter(pk__in=removed):
        yield Change("removed", entry)
    for entry in _entries().filter(pk__in=returning.coming[:MOST_CHANGES]):
        replaces = (entry.public_id, entry.locale) in returning.replaced
        yield Change("changed" if replaces else "added", entry)


def _entries() -> QuerySet[Entry]:
    return Entry.objects.only(
        "public_id",
        "locale",
        "converted_from",
        "title",
        "article_id",
        "from_edition_id",
        "until_edition_id",
    ).order_by("title", "locale")


def _snippets(changes: Mapping[int, int | None]) -> Iterator[tuple[str, str | None]]:
    some = dict(list(changes.items())[:MOST_CHANGES])
    revisions = SnippetRevision.objects.in_bulk([pk for pk in some.values() if pk])
    for snippet in Snippet.objects.filter(pk__in=some).order_by("key"):
        revision = some[snippet.pk]
        value = summary(snippet.kind, revisions[revision].value) if revision else None
        yield snippet.key, value
