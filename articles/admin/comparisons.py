"""Two versions of a text beside each other, with the words marked that went and that came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles.comparing import Piece, word_diff
from articles.comparing.rows import Row, Side, near_changes, rows_of
from articles.models import Revision

MOST_LINES = 1_000  # of one comparison, on one page
NOTHING = SafeString()


@dataclass(frozen=True, slots=True)
class Line:
    """A line before and the line that it became, as HTML. Either may be missing: its number is
    None. `skipped` counts lines that are left out here: unchanged ones, or those `beyond` what a
    page shows."""

    before: SafeString = NOTHING
    after: SafeString = NOTHING
    before_number: int | None = None
    after_number: int | None = None
    changed: bool = False
    skipped: int = 0
    beyond: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What differs in one part of two versions: their titles, their bodies, their audiences."""

    name: str
    lines: list[Line]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """One side of a comparison: what a text says, and what is said about it, by name."""

    name: str
    title: str
    summary: str
    questions: Sequence[str]
    body: str
    locale: str
    about: Mapping[str, str] = field(default_factory=dict)
    detail: str = ""  # who wrote it, and when


@dataclass(frozen=True, slots=True)
class Rendered:
    """Both versions as readers get them, as safe HTML with the words marked that differ; the
    problems say why a version can't be told."""

    before: SafeString = NOTHING
    after: SafeString = NOTHING
    problems_before: tuple[str, ...] = ()
    problems_after: tuple[str, ...] = ()
    same: bool = False


def compare(before: str, after: str) -> list[Line]:
    """Return what differs between two texts, with some lines around; [] where nothing does."""
    return list(_shown(near_changes(rows_of(word_diff(before, after)))))


def parts_of(before: Version | None, after: Version | None) -> list[Part]:
    """Return the parts in which two versions differ; None says nothing at all."""
    parts = [
        Part(name, compare(old, new))
        for name, old, new in (
            (_("Title"), _of(before, "title"), _of(after, "title")),
            (_("Summary"), _of(before, "summary"), _of(after, "summary")),
            (_("Questions"), _questions(before), _questions(after)),
        )
    ]
    parts.append(Part(_("Body"), compare(_of(before, "body"), _of(after, "body")), numbered=True))
    about_before, about_after = before.about if before else {}, after.about if after else {}
    for name in dict.fromkeys([*about_before, *about_after]):
        lines = compare(about_before.get(name, ""), about_after.get(name, ""))
        parts.append(Part(name, lines))
    return [part for part in parts if part.lines]


def marked(pieces: Iterable[Piece]) -> SafeString:
    """Return pieces of a text as HTML. A voice says of each change what it is."""
    return mark_safe("".join(map(_piece, pieces)))  # noqa: S308  (each piece is escaped)


def as_text(revision: Revision | None) -> str:
    """Return all that a revision says as one text to compare; "" for none."""
    if revision is None:
        return ""
    return said(
        title=revision.title,
        summary=revision.summary,
        questions=revision.questions,
        body=revision.body,
    )


def said(*, title: str, summary: str, questions: Sequence[str], body: str) -> str:
    """Return title, summary, questions and body as one text to compare."""
    parts = [title, summary, "\n".join(f"? {question}" for question in questions), body.strip()]
    return "\n\n".join(part for part in parts if part) + "\n"


def _of(version: Version | None, name: str) -> str:
    return str(getattr(version, name)) if version else ""


def _questions(version: Version | None) -> str:
    return "\n".join(version.questions) if version else ""


def _shown(rows: Sequence[Row]) -> Iterator[Line]:
    for row in rows[:MOST_LINES]:
        yield Line(
            before=_side(row.before),
            after=_side(row.after),
            before_number=row.before.number if row.before else None,
            after_number=row.after.number if row.after else None,
            changed=row.changed,
            skipped=row.skipped,
        )
    if (beyond := len(rows) - MOST_LINES) > 0:
        yield Line(skipped=beyond, beyond=True)


def _side(side: Side | None) -> SafeString:
    return marked(side.pieces) if side else NOTHING


def _piece(piece: Piece) -> SafeString:
    match piece.kind:
        case "removed":
            return format_html(
                '<del><span class="visually-hidden">{}</span>{}</del>', _("removed: "), piece.text
            )
        case "added":
            return format_html(
                '<ins><span class="visually-hidden">{}</span>{}</ins>', _("added: "), piece.text
            )
        case _:
            return format_html("{}", piece.text)
