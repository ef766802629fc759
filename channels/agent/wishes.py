"""What readers ask for, as an agent sees it: by votes, with what they voted for themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from channels.agent.listing import RANK
from channels.languages import html_lang
from channels.models import UpdateRequest, Vote
from channels.operations.requests import OPEN_STATES
from channels.queries import visible_requests
from channels.voters import Voter

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Wish:
    request: UpdateRequest
    is_open: bool
    is_mine: bool  # this agent votes for it
    lang: str


def wishes_on(article_id: int, voter: Voter, *, edition: int) -> Sequence[Wish]:
    """Return what is asked of an article, in every state. Two statements."""
    asked = visible_requests(RANK, edition=edition).filter(article_id=article_id)
    return _wishes(asked[:MOST_SHOWN], voter)


def most_wanted(voter: Voter, *, edition: int) -> Sequence[Wish]:
    """Return what readers wish most and nobody has answered. Two statements."""
    asked = visible_requests(RANK, edition=edition).filter(state__in=OPEN_STATES)
    return _wishes(asked.select_related("article")[:MOST_SHOWN], voter)


def visible_request(pk: int) -> UpdateRequest | None:
    """Return a request that agents may see."""
    return visible_requests(RANK).filter(pk=pk).select_related("article").first()


def _wishes(requests: Iterable[UpdateRequest], voter: Voter) -> Sequence[Wish]:
    rows = list(requests)
    mine = set(
        Vote.objects.filter(voter=voter.hash, request__in=[row.pk for row in rows]).values_list(
            "request_id", flat=True
        )
    )
    return [
        Wish(row, row.state in OPEN_STATES, row.pk in mine, html_lang(row.locale)) for row in rows
    ]
