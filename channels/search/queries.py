"""Searching what is told now, for a reader of some rank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.safestring import SafeString

from articles.locales import fallback_chain, locales
from channels.models import Entry
from channels.queries import current_number, entries_at
from channels.search.engine import Text, entry_backend
from channels.search.exceptions import SearchUnavailable
from channels.search.highlighting import beginning, passage
from channels.search.words import question_terms

__all__ = ["Hit", "Results", "SearchUnavailable", "search"]

# What ranks behind so many is neither found nor counted.
MOST_RANKED = 10_000
# To name more texts than so many to the database costs more than to be told all there are.
MOST_NAMED = 1_000


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
    audience: str
    converted_from: str = ""  # the locale of the words that were converted by machine


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
    among: Q | None = None,
    limit: int = 20,
    offset: int = 0,
    edition: int | None = None,
) -> Results:
    """Return what the current edition tells readers of `rank` about `q`, best first.

    Nothing in `q` is syntax; a question without a word has no answer. `among` narrows the entries
    that may be hits. Where nothing is found in `locale`, the locales that stand in for it are
    searched, and the hits say theirs. `edition` is the current number where the caller has read it
    already. Raises SearchUnavailable.
    """
    number = current_number() if edition is None else edition
    terms = question_terms(q)
    for told_in in fallback_chain(locale) if terms and locale in locales() else ():
        ranked = entry_backend().ranked(terms, locale=told_in, rank=rank, most=MOST_RANKED)
        # The index may be behind: what is found, and how much, is decided by the edition.
        told = entries_at(number, rank=rank).filter(among or Q(), locale=told_in)
        found = _told_of(ranked, told)
        if found:
            start = max(offset, 0)
            page = found[start : start + max(limit, 0)]
            texts = entry_backend().texts(page, locale=told_in, rank=rank)
            return Results(_hits(page, told, texts, terms), len(found), number)
    return Results([], 0, number)


def _told_of(ranked: Sequence[str], told: QuerySet[Entry]) -> list[str]:
    judged = told.filter(public_id__in=ranked) if len(ranked) <= MOST_NAMED else told
    live = set(judged.values_list("public_id", flat=True))
    return [public_id for public_id in ranked if public_id in live]


def _hits(
    page: Sequence[str], told: QuerySet[Entry], texts: dict[str, Text], terms: Sequence[str]
) -> list[Hit]:
    """All but the passage's words comes from the database."""
    entries = {entry.public_id: entry for entry in told.filter(public_id__in=page)}
    return [_hit(entries[public_id], texts.get(public_id), terms) for public_id in page]


def _hit(entry: Entry, known: Text | None, terms: Sequence[str]) -> Hit:
    # Where the index is behind, its words are not those of the edition.
    text = known.text if known and known.digest == entry.content_digest else ""
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
        audience=entry.audience,
        converted_from=entry.converted_from,
    )
