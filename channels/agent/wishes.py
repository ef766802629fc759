"""What readers ask for, as an agent sees it: by votes, with what they voted for themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from channels.agent.listing import RANK
from channels.languages import html_lang
from channels.models import UpdateRequest, Vote
from channels.queries import visible_requests
from channels.request_workflow import OPEN_STATES
from channels.voters import Voter

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Wish:
    request: UpdateRequest
    is_open: bool
    is_mine: bool  # this agent votes for it
    lang: str
    article: str  # the public id of what answers it, or else of what it is about, "" for none


def wishes_on(article_id: int, voter: Voter, *, edition: int) -> Sequence[Wish]:
    """Return what is asked of an article, in every state. Two statements."""
    asked = visible_requests(RANK, edition=edition).on(article_id)
    return _wishes(asked[:MOST_SHOWN], voter)


def most_wanted(voter: Voter, *, edition: int) -> Sequence[Wish]:
    """Return what readers wish most and nobody has answered. Two statements."""
    return _wishes(visible_requests(RANK, edition=edition).open()[:MOST_SHOWN], voter)


def visible_request(pk: int) -> UpdateRequest | None:
    """Return a request that agents may see."""
    return visible_requests(RANK).filter(pk=pk).first()


def _wishes(requests: QuerySet[Any], voter: Voter) -> Sequence[Wish]:
    rows = list(requests.select_related("article"))
    mine = set(
        Vote.objects.filter(voter=voter.hash, request__in=[row.pk for row in rows]).values_list(
            "request_id", flat=True
        )
    )
    return [
        Wish(
            row,
            is_open=row.state in OPEN_STATES,
            is_mine=row.pk in mine,
            lang=html_lang(row.locale),
            article=row.answer or (row.article.public_id if row.article else ""),
        )
        for row in rows
    ]
