"""The snippet values that a candidate edition tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from articles.models import Snippet, SnippetRevision
from articles.snippet_values import SnippetValues, Value
from channels.models import SnippetEntry


class EditionValues(SnippetValues):
    """What stands where a text names a snippet: the value that is being published, else the one
    that is live, else (a snippet's first use) the approved one."""

    def __init__(self, wanted: Mapping[int, int]) -> None:
        super().__init__()
        self._wanted = wanted  # snippet id -> revision id
        # First uses, which go live with the edition: snippet id -> revision id.
        self._begun: dict[int, int] = {}

    @classmethod
    def of_now(cls, keys: Iterable[str]) -> EditionValues:
        """Return the values that publishing would tell now, those of `keys` found in two
        statements, however many they are."""
        values = cls({})
        values._values = dict.fromkeys(keys)
        rows = Snippet.objects.filter(key__in=values._values).select_related("approved")
        by_id = {row.pk: row for row in rows}
        entries = SnippetEntry.objects.filter(snippet__in=by_id, until_edition=None)
        live = {entry.snippet_id: entry.revision for entry in entries.select_related("revision")}
        for row in by_id.values():
            if revision := live.get(row.pk) or row.approved:
                values._values[row.key] = Value(row.pk, revision.pk, row.kind, revision.value)
        return values

    def changes(self) -> dict[int, int | None]:
        """Return what the edition changes, after all texts were read: snippet id -> revision id."""
        live: dict[int, int] = {}
        if self._wanted:
            rows = SnippetEntry.objects.filter(snippet_id__in=self._wanted, until_edition=None)
            live = dict(rows.values_list("snippet_id", "revision_id"))
        wanted: dict[int, int | None] = {
            snippet_id: revision_id
            for snippet_id, revision_id in self._wanted.items()
            if live.get(snippet_id) != revision_id
        }
        return wanted | self._begun

    def look_up(self, snippet_ids: Iterable[int]) -> None:
        """Look these up together, instead of each when it is met. Three statements."""
        snippets = list(Snippet.objects.filter(pk__in=snippet_ids).select_related("approved"))
        told = {
            entry.snippet_id: entry.revision
            for entry in SnippetEntry.objects.filter(
                snippet__in=snippets, until_edition=None
            ).select_related("revision")
        }
        wanted = SnippetRevision.objects.filter(pk__in=self._wanted.values())
        told |= {revision.snippet_id: revision for revision in wanted}
        for snippet in snippets:
            if revision := told.get(snippet.pk) or snippet.approved:
                self._values[snippet.key] = Value(
                    snippet.pk, revision.pk, snippet.kind, revision.value
                )

    def _choose(self, snippet: Snippet) -> Value | None:
        if snippet.pk in self._wanted:
            revision = SnippetRevision.objects.get(pk=self._wanted[snippet.pk])
            return Value(snippet.pk, revision.pk, snippet.kind, revision.value)
        live = (
            SnippetEntry.objects.filter(snippet=snippet, until_edition=None)
            .select_related("revision")
            .first()
        )
        if live:
            return Value(snippet.pk, live.revision_id, snippet.kind, live.revision.value)
        value = super()._choose(snippet)
        if value:
            self._begun[snippet.pk] = value.revision_id
        return value
