"""What is approved and not live, and what publishing it would touch."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet, Value, Window
from django.db.models.functions import Coalesce, RowNumber

from articles.models import ArticleText, Snippet
from channels.models import Entry, EntrySnippet, SnippetEntry

# What one page can show, and one form can carry.
MOST_TEXTS = 400
MOST_SNIPPETS = 200
MOST_NAMED = 20  # articles named for a snippet


@dataclass(frozen=True, slots=True)
class WaitingSnippet:
    snippet: Snippet
    live: SnippetEntry | None
    uses: int  # live texts that publishing brings along
    titles: tuple[str, ...]  # of the first of them


def waiting_texts() -> QuerySet[ArticleText]:
    """Return the texts whose approved revision readers do not get yet, or not at their present
    address, topic, kind or audience."""
    as_it_is = Entry.objects.live().filter(
        article=OuterRef("article"),
        locale=OuterRef("locale"),
        revision=OuterRef("approved"),
        slug=OuterRef("slug"),
        kind=OuterRef("article__kind"),
        audience=OuterRef("article__audience"),
        topic=Coalesce(OuterRef("article__topic__slug"), Value("")),
    )
    return (
        ArticleText.objects.filter(~Exists(as_it_is), approved__isnull=False)
        .select_related("approved__author", "article__topic")
        .defer("approved__body", "approved__summary")
        .prefetch_related("article__topic__names")
        .order_by("article_id", "locale")
    )


def waiting_snippets() -> QuerySet[Snippet]:
    """Return the snippets whose approved value is not the one that is live."""
    live = SnippetEntry.objects.filter(
        snippet=OuterRef("pk"), until_edition=None, revision=OuterRef("approved")
    )
    return (
        Snippet.objects.filter(~Exists(live), approved__isnull=False)
        .select_related("approved__author")
        .order_by("key")
    )


def with_blast_radius(snippets: list[Snippet]) -> list[WaitingSnippet]:
    """Return the snippets with the live texts that use them. Three statements."""
    ids = [snippet.pk for snippet in snippets]
    live = {
        entry.snippet_id: entry
        for entry in SnippetEntry.objects.filter(
            snippet__in=ids, until_edition=None
        ).select_related("revision")
    }
    counts = live_uses(ids)
    titles: dict[int, list[str]] = {}
    rows = (
        _uses(ids)
        .annotate(
            place=Window(
                RowNumber(), partition_by="snippet_id", order_by=("entry__title", "entry_id")
            )
        )
        .filter(place__lte=MOST_NAMED)
        .order_by("snippet_id", "place")
    )
    for snippet_id, title, locale in rows.values_list(
        "snippet_id", "entry__title", "entry__locale"
    ):
        titles.setdefault(snippet_id, []).append(f"{title} ({locale})")
    return [
        WaitingSnippet(
            snippet,
            live.get(snippet.pk),
            counts.get(snippet.pk, 0),
            tuple(titles.get(snippet.pk, ())),
        )
        for snippet in snippets
    ]


def live_uses(snippet_ids: list[int]) -> dict[int, int]:
    """Return in how many live texts each snippet is used, by snippet id. One statement."""
    rows = _uses(snippet_ids).values("snippet_id").annotate(uses=Count("pk"))
    return {row["snippet_id"]: row["uses"] for row in rows.order_by()}


def _uses(snippet_ids: list[int]) -> QuerySet[EntrySnippet]:
    return EntrySnippet.objects.filter(snippet__in=snippet_ids, entry__until_edition=None)
