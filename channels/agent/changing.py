"""What became of a text since an agent opened it: the lines that differ, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from articles.comparing import Piece, word_diff
from articles.comparing.rows import Row, near_changes, rows_of
from channels.agent.listing import RANK, audience_label
from channels.delivery.lookup import Found, find
from channels.languages import html_lang
from channels.models import Entry
from channels.queries import entries_at

MOST_LINES = 60  # that are shown
MOST_COMPARED = 200_000  # characters of a text


@dataclass(frozen=True, slots=True)
class Line:
    """A line before and what became of it. Either may be missing."""

    before: Sequence[Piece] = ()
    after: Sequence[Piece] = ()


@dataclass(frozen=True, slots=True)
class Change:
    edition: int  # that was read
    lang: str
    is_told: bool = True
    since: int = 0  # the edition that changed it
    published_at: datetime | None = None
    audience_before: str = ""  # what they are called, "" where it stayed
    audience_after: str = ""
    widened: bool = False
    lines: Sequence[Line] = ()
    more: int = 0  # lines that are not shown


def change_since(public_id: str, locale: str, *, since: int, number: int) -> Change | None:
    """Return what edition `number` tells agents otherwise of a text than edition `since` did, from
    the plain text that is stored; None where it told nothing. Four statements."""
    before = _entry(public_id, locale, since)
    if before is None:
        return None
    after = _entry(public_id, locale, number)
    if after is None:
        return Change(number, html_lang(locale), is_told=False)
    rows = _rows(_text(public_id, locale, since), _text(public_id, locale, number))
    moved = before.audience != after.audience
    return Change(
        edition=number,
        lang=html_lang(locale),
        since=after.from_edition_id,
        published_at=after.from_edition.published_at,
        audience_before=audience_label(before.audience) if moved else "",
        audience_after=audience_label(after.audience) if moved else "",
        widened=after.audience_rank < before.audience_rank,
        lines=[_line(row) for row in rows[:MOST_LINES]],
        more=max(0, len(rows) - MOST_LINES),
    )


def _entry(public_id: str, locale: str, number: int) -> Entry | None:
    told = entries_at(number, rank=RANK).filter(public_id=public_id, locale=locale)
    return told.select_related("from_edition").first()


def _text(public_id: str, locale: str, number: int) -> str:
    found = find(public_id=public_id, locales=(locale,), format="text", rank=RANK, edition=number)
    return found.body.decode() if isinstance(found, Found) and found.body else ""


def _rows(before: str, after: str) -> list[Row]:
    rows = near_changes(rows_of(word_diff(before[:MOST_COMPARED], after[:MOST_COMPARED])), 0)
    return [row for row in rows if row.changed and _says_something(row)]


def _says_something(row: Row) -> bool:
    sides = [side for side in (row.before, row.after) if side]
    return any(piece.text.strip() for side in sides for piece in side.pieces)


def _line(row: Row) -> Line:
    return Line(
        row.before.pieces if row.before else (),
        row.after.pieces if row.after else (),
    )
