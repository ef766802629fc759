"""The list on the left: what an edition tells agents, as they filter and search it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.safestring import SafeString

from articles.audiences import AGENT, rank
from articles.models.article import AUDIENCE_CHOICES
from channels.agent.selection import Selection
from channels.languages import html_lang
from channels.models import Entry
from channels.queries import TopicNode, entries_at, with_descendants
from channels.search.exceptions import SearchUnavailable
from channels.search.queries import search

RANK = rank(AGENT)
PAGE_SIZE = 30
# The list filters what the search found, so it looks at more than a page of it.
MOST_HITS = 300


@dataclass(frozen=True, slots=True)
class Line:
    """One text of the list."""

    public_id: str
    title: str
    summary: str
    audience: str
    audience_label: str
    snippet: SafeString | None = None  # where it was found by its words


@dataclass(frozen=True, slots=True)
class Listing:
    lines: Sequence[Line]
    lang: str
    total: int
    page: int
    last_page: int
    previous_query: str  # "" on the first page
    next_query: str  # "" on the last page
    search_is_down: bool = False


def list_texts(number: int, selection: Selection, topics: Sequence[TopicNode]) -> Listing:
    """Return a page of the texts, the best hit first or by title. Two statements and a search's."""
    entries = _filtered(number, selection, topics)
    if not selection.q:
        return _by_title(entries, selection)
    try:
        results = search(
            selection.q, locale=selection.locale, rank=RANK, limit=MOST_HITS, edition=number
        )
    except SearchUnavailable:
        # In a call something is better than nothing.
        return _by_title(entries.filter(title__icontains=selection.q), selection, down=True)
    snippets = {
        hit.public_id: hit.snippet_html for hit in results.hits if hit.locale == selection.locale
    }
    found = {entry.public_id: entry for entry in entries.filter(public_id__in=list(snippets))}
    ranked = [found[public_id] for public_id in snippets if public_id in found]
    page = _page_of(selection, len(ranked))
    lines = [_line(entry, snippets[entry.public_id]) for entry in ranked[_rows(page)]]
    return _listing(lines, selection, page, len(ranked))


def _filtered(number: int, selection: Selection, topics: Sequence[TopicNode]) -> QuerySet[Entry]:
    entries = entries_at(number, rank=RANK).filter(locale=selection.locale)
    if selection.kind:
        entries = entries.filter(kind=selection.kind)
    if selection.audience:
        entries = entries.filter(audience=selection.audience)
    if selection.topic:
        entries = entries.filter(topic__in=with_descendants(selection.topic, topics))
    return entries


def _by_title(entries: QuerySet[Entry], selection: Selection, *, down: bool = False) -> Listing:
    total = entries.count()
    page = _page_of(selection, total)
    lines = [_line(entry) for entry in entries.order_by("title", "public_id")[_rows(page)]]
    return _listing(lines, selection, page, total, down=down)


def _page_of(selection: Selection, total: int) -> int:
    """Return the page that is asked for, or the last one that there is."""
    return min(selection.page, _last_page(total))


def _last_page(total: int) -> int:
    return max(1, -(-total // PAGE_SIZE))


def _rows(page: int) -> slice:
    return slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)


def _listing(
    lines: Sequence[Line], selection: Selection, page: int, total: int, *, down: bool = False
) -> Listing:
    return Listing(
        lines=lines,
        lang=html_lang(selection.locale),
        total=total,
        page=page,
        last_page=_last_page(total),
        previous_query=selection.query(page=page - 1) if page > 1 else "",
        next_query=selection.query(page=page + 1) if page < _last_page(total) else "",
        search_is_down=down,
    )


def _line(entry: Entry, snippet: SafeString | None = None) -> Line:
    return Line(
        entry.public_id,
        entry.title,
        entry.summary,
        entry.audience,
        audience_label(entry.audience),
        snippet or None,
    )


def audience_label(audience: str) -> str:
    return str(dict(AUDIENCE_CHOICES)[audience])
