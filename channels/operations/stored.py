"""Stored entries, read back as what they were prepared as."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from channels.models import Entry, EntryLink, EntrySnippet, Rendering
from channels.operations.candidate import PreparedEntry, PreparedLink, PreparedRendering
from channels.operations.chunks import chunks


def read_back(pks: Iterable[int]) -> Iterator[tuple[Entry, PreparedEntry]]:
    """Yield each of these entries with what its rows say of it, some hundreds at a time."""
    for some in chunks(list(pks)):
        renderings: dict[int, list[PreparedRendering]] = {pk: [] for pk in some}
        for row in Rendering.objects.filter(entry__in=some):
            renderings[row.entry_id].append(
                PreparedRendering(
                    row.format, row.audience_rank, row.blob_id, row.media_type, row.renderer_version
                )
            )
        snippets: dict[int, set[int]] = {pk: set() for pk in some}
        for use in EntrySnippet.objects.filter(entry__in=some):
            snippets[use.entry_id].add(use.snippet_id)
        links: dict[int, list[PreparedLink]] = {pk: [] for pk in some}
        for link in EntryLink.objects.filter(entry__in=some).order_by("pk"):
            links[link.entry_id].append(PreparedLink(link.target, link.audience_rank))
        for entry in Entry.objects.filter(pk__in=some).order_by("pk"):
            yield (
                entry,
                PreparedEntry.of(
                    entry,
                    renderings=renderings[entry.pk],
                    snippets=snippets[entry.pk],
                    links=links[entry.pk],
                ),
            )
