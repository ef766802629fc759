"""The hits of a search: what the edition tells, and the passage that answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.safestring import SafeString

from channels.queries import entries_at
from channels.search.engine import Readers, Record
from channels.search.highlighting import beginning, passage
from channels.search.judging import Judged
from channels.search.question import Question


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


class Told(NamedTuple):
    """What is told of an entry with a hit: to make whole models of all candidates takes longer."""

    public_id: str
    locale: str
    slug: str
    title: str
    summary: str
    kind: str
    topic: str
    audience: str
    converted_from: str
    content_digest: str
    products: list[str]


def told_of(readers: Readers, judged: Sequence[Judged], number: int) -> dict[str, Told]:
    """Return the candidates' entries by article: what is told is decided by the edition alone.
    One statement."""
    public_ids = [one.record.public_id for one in judged]
    entries = entries_at(number, rank=readers.rank)
    named = entries.filter(locale=readers.locale, public_id__in=public_ids)
    return {row[0]: Told(*row) for row in named.values_list(*Told._fields)}


def hit_of(entry: Told, judged: Judged, question: Question) -> Hit:
    record = judged.record
    terms = question.terms
    # Where the index is behind, its words are not those of the edition.
    knows = record.digest == entry.content_digest
    section = record.sections[judged.section] if knows and judged.section >= 0 else None
    # What stands above all headings has no anchor; the summary says it shorter.
    snippet = passage(section.text, terms) if section else None
    if snippet is None and section and section.text:
        # Nearest in meaning, without a word of the question.
        snippet = beginning(section.text)
    if snippet is None:
        section = None
        snippet = passage(entry.summary, terms)
    return Hit(
        public_id=entry.public_id,
        locale=entry.locale,
        slug=entry.slug,
        title=entry.title,
        summary=entry.summary,
        snippet_html=snippet or beginning(entry.summary or (_first_words(record) if knows else "")),
        kind=entry.kind,
        topic=entry.topic,
        audience=entry.audience,
        converted_from=entry.converted_from,
        anchor=section.anchor if section else "",
        heading=section.heading if section else "",
    )


def _first_words(record: Record) -> str:
    return next((section.text for section in record.sections), "")
