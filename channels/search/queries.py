"""Searching what is told now, for a reader of some rank."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.safestring import SafeString

from articles.locales import fallback_chain, locales
from channels.models import Entry
from channels.queries import current_number, entries_at
from channels.search.confidence import fits
from channels.search.engine import Readers, Record, entry_backend
from channels.search.exceptions import SearchUnavailable
from channels.search.highlighting import beginning, passage
from channels.search.judging import Judged, judge
from channels.search.question import Question, read_question
from channels.search.slips import mend
from channels.search.thesaurus import shipped

__all__ = ["Hit", "Results", "SearchUnavailable", "search"]

# So many are judged closely. What ranks behind them is counted, and listed as the engine ranks it.
MOST_JUDGED = 60
FURTHEST = 1_000  # nobody reads further
FACETS = ("kind", "topic", "audience")


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
    anchor: str = ""  # of the section that the snippet stands in, "" for the top
    heading: str = ""  # of that section


@dataclass(frozen=True, slots=True)
class Results:
    hits: list[Hit]
    total: int
    edition: int
    locale: str = ""  # that the hits are told in
    fits: bool = True  # whether the first of them is likely to answer
    did_you_mean: str = ""
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def search(
    q: str,
    *,
    locale: str,
    rank: int,
    chosen: Mapping[str, Collection[str]] | None = None,
    counted: Collection[str] = (),
    limit: int = 20,
    offset: int = 0,
    edition: int | None = None,
    stand_ins: bool = True,
) -> Results:
    """Return what the current edition tells readers of `rank` about `q`, best first.

    Nothing in `q` is syntax; a question without a word has no answer. `chosen` narrows the hits by
    facet, one of the values of each; `counted` are the facets to count. Where nothing that fits is
    found in `locale`, the locales that stand in for it are searched (unless `stand_ins` is False),
    and the hits say theirs. `edition` is the current number where the caller has read it already.
    Raises SearchUnavailable.
    """
    number = current_number() if edition is None else edition
    best: Results | None = None
    chain = fallback_chain(locale) if locale in locales() else ()
    for told_in in chain if stand_ins else chain[:1]:
        found = _search_in(
            Readers(told_in, rank), q, chosen or {}, counted, max(limit, 0), max(offset, 0), number
        )
        if found.hits and found.fits:
            return found
        if best is None or (found.hits and not best.hits):
            best = found
    return best or Results([], 0, number, locale, fits=False)


def _search_in(
    readers: Readers,
    q: str,
    chosen: Mapping[str, Collection[str]],
    counted: Collection[str],
    limit: int,
    offset: int,
    number: int,
) -> Results:
    question = read_question(q, shipped(readers.locale.partition("-")[0]))
    if not question.wanted:
        return Results([], 0, number, readers.locale, fits=False)
    mended, meant = mend(question, readers)
    most = max(MOST_JUDGED, min(offset + limit, FURTHEST))
    found = entry_backend().candidates(
        mended,
        readers,
        chosen=chosen,
        counted=counted,
        without=gone(readers, number),
        most=most,
    )
    judged = judge(mended, found)
    told = _told(readers, judged, number)
    judged = [one for one in judged if one.record.public_id in told]
    page = judged[offset : offset + limit]
    return Results(
        hits=[_hit(told[one.record.public_id], one, mended) for one in page],
        total=found.total,
        edition=number,
        locale=readers.locale,
        fits=fits(mended, judged, found),
        did_you_mean=meant,
        facets=found.facets,
    )


def gone(readers: Readers, number: int) -> list[int]:
    """Return entries that the index may know and whose article edition `number` does not tell these
    readers: the index is a moment behind, or ahead of a reader who asked before. At most one
    statement, and none where the index is at that edition."""
    reached = entry_backend().reached()
    if reached is None or reached.edition == number:
        return []
    earlier, later = sorted((reached.edition, number))
    changed = Q(until_edition__gt=earlier, until_edition__lte=later)
    changed |= Q(from_edition__gt=earlier, from_edition__lte=later)
    told = entries_at(number, rank=readers.rank).filter(locale=readers.locale)
    there = Entry.objects.filter(changed, locale=readers.locale)
    return list(there.exclude(public_id__in=told.values("public_id")).values_list("pk", flat=True))


def _told(readers: Readers, judged: Sequence[Judged], number: int) -> dict[str, Entry]:
    """Return the candidates' entries by article: what is told is decided by the edition alone."""
    entries = entries_at(number, rank=readers.rank).filter(locale=readers.locale)
    named = entries.filter(public_id__in=[one.record.public_id for one in judged])
    return {entry.public_id: entry for entry in named}


def _hit(entry: Entry, judged: Judged, question: Question) -> Hit:
    record = judged.record
    terms = question.terms
    # Where the index is behind, its words are not those of the edition.
    knows = record.digest == entry.content_digest
    section = record.sections[judged.section] if knows and judged.section >= 0 else None
    # What stands above all headings has no anchor; the summary says it shorter.
    snippet = passage(section.text, terms) if section else None
    if snippet is None:
        section = None
        snippet = passage(entry.summary, terms)
    return Hit(
        public_id=entry.public_id,
        locale=entry.locale,
        slug=entry.slug,
        title=entry.title,
        summary=entry.summary,
        snippet_html=snippet
        or beginning(entry.summary or " ".join(one.text for one in record.sections[:1])),
        kind=entry.kind,
        topic=entry.topic,
        audience=entry.audience,
        converted_from=entry.converted_from,
        anchor=section.anchor if section else "",
        heading=section.heading if section else "",
    )


def _first_words(record: Record) -> str:
    return next((section.text for section in record.sections), "")
