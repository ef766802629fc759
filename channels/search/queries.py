"""Searching what is told now, for a reader of some rank."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from django.db.models import Q

from articles.locales import fallback_chain, locales
from channels.models import Entry
from channels.queries import current_number, entries_at
from channels.search.confidence import ENOUGH, sureness
from channels.search.documents import facets_of
from channels.search.editors_words import EditorsWords, editors_words
from channels.search.engine import Candidates, Readers, entry_backend
from channels.search.exceptions import SearchUnavailable
from channels.search.hits import Hit, Told, hit_of, told_of
from channels.search.judging import MOST_JUDGED, Judged, judge
from channels.search.question import Question, read_question
from channels.search.semantic.fusing import Meant, fused, sureness_in_meaning, with_meaning
from channels.search.understanding import Understood, understand

__all__ = ["Results", "SearchUnavailable", "gone", "search"]

FURTHEST = 1_000  # nobody reads further
# By so much, in log-odds, a text in another language must be ahead of one in the reader's own.
SURER = 2.0
# From here on, in log-odds, a word that was mended is what was meant, and the question no other.
SURE_OF_SLIP = 0.0


@dataclass(frozen=True, slots=True)
class Results:
    hits: list[Hit]
    total: int
    edition: int
    locale: str = ""  # that the hits are told in
    sureness: float = -math.inf  # that the first of them answers, in log-odds
    did_you_mean: str = ""
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def fits(self) -> bool:
        """Whether the first hit is likely to answer."""
        return self.sureness >= ENOUGH


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
    facet, one of the values of each; `counted` are the facets to count. Where nothing fits well in
    `locale`, the locales that stand in for it may answer better (unless `stand_ins` is False), and
    the hits say theirs.
    `edition` is the current number where the caller has read it already. Raises SearchUnavailable.
    """
    number = current_number() if edition is None else edition
    kept = editors_words()
    chain = fallback_chain(locale) if locale in locales() else ()
    most = max(MOST_JUDGED, min(max(offset, 0) + max(limit, 0), FURTHEST))
    best: _Answer | None = None
    for told_in in chain if stand_ins else chain[:1]:
        answer = _answer(
            Readers(told_in, rank),
            q,
            kept,
            chosen or {},
            counted,
            most,
            number,
            stands_in=told_in != locale,
        )
        if answer and (best is None or answer.sureness > best.sureness + SURER):
            best = answer
        if best and best.sureness >= ENOUGH:
            break
    if best is None:
        return Results([], 0, number, locale)
    return _results(best, chosen or {}, counted, max(limit, 0), max(offset, 0), number)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one locale has to say. What is told of it is looked up for the best answer alone."""

    readers: Readers
    asked: Understood
    judged: list[Judged]  # what editors put first, then the best
    alike: Meant
    meant: str  # as it would be written without slips; "" where none was mended
    sureness: float


def _answer(
    readers: Readers,
    q: str,
    kept: EditorsWords,
    chosen: Mapping[str, Collection[str]],
    counted: Collection[str],
    most: int,
    number: int,
    *,
    stands_in: bool,
) -> _Answer | None:
    """Return what is found in one locale; None for a question that wants nothing."""
    question = read_question(q, kept.thesaurus(readers.locale))
    if not question.wanted:
        return None
    candidates = partial(
        entry_backend().candidates,
        readers=readers,
        chosen=chosen,
        counted=counted,
        without=gone(readers, number),
        most=most,
    )
    asked = understand(question, readers, candidates)
    judged = asked.judged
    alike = with_meaning(q, readers, asked.found)
    others = judge(asked.question, replace(asked.found, records=alike.added), closely=0)
    judged = fused(judged[:MOST_JUDGED] + others, alike) + judged[MOST_JUDGED:]
    sure = sureness_in_meaning(sureness(asked.question, judged), judged, alike, stands_in=stands_in)
    meant = asked.meant if sure >= SURE_OF_SLIP else ""
    pinned = [] if chosen else _pinned(kept, q, readers, asked.question, asked.found)
    if pinned and told_of(readers, pinned, number):
        sure = math.inf
    first = {one.record.public_id for one in pinned}
    judged = pinned + [one for one in judged if one.record.public_id not in first]
    return _Answer(readers, asked, judged, alike, meant, sure)


def _results(
    answer: _Answer,
    chosen: Mapping[str, Collection[str]],
    counted: Collection[str],
    limit: int,
    offset: int,
    number: int,
) -> Results:
    asked = answer.asked
    told = told_of(answer.readers, answer.judged, number)
    total, facets = _counted(asked.found, told, answer.alike, chosen, counted)
    listed = [one for one in answer.judged if one.record.public_id in told]
    page = listed[offset : offset + limit]
    return Results(
        hits=[hit_of(told[one.record.public_id], one, asked.question) for one in page],
        total=max(total, len(listed)),
        edition=number,
        locale=answer.readers.locale,
        sureness=answer.sureness,
        did_you_mean=answer.meant,
        facets=facets,
    )


def _counted(
    found: Candidates,
    told: dict[str, Told],
    alike: Meant,
    chosen: Mapping[str, Collection[str]],
    counted: Collection[str],
) -> tuple[int, Mapping[str, Mapping[str, int]]]:
    """Return the total and the facets, with what no word found: the engine neither narrowed nor
    counted that. What is not chosen goes out of `told`."""
    # Where the engine gave the best alone, what was added may be counted already.
    is_counted = len(found.records) < found.total
    total, facets = found.total, {facet: dict(found.facets.get(facet, {})) for facet in counted}
    for record in alike.added:
        entry = told.get(record.public_id)
        if entry is None:
            continue
        values = facets_of(entry)
        if not all(set(values.get(facet, ())) & set(wanted) for facet, wanted in chosen.items()):
            del told[record.public_id]
        elif not is_counted:
            total += 1
            for facet in counted:
                for value in values.get(facet, ()):
                    facets[facet][value] = facets[facet].get(value, 0) + 1
    return total, facets


def _pinned(
    kept: EditorsWords, q: str, readers: Readers, question: Question, found: Candidates
) -> list[Judged]:
    """Return what editors put first for this question, as far as these readers get it."""
    wanted = kept.best_bets(q, readers.locale)
    if not wanted:
        return []
    records = entry_backend().records(wanted, readers)
    chosen = replace(found, records=[records[one] for one in wanted if one in records])
    return judge(question, chosen, closely=0)


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
