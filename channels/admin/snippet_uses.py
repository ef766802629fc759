"""Where a snippet is live, for the page that lists its uses."""

from __future__ import annotations

from dataclasses import replace

from articles.admin.snippet_page import UsingText
from articles.models import Snippet
from channels.models import Entry, EntrySnippet


def with_live(snippet: Snippet, uses: list[UsingText]) -> list[UsingText]:
    """Return the uses with the editions since which their texts are live. Two statements."""
    articles = {use.text.article_id for use in uses}
    rows = Entry.objects.live().own().filter(article__in=articles)
    live = {
        (article, locale): (pk, edition)
        for pk, article, locale, edition in rows.values_list(
            "pk", "article_id", "locale", "from_edition_id"
        )
    }
    using = set(
        EntrySnippet.objects.filter(
            snippet=snippet, entry__in=[pk for pk, _edition in live.values()]
        ).values_list("entry_id", flat=True)
    )
    shown = []
    for use in uses:
        pk, edition = live.get((use.text.article_id, use.text.locale), (0, None))
        shown.append(replace(use, live_since=edition, live_uses=pk in using))
    return shown
