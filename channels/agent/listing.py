"""The list on the left: what an edition tells agents, as they filter and search it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.db.models import Q
from django.utils.safestring import SafeString

from articles.audiences import AGENT, rank
from articles.models.article import AUDIENCE_CHOICES
from channels.agent.hits import SAYS_NOTHING, AboutSearch, about, anchor_of
from channels.agent.selection import Selection
from channels.languages import html_lang
from channels.models import Entry
from channels.queries import TopicNode, entries_at, with_descendants
from channels.search.exceptions import SearchUnavailable
from channels.search.hits import Hit
from channels.search.queries import search

RANK = rank(AGENT)
PAGE_SIZE = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One text of the list."""

    public_id: str
    title: str
    summary: str
    audience: str
    audience_label: str
    lang: str  # BCP 47
    stands_in: str  # the text's language by its own name where it is not the chosen one, else ""
    snippet: SafeString | None = None  # where it was found by its words
    anchor: str = ""  # "#…", where in the article that stands


@dataclass(frozen=True, slots=True)
class Listing:
    lines: Sequence[Line]
    total: int
    page: int
    last_page: int
    previous_query: str  # "" on the first page
    next_query: str  # "" on the last page
    search_is_down: bool = False
    about: AboutSearch = SAYS_NOTHING
    meant_query: str = ""  # where the search thinks that another word was meant


def list_texts(number: int, selection: Selection, topics: Sequence[TopicNode]) -> Listing:
    """Return a page of the texts, the best hit first or by title.

    What no text in the chosen language says is found in those that stand in for it. Two
    statements, and the search's own look into the index.
    """
    chosen = _chosen(selection, topics)
    if not selection.q:
        return _by_title(number, selection, _as_columns(chosen))
    try:
        return _by_words(number, selection, chosen)
    except SearchUnavailable:
        # In a call something is better than nothing.
        named = _as_columns(chosen) & Q(title__icontains=selection.q)
        return _by_title(number, selection, named, down=True)


def _chosen(selection: Selection, topics: Sequence[TopicNode]) -> dict[str, list[str]]:
    """Return what the filters leave, by facet: one of the values of each."""
    chosen = {}
    if selection.kind:
        chosen["kind"] = [selection.kind]
    if selection.audience:
        chosen["audience"] = [selection.audience]
    if selection.topic:
        chosen["topic"] = with_descendants(selection.topic, topics)
    return chosen


def _as_columns(chosen: Mapping[str, Sequence[str]]) -> Q:
    return Q(**{f"{facet}__in": values for facet, values in chosen.items()})


def _by_words(number: int, selection: Selection, chosen: Mapping[str, Sequence[str]]) -> Listing:
    results = search(
        selection.q,
        locale=selection.locale,
        rank=RANK,
        chosen=chosen,
        limit=PAGE_SIZE,
        offset=_rows(selection.page).start,
        edition=number,
    )
    page = _page_of(selection, results.total)
    if page < selection.page:
        return _by_words(number, replace(selection, page=page), chosen)
    lines = [
        line_of(hit, selection, snippet=hit.snippet_html, anchor=anchor_of(hit))
        for hit in results.hits
    ]
    listing = _listing(lines, selection, page, results.total)
    said = about(results)
    meant = selection.query(q=said.did_you_mean, page=1) if said.did_you_mean else ""
    return replace(listing, about=said, meant_query=meant)


def _by_title(number: int, selection: Selection, chosen: Q, *, down: bool = False) -> Listing:
    entries = entries_at(number, rank=RANK).filter(chosen, locale=selection.locale)
    total = entries.count()
    page = _page_of(selection, total)
    shown = entries.order_by("title", "public_id")[_rows(page)]
    lines = [line_of(entry, selection) for entry in shown]
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
        total=total,
        page=page,
        last_page=_last_page(total),
        previous_query=selection.query(page=page - 1) if page > 1 else "",
        next_query=selection.query(page=page + 1) if page < _last_page(total) else "",
        search_is_down=down,
    )


def line_of(
    text: Entry | Hit,
    selection: Selection,
    *,
    snippet: SafeString | None = None,
    anchor: str = "",
) -> Line:
    return Line(
        text.public_id,
        text.title,
        text.summary,
        text.audience,
        audience_label(text.audience),
        html_lang(text.locale),
        "" if text.locale == selection.locale else settings.LOCALES[text.locale],
        snippet,
        anchor,
    )


def audience_label(audience: str) -> str:
    return str(dict(AUDIENCE_CHOICES)[audience])
