"""What the page of one release shows: its items, its check, and the blast radius with diffs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.snippet_forms import summary
from articles.comparing.pieces import Piece
from articles.comparing.words import word_diff
from articles.locales import locale_name
from articles.models import Kind, Revision, SnippetRevision
from channels.admin.changes_form import CHANNELS, ChangesForm
from channels.admin.differences import audience_name
from channels.models import Blob, Entry, Release, ReleaseChange, ReleaseCheck, ReleaseItem
from channels.operations.blast_radius import Change
from channels.operations.items import Retirement
from channels.operations.release_check import is_of_now, is_running
from channels.operations.releases import item_of

ITEMS_ON_A_PAGE = 50
CHANGES_ON_A_PAGE = 20
MOST_LINES = 200  # of problems, and of warnings
AROUND = 80  # characters shown on each side of what changed
# What is left of a word there; Chinese characters are whole by themselves.
_CUT_WORD_AT_START, _CUT_WORD_AT_END = (
    re.compile(r"\A[!-~À-ɏ]{1,40}"),
    re.compile(r"[!-~À-ɏ]{1,40}\Z"),
)
MOST_SHOWN = 6_000  # characters of one diff

CHANGES = {
    "added": gettext_lazy("added"),
    "changed": gettext_lazy("changed"),
    "removed": gettext_lazy("removed"),
}
SAID = {
    "title": gettext_lazy("Title"),
    "summary": gettext_lazy("Summary"),
    "questions": gettext_lazy("Questions"),
    "slug": gettext_lazy("Address"),
    "kind": gettext_lazy("Kind"),
    "topic": gettext_lazy("Topic"),
    "audience": gettext_lazy("Audience"),
    "converted_from": gettext_lazy("Converted from"),
}


@dataclass(frozen=True, slots=True)
class ItemRow:
    pk: int
    what: str
    name: str
    detail: str
    url: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One text for some readers, as the page tells it."""

    change: ReleaseChange | Change
    what: str
    audiences: list[str]
    channels: list[str]
    said: list[tuple[str, str, str]]
    diff: list[Piece]
    seconds: str  # more (or less) of speech
    converted_from: str  # the name of the language, "" for what people wrote


def items_page(request: HttpRequest, release: Release) -> tuple[Page[Any], list[ItemRow]]:
    """Return a page of the release's items. Two statements."""
    rows = release.items.select_related(
        "revision__text", "revision__author", "snippet_revision__snippet", "retired"
    ).defer("revision__body", "revision__summary")
    page = Paginator(rows.order_by("pk"), ITEMS_ON_A_PAGE).get_page(request.GET.get("items"))
    titles = _titles([row.retired_id for row in page if row.retired_id])
    return page, [_item(row, titles) for row in page]


def check_context(request: HttpRequest, release: Release) -> dict[str, Any]:
    """Return the latest check and a page of its changes. Six statements at most."""
    check = ReleaseCheck.objects.filter(release=release).first()
    if check is None:
        return {"check": None}
    context: dict[str, Any] = {
        "check": check,
        "running": is_running(check),
        "of_now": is_of_now(check, release),
        "problems": check.problems[:MOST_LINES],
        "more_problems": max(0, len(check.problems) - MOST_LINES),
        "warnings": check.warnings[:MOST_LINES],
        "more_warnings": max(0, len(check.warnings) - MOST_LINES),
    }
    if check.finished_at:
        context |= _changes(request, check)
    return context


def _changes(request: HttpRequest, check: ReleaseCheck) -> dict[str, Any]:
    narrowing = ChangesForm(request.GET)
    found = ReleaseChange.objects.filter(check_result=check).narrowed(**narrowing.asked)
    totals = found.aggregate(
        rows=Count("pk"),
        articles=Count("article", distinct=True),
        before=Sum("seconds_before", default=0),
        after=Sum("seconds_after", default=0),
    )
    page = Paginator(found.order_by("position"), CHANGES_ON_A_PAGE).get_page(
        request.GET.get("changes")
    )
    return {
        "narrowing": narrowing,
        "totals": totals | {"change": signed(totals["after"] - totals["before"])},
        "changes_page": page,
        "changes": list(change_rows(page)),
    }


