"""Which revisions readers get, of what `articles` knows without knowing what is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Q

from articles.models import Snippet
from channels.models import Entry, EntrySnippet, SnippetEntry


def live_texts(articles: Sequence[int]) -> Mapping[int, int]:
    """Return text id -> id of the revision that readers get, of these articles. One statement."""
    rows = Entry.objects.live().own().filter(article_id__in=articles)
    return dict(rows.values_list("revision__text_id", "revision_id"))


def live_snippets() -> Mapping[int, int]:
    """Return snippet id -> id of the value that readers get. One statement."""
    rows = SnippetEntry.objects.filter(until_edition=None)
    return dict(rows.values_list("snippet_id", "revision_id"))


def texts_telling(snippet: Snippet) -> Q:
    """Return which texts use the snippet in what is live of them, through others as well."""
    uses = EntrySnippet.objects.filter(snippet=snippet, entry__until_edition=None)
    return Q(pk__in=uses.values("entry__revision__text_id"))
