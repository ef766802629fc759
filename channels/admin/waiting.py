"""What readers do not get yet, or not as editors say it, and what publishing it would touch."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import (
    BigIntegerField,
    Count,
    Exists,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    Window,
)
from django.db.models.functions import Coalesce, RowNumber

from articles.models import ArticleText, Revision, Snippet
from articles.workflow import State
from channels.admin.differences import audience_name
from channels.models import Entry, EntrySnippet, ReleaseItem, SnippetEntry

# What one page can show, and one form can carry.
MOST_TEXTS = 400
MOST_SNIPPETS = 200
MOST_NAMED = 20  # articles named for a snippet


@dataclass(frozen=True, slots=True)
class WaitingText:
    text: ArticleText
    revision: Revision  # to be published
    live: Entry | None

    @property
    def live_already(self) -> bool:
        """Whether its words are live, and only what is said about them is not."""
        return self.live is not None and self.live.revision_id == self.revision.pk

    @property
    def audience(self) -> str:
        return audience_name(self.text.article.audience)

    @property
    def state(self) -> str:
        return str(State(self.text.state).label)

    @property
    def told_to(self) -> str:
        """Who is told the text now, where that is not who it is for; "" elsewhere."""
        if self.live is None or self.live.audience == self.text.article.audience:
            return ""
        return audience_name(self.live.audience)


@dataclass(frozen=True, slots=True)
class WaitingSnippet:
    snippet: Snippet
    live: SnippetEntry | None
    uses: int  # live texts that publishing brings along
    titles: tuple[str, ...]  # of the first of them


def waiting_texts(most: int, *, without: int | None = None) -> list[WaitingText]:
    """Return the first `most` texts whose approved revision readers do not get yet, or not at the
    text's present address, topic, products, kind or audience; not those that the release `without`
    holds.

    Where no revision is approved it is the live one that may be told otherwise: nobody needs to
    approve words to take them from some of their readers. Three statements.
    """
    live = Entry.objects.live().own()
    live = live.filter(article=OuterRef("article"), locale=OuterRef("locale"))
    as_it_is = live.filter(
        revision=OuterRef("revision_to_tell"),
        slug=OuterRef("slug"),
        kind=OuterRef("article__kind"),
        audience=OuterRef("article__audience"),
        topic=Coalesce(OuterRef("article__topic__slug"), Value("")),
        products=OuterRef("article__products"),
    )
    texts = (
        ArticleText.objects.annotate(
            live_entry=Subquery(live.values("pk")[:1]),
            revision_to_tell=Coalesce(
                "approved", Subquery(live.values("revision")[:1]), output_field=BigIntegerField()
            ),
        )
        .filter(~Exists(as_it_is), revision_to_tell__isnull=False)
        .exclude(Exists(_held(without, revision=OuterRef("revision_to_tell"))))
        .select_related("article__topic")
        .prefetch_related("article__topic__names")
        .order_by("article_id", "locale")
    )[:most]
    revisions = Revision.objects.select_related("author").defer("body", "summary")
    found = revisions.in_bulk([text.revision_to_tell for text in texts])
    entries = Entry.objects.in_bulk([text.live_entry for text in texts if text.live_entry])
    return [
        WaitingText(text, found[text.revision_to_tell], entries.get(text.live_entry))
        for text in texts
    ]


def waiting_snippets(*, without: int | None = None) -> QuerySet[Snippet]:
    """Return the snippets whose approved value is not the one that is live; not those that the
    release `without` holds."""
    live = SnippetEntry.objects.filter(
        snippet=OuterRef("pk"), until_edition=None, revision=OuterRef("approved")
    )
    return (
        Snippet.objects.filter(~Exists(live), approved__isnull=False)
        .exclude(Exists(_held(without, snippet_revision=OuterRef("approved"))))
        .select_related("approved__author")
        .order_by("key")
    )


def _held(release: int | None, **item: OuterRef) -> QuerySet[ReleaseItem]:
    return ReleaseItem.objects.filter(release=release, **item)


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
