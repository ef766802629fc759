"""The hits of a search: what the edition tells, and the passage that answers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.db import connection
from django.utils.safestring import SafeString

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


# What `entries_at` says, as plain SQL: each search asks it, and to make it of a queryset took
# twice as long as to answer it.
_STATEMENT = (
    "SELECT {columns} FROM channels_entry"
    " WHERE locale = %s AND audience_rank <= %s AND from_edition_id <= %s"
    " AND (until_edition_id IS NULL OR until_edition_id > %s) AND public_id IN ({public_ids})"
)


def told_of(readers: Readers, judged: Sequence[Judged], number: int) -> dict[str, Told]:
    """Return the candidates' entries by article: what is told is decided by the edition alone.
    One statement."""
    if not judged:
        return {}
    public_ids = [one.record.public_id for one in judged]
    with connection.cursor() as cursor:
        cursor.execute(
            _statement(len(public_ids)),
            (readers.locale, readers.rank, number, number, *public_ids),
        )
        rows = cursor.fetchall()
    return {row[0]: Told._make((*row[:-1], json.loads(row[-1]))) for row in rows}


@lru_cache(maxsize=64)
def _statement(entries: int) -> str:
    return _STATEMENT.format(
        columns=", ".join(Told._fields), public_ids=", ".join(["%s"] * entries)
    )


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
