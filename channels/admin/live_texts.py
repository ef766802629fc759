"""Where an article is told now, and how far its newest texts are from that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from articles.admin.comparisons import as_text
from articles.comparing import word_diff
from articles.document.words import split_words
from articles.models import Article, ArticleText, Revision
from channels.models import Entry

COMPARE = "admin:channels_compare_live"


@dataclass(frozen=True, slots=True)
class LiveText:
    """One text that is told, since `edition`; `added` and `removed` count the words by which the
    newest revision differs from it."""

    edition: int
    revision: int
    page: str
    api: str
    added: int = 0
    removed: int = 0
    compare: str = ""  # the address of the page that shows it; "" for the same words
    converted_from: str = ""  # the name of the language, "" for what people wrote

    @property
    def differs(self) -> bool:
        return bool(self.added or self.removed)


def live_texts(article: Article, entries: Iterable[Entry]) -> dict[str, LiveText]:
    """Return what is live of the article by locale; `entries` come with their revisions, and the
    article with its texts."""
    texts: Mapping[str, ArticleText] = {text.locale: text for text in article.texts.all()}
    return {entry.locale: _live_text(article, entry, texts.get(entry.locale)) for entry in entries}


def _live_text(article: Article, entry: Entry, text: ArticleText | None) -> LiveText:
    head = text.head if text else None
    # A conversion's revision is in the other script: its words are all others.
    added, removed = (0, 0) if entry.converted_from else _words_apart(entry.revision, head)
    return LiveText(
        edition=entry.from_edition_id,
        revision=entry.revision.number,
        page=f"/{entry.locale}/a/{article.public_id}/",
        api=f"/api/v1/articles/{article.public_id}/?locale={entry.locale}",
        added=added,
        removed=removed,
        compare=_compare_url(text) if text and (added or removed or entry.converted_from) else "",
        converted_from=entry.converted_from_name,
    )


def _words_apart(live: Revision, head: Revision | None) -> tuple[int, int]:
    """Return how many words came and went; a Han character is one."""
    if head is None or head.pk == live.pk:
        return 0, 0
    counts = {"same": 0, "added": 0, "removed": 0}
    for piece in word_diff(as_text(live), as_text(head)):
        counts[piece.kind] += len(split_words(piece.text)) if piece.kind != "same" else 0
    return counts["added"], counts["removed"]


def _compare_url(text: ArticleText) -> str:
    try:
        return reverse(COMPARE, args=[text.pk])
    except NoReverseMatch:
        return ""