def change_rows(
    changes: Iterable[ReleaseChange | Change], bodies: Mapping[str, bytes] | None = None
) -> Iterator[ChangeRow]:
    """Yield changes as a page tells them; `bodies` holds texts that are not stored. One
    statement."""
    rows = list(changes)
    found = dict(bodies or {})
    wanted = {sha for row in rows for sha in (row.before, row.after) if sha and sha not in found}
    stored = Blob.objects.filter(pk__in=wanted).values_list("sha256", "body")
    texts = {sha: bytes(body).decode() for sha, body in (*found.items(), *stored)}
    for row in rows:
        before, after = texts.get(row.before, ""), texts.get(row.after, "")
        yield ChangeRow(
            change=row,
            what=str(CHANGES[row.change]),
            audiences=[audience_name(audience) for audience in row.audiences],
            channels=[str(CHANNELS[channel]) for channel in row.channels],
            said=[_said(*said) for said in row.said],
            diff=[] if before == after else differing(word_diff(before, after)),
            seconds=signed(row.seconds_after - row.seconds_before),
            converted_from=locale_name(row.converted_from),
        )


def signed(number: int) -> str:
    """Return "+3", "−3" or "0"."""
    return f"{number:+d}".replace("-", "−") if number else "0"


def differing(pieces: Iterable[Piece]) -> list[Piece]:
    """Return a diff with what stayed cut to what stands around the changes."""
    shown: list[Piece] = []
    left = MOST_SHOWN
    found = list(pieces)
    for n, piece in enumerate(found):
        text = piece.text
        if piece.kind == "same":
            text = _shortened(text, first=n == 0, last=n == len(found) - 1)
        if len(text) > left:
            text = text[:left] + " …"
        shown.append(Piece(piece.kind, text))
        left -= len(text)
        if left <= 0:
            break
    return shown


def _shortened(text: str, *, first: bool, last: bool) -> str:
    if len(text) <= 3 * AROUND:
        return text
    start = "" if first else _CUT_WORD_AT_END.sub("", text[:AROUND])
    end = "" if last else _CUT_WORD_AT_START.sub("", text[-AROUND:])
    return f"{start} … {end}"


def _said(what: str, before: str, after: str) -> tuple[str, str, str]:
    if what == "audience":
        before, after = audience_name(before), audience_name(after)
    elif what == "kind":
        before, after = str(Kind(before).label), str(Kind(after).label)
    elif what == "converted_from":
        before, after = locale_name(before), locale_name(after)
    return str(SAID[what]), before or "–", after or "–"


def _item(row: ReleaseItem, titles: dict[int, str]) -> ItemRow:
    match item_of(row):
        case Revision() as revision:
            detail = _("revision %(number)d by %(author)s") % {
                "number": revision.number,
                "author": revision.author,
            }
            url = reverse("admin:articles_article_change", args=[revision.text.article_id])
            locale = revision.text.locale
            return ItemRow(
                row.pk,
                _("publish"),
                f"{revision.title} ({locale})",
                detail,
                f"{url}?locale={locale}#text-{locale}",
            )
        case SnippetRevision() as value:
            url = reverse("admin:articles_snippet_change", args=[value.snippet_id])
            told = summary(value.snippet.kind, value.value)
            detail = _("value %(number)d: %(value)s") % {"number": value.number, "value": told}
            return ItemRow(row.pk, _("new value"), value.snippet.key, detail, url)
        case Retirement(article):
            url = reverse("admin:articles_article_change", args=[article.pk])
            name = titles.get(article.pk, article.public_id)
            return ItemRow(row.pk, _("retire"), name, article.public_id, url)


def _titles(article_ids: list[int]) -> dict[int, str]:
    """Return what the articles are called where they are live. One statement, if any."""
    if not article_ids:
        return {}
    rows = Entry.objects.live().filter(article__in=article_ids).order_by("-locale")
    return dict(rows.values_list("article_id", "title"))
