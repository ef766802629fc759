"""Articles that go with an article: what is found by its own rarest words."""

from __future__ import annotations

from collections.abc import Collection

from channels.models import Entry
from channels.queries import current_number, entries_at
from channels.search.engine import Reached, Readers, Record, entry_backend
from channels.search.judging import judge
from channels.search.queries import gone
from channels.search.question import Question, Wanted, read_question
from channels.search.thesaurus import Thesaurus

Ids = tuple[str, ...]

MOST_TERMS = 12  # words of an article that it is known by
MOST_LOOKED_AT = 20
# Of the article's words, by their worth, that another must say to go with it.
LEAST_COVERED = 0.25

# An index at one edition finds the same for the same readers, however often an article is opened.
MOST_REMEMBERED = 5_000
_remembered: dict[tuple[Reached, str, Readers], Ids] = {}


def related(
    public_id: str, *, locale: str, rank: int, limit: int = 4, edition: int | None = None
) -> list[Entry]:
    """Return what `edition` (None: the current) tells readers of `rank` in `locale` that goes with
    an article's text, the nearest first; nothing for what they can't read.

    Raises SearchUnavailable. At most one statement for an index that is behind and one to look up
    the articles.
    """
    number = current_number() if edition is None else edition
    readers = Readers(locale, rank)
    near = _near(public_id, readers, number)
    return _told(near, readers, number)[: max(limit, 0)]


def _near(public_id: str, readers: Readers, number: int) -> Ids:
    """Return what the index knows to go with the article, as far as it is at the edition."""
    reached = entry_backend().reached()
    if reached is None or reached.edition != number:
        return _look_for(public_id, readers, number)
    key = (reached, public_id, readers)
    if key not in _remembered:
        near = _look_for(public_id, readers, number)
        if len(_remembered) >= MOST_REMEMBERED:
            _remembered.clear()
        _remembered[key] = near
        return near
    return _remembered[key]


def _look_for(public_id: str, readers: Readers, number: int) -> Ids:
    engine = entry_backend()
    record = engine.records([public_id], readers).get(public_id)
    question = _known_by(record, readers) if record else None
    if record is None or question is None or not question.wanted:
        return ()
    found = engine.candidates(
        question,
        readers,
        chosen={},
        counted=(),
        without=[record.entry, *gone(readers, number)],
        most=MOST_LOOKED_AT,
    )
    return tuple(
        one.record.public_id
        for one in judge(question, found, closely=MOST_LOOKED_AT)
        if one.covered >= LEAST_COVERED and one.record.public_id != public_id
    )


def _known_by(record: Record, readers: Readers) -> Question:
    """Return the question of the rarest words of an article's title, questions and headings that
    any other article says as well."""
    headings = [section.heading for section in record.sections]
    wanted: dict[Ids, Wanted] = {}
    for text in (*record.asked_as, *headings):
        for one in read_question(text, Thesaurus()).wanted:
            wanted.setdefault(one.options[0].terms, one)
    counts = entry_backend().frequencies({term for terms in wanted for term in terms}, readers)
    shared = {
        terms: min(counts[term] for term in terms)
        for terms in wanted
        if all(counts[term] > 1 for term in terms)
    }
    rarest = sorted(shared, key=lambda terms: shared[terms])[:MOST_TERMS]
    return Question(" ".join(record.asked_as), tuple(wanted[terms] for terms in rarest))


def _told(near: Collection[str], readers: Readers, number: int) -> list[Entry]:
    """Return these articles as the edition tells them, in the same order."""
    entries = entries_at(number, rank=readers.rank).filter(locale=readers.locale)
    told = {entry.public_id: entry for entry in entries.filter(public_id__in=near)} if near else {}
    return [told[public_id] for public_id in near if public_id in told]
