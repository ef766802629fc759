"""Which revisions readers get, of what `articles` knows without knowing what is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from channels.models import Entry, SnippetEntry


def live_texts(articles: Sequence[int]) -> Mapping[int, int]:
    """Return text id -> id of the revision that readers get, of these articles. One statement."""
    rows = Entry.objects.live().filter(article_id__in=articles)
    return dict(rows.values_list("revision__text_id", "revision_id"))


def live_snippets() -> Mapping[int, int]:
    """Return snippet id -> id of the value that readers get. One statement."""
    rows = SnippetEntry.objects.filter(until_edition=None)
    return dict(rows.values_list("snippet_id", "revision_id"))
