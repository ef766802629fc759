"""What the review page shows: the text line by line beside the text before it, with what was
remarked on each line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.utils.safestring import SafeString

from articles.admin.comparisons import marked
from articles.comparing import word_diff
from articles.comparing.rows import Row, rows_of
from articles.models import ArticleText, Remark, ReviewStep, Revision
from articles.operations.remarks import lines_of

MOST_ON_PAGE = 1_000  # lines
MOST_STEPS = 200  # newest first


@dataclass(slots=True)
class ReviewLine:
    """A line of the revision, what stood there before, and what was remarked on it. `number` is
    None for a line that is gone."""

    number: int | None
    before: SafeString
    after: SafeString
    changed: bool
    remarks: list[Remark] = field(default_factory=list)
    chosen: bool = False  # whether the form for a remark stands below it


@dataclass(frozen=True, slots=True)
class EarlierRemark:
    """A remark on an older revision that is still open, with the line as it was then."""

    remark: Remark
    line: str


@dataclass(frozen=True, slots=True)
class Lines:
    page: Page
    shown: list[ReviewLine]
    pages_to_see: list[int]  # other pages with changes or open remarks


def lines_to_review(
    revision: Revision,
    before: Revision | None,
    remarks: Iterable[Remark],
    *,
    line: int | None = None,
    page: int = 1,
) -> Lines:
    """Return a page of the revision's lines; that with `line`, if one is chosen."""
    by_line: dict[int, list[Remark]] = {}
    for remark in remarks:
        if remark.line is not None:
            by_line.setdefault(remark.line, []).append(remark)
    rows = rows_of(word_diff(before.body if before else revision.body, revision.body))
    if line is not None:
        page = _page_of(rows, line)
    shown = Paginator(rows, MOST_ON_PAGE).get_page(page)
    return Lines(
        page=shown,
        shown=[_line(row, by_line, line) for row in shown],
        pages_to_see=_pages_to_see(rows, by_line, shown.number),
    )


def remarks_of(text: ArticleText, revision: Revision) -> tuple[list[Remark], list[EarlierRemark]]:
    """Return all remarks on `revision`, and those on older ones that are open. Two statements."""
    people = ("author", "settled_by")
    now = list(revision.remarks.select_related(*people))
    rows = (
        Remark.objects.filter(revision__text=text, settled_at=None)
        .exclude(revision=revision)
        .select_related("author", "revision")
        .order_by("-revision__number", "line", "pk")[:MOST_STEPS]
    )
    return now, [EarlierRemark(remark, _line_then(remark)) for remark in rows]


def steps_of(text: ArticleText) -> list[ReviewStep]:
    """Return the text's steps through review, newest first."""
    steps = ReviewStep.objects.filter(revision__text=text).select_related("person", "revision")
    rows = steps.defer("revision__body", "revision__summary").order_by("-pk")
    return list(rows[:MOST_STEPS])


def _line(row: Row, by_line: Mapping[int, list[Remark]], chosen: int | None) -> ReviewLine:
    number = row.after.number if row.after else None
    return ReviewLine(
        number=number,
        before=marked(row.before.pieces) if row.before else SafeString(),
        after=marked(row.after.pieces) if row.after else SafeString(),
        changed=row.changed,
        remarks=by_line.get(number, []) if number else [],
        chosen=number is not None and number == chosen,
    )


def _page_of(rows: Sequence[Row], line: int) -> int:
    place = next((at for at, row in enumerate(rows) if row.after and row.after.number == line), 0)
    return place // MOST_ON_PAGE + 1


def _pages_to_see(
    rows: Sequence[Row], by_line: Mapping[int, list[Remark]], shown: int
) -> list[int]:
    open_lines = {
        line for line, some in by_line.items() if any(one.settled_at is None for one in some)
    }
    pages = {
        place // MOST_ON_PAGE + 1
        for place, row in enumerate(rows)
        if row.changed or (row.after and row.after.number in open_lines)
    }
    return sorted(pages - {shown})


def _line_then(remark: Remark) -> str:
    if remark.line is None:
        return ""
    lines = lines_of(remark.revision)
    return lines[remark.line - 1] if remark.line <= len(lines) else ""
