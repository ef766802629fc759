"""Update requests as pages show them: what is asked, of which article, and whether I voted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from channels.languages import html_lang
from channels.models import UpdateRequest, Vote
from channels.request_workflow import OPEN_STATES
from channels.voters import voter_of
from channels.website.listing import Teaser, teaser
from channels.website.reading import Reading

MOST_WANTED = 5


@dataclass(frozen=True, slots=True)
class Wish:
    """One request in a list; `article` is None where it is not of one, or not shown with it."""

    request: UpdateRequest
    lang: str  # BCP 47
    is_open: bool
    is_mine: bool
    article: Teaser | None = None


def most_wanted(reading: Reading) -> list[Wish]:
    """Return the open requests that most readers vote for. At most two statements."""
    rows = reading.requests().open()[:MOST_WANTED]
    return _wishes(rows, reading, set())


def wishes_for_article(request: HttpRequest, reading: Reading, *, article_id: int) -> list[Wish]:
    """Return what is asked of one article and not answered yet. One statement."""
    rows = reading.requests().open().on(article_id)
    return [_wish(row, mine=row.mine) for row in _with_mine(rows, request)[:MOST_WANTED]]


def wishes_on_page(
    request: HttpRequest, reading: Reading, rows: Iterable[UpdateRequest]
) -> list[Wish]:
    """Return the rows of one page of the public list. Two statements."""
    rows = list(rows)
    voted = Vote.objects.filter(request__in=rows, voter=voter_of(request).hash)
    return _wishes(rows, reading, set(voted.values_list("request_id", flat=True)))


def _wishes(rows: Iterable[UpdateRequest], reading: Reading, mine: set[int]) -> list[Wish]:
    """Put each request beside the article that answers it, or else the one that it is about."""
    rows = list(rows)
    about = {pk for row in rows for pk in (row.answered_by_id, row.article_id) if pk is not None}
    entries = reading.best_texts().filter(article_id__in=about) if about else []
    articles = {entry.article_id: teaser(entry, locale=reading.locale) for entry in entries}

    def shown_with(row: UpdateRequest) -> Teaser | None:
        return articles.get(row.answered_by_id or 0) or articles.get(row.article_id or 0)

    return [_wish(row, mine=row.pk in mine, article=shown_with(row)) for row in rows]


def _wish(row: UpdateRequest, *, mine: bool, article: Teaser | None = None) -> Wish:
    return Wish(row, html_lang(row.locale), row.state in OPEN_STATES, mine, article)


def _with_mine(rows: QuerySet[UpdateRequest], request: HttpRequest) -> QuerySet[Any]:
    """Let each row say as `mine` whether the person who reads has voted for it."""
    voted = Vote.objects.filter(request=OuterRef("pk"), voter=voter_of(request).hash)
    return rows.annotate(mine=Exists(voted))
