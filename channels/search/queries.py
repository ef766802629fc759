"""Searching what is told now, for a reader of some rank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from haystack import connections

from articles.locales import fallback_chain, locales
from channels.models import Entry
from channels.queries import current_number, entries_at
from channels.search.exceptions import SearchUnavailable
from channels.search.highlighting import beginning, passage
from channels.search.words import question_terms

__all__ = ["Hit", "Results", "SearchUnavailable", "search"]


@dataclass(frozen=True, slots=True)
class Hit:
    public_id: str
    locale: str
    slug: str
    title: str
    summary: str
    snippet_html: SafeString  # escaped, the words found in <mark>
    kind: str
    topic: str  # slug


@dataclass(frozen=True, slots=True)
class Results:
    hits: list[Hit]
    total: int
    edition: int


def search(
    q: str,
    *,
    locale: str,
    rank: int,
    limit: int = 20,
    offset: int = 0,
    edition: int | None = None,
) -> Results:
    """Return what the current edition tells readers of `rank` about `q`, best first.

    Nothing in `q` is syntax; a question without a word has no answer. Where nothing is found in
    `locale`, the locales that stand in for it are searched, and the hits say theirs. `edition` is
    the current number where the caller has read it already. Raises SearchUnavailable.
    """
    number = current_number() if edition is None else edition
    backend = connections["default"].get_backend()
    start = max(offset, 0)
    for told_in in fallback_chain(locale) if locale in locales() else ():
        found = backend.search(
            q, locale=told_in, rank=rank, start_offset=start, end_offset=start + max(limit, 0)
        )
        if found["hits"]:
            hits = _hits(found["results"], told_in, rank, number, question_terms(q))
            return Results(hits, found["hits"] - (len(found["results"]) - len(hits)), number)
    return Results([], 0, number)


def _hits(
    results: Sequence[Any], locale: str, rank: int, number: int, terms: Sequence[str]
) -> list[Hit]:
    """Keep what the edition tells; all but the snippet's words comes from the database."""
    told = entries_at(number, rank=rank).filter(
        locale=locale, public_id__in=[result.public_id for result in results]
    )
    entries = {entry.public_id: entry for entry in told}
    return [
        _hit(entry, result, terms)
        for result in results
        if (entry := entries.get(result.public_id)) is not None
    ]


def _hit(entry: Entry, result: Any, terms: Sequence[str]) -> Hit:
    # Where the index is behind, its words are not those of the edition.
    text = result.text if result.digest == entry.content_digest else ""
    snippet = passage(text, terms) or passage(entry.summary, terms)
    return Hit(
        public_id=entry.public_id,
        locale=entry.locale,
        slug=entry.slug,
        title=entry.title,
        summary=entry.summary,
        snippet_html=snippet or beginning(entry.summary or text),
        kind=entry.kind,
        topic=entry.topic,
    )
