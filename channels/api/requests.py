"""Update requests: what readers ask to be written or corrected, and their votes for it."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from rest_framework.request import Request

from articles.models import Article
from articles.public_ids import is_public_id
from channels import voters
from channels.api.answers import RequestsAnswer
from channels.api.base import ApiView, done, tell
from channels.api.items import RequestItem, VoteItem, present
from channels.api.paging import Question, read_page
from channels.api.parameters import FeedbackBody, RequestBody, RequestsQuestion
from channels.api.pins import pin
from channels.api.schema import reads, writes
from channels.delivery.article import not_found
from channels.delivery.viewer import Viewer
from channels.models import UpdateRequest
from channels.models.update_request import UpdateRequestQuerySet
from channels.operations.requests import ask, retract_vote, vote
from channels.problem import Problem
from channels.queries import current_number, entries_at, visible_requests
from channels.voters import Voter

_ID = re.compile(r"[1-9][0-9]{0,17}")


class RequestList(ApiView):
    @reads("list_requests", RequestsAnswer, 404, question=RequestsQuestion)
    def get(self, request: Request) -> HttpResponse:
        """What readers ask for, most wanted first. Votes go on while a caller turns the pages: a
        request may be met twice, or not at all."""
        question = Question.of(request.path, self.asked)
        cursor = question.read(self.asked.get("cursor"))
        edition = pin()
        page = read_page(
            _filtered(self.asked, self.viewer, edition).select_related("article"),
            order=("-votes_count", "-pk"),
            question=question,
            cursor=cursor,
            edition=edition,
        )
        results = present(RequestItem, page.rows)
        return tell(request, page.answer(edition, results), viewer=self.viewer, edition=edition)

    @writes("make_request", {200: RequestItem, 201: RequestItem}, 404, body=RequestBody)
    def post(self, request: Request) -> HttpResponse:
        """Ask for something to be written or corrected. Whoever asks votes for it; asking the same
        again gives the request that was made (200)."""
        public_id = self.sent.get("article")
        article = None if public_id is None else _readable(public_id, self.viewer)
        return _asked(self, request, article)


class Feedback(ApiView):
    @writes("give_feedback", {200: RequestItem, 201: RequestItem}, 404, body=FeedbackBody)
    def post(self, request: Request, public_id: str) -> HttpResponse:
        """Say that an article needs an update."""
        return _asked(self, request, _readable(public_id, self.viewer))


class RequestDetail(ApiView):
    @reads("get_request", RequestItem, 404)
    def get(self, request: Request, request_id: str) -> HttpResponse:
        """One update request."""
        edition = current_number()
        wanted = _visible(request_id, self.viewer, edition=edition)
        return tell(request, RequestItem(wanted).data, viewer=self.viewer, edition=edition)


class RequestVote(ApiView):
    @writes("vote", {200: VoteItem}, 404, 409)
    def post(self, request: Request, request_id: str) -> HttpResponse:
        """Vote for a request. Voting twice is voting once."""
        wanted = _visible(request_id, self.viewer)
        voter = _voter(request, self.viewer)
        vote(voter=voter, request=wanted)
        response = _voted(wanted, voted=True)
        voters.remember(request._request, response, voter)
        return response

    @writes("retract_vote", {200: VoteItem}, 404)
    def delete(self, request: Request, request_id: str) -> HttpResponse:
        """Take one's vote back."""
        wanted = _visible(request_id, self.viewer)
        retract_vote(voter=_voter(request, self.viewer), request=wanted)
        return _voted(wanted, voted=False)


def _asked(view: ApiView, request: Request, article: Article | None) -> HttpResponse:
    now = timezone.now()
    voter = _voter(request, view.viewer)
    made = ask(
        voter=voter,
        locale=view.sent["locale"],
        sentence=view.sent["sentence"],
        origin=UpdateRequest.Origin.API,
        # What somebody with a key says may tell of what only they can read.
        audience_rank=view.viewer.rank,
        article=article,
        now=now,
    )
    # What the asker may not see is told no more than they said.
    told = visible_requests(view.viewer.rank).select_related("article").filter(pk=made.pk).first()
    response = done(
        RequestItem(told or made).data,
        status=201 if made.created_at == now else 200,
        location=f"/api/v1/requests/{made.pk}/",
    )
    voters.remember(request._request, response, voter)
    return response


def _voter(request: Request, viewer: Viewer) -> Voter:
    if viewer.key_id is not None:
        return voters.key_voter(viewer.key_id)
    return voters.voter_of(request._request)


def _voted(wanted: UpdateRequest, *, voted: bool) -> HttpResponse:
    wanted.refresh_from_db(fields=["votes_count"])
    told = {"request": wanted.pk, "votes": wanted.votes_count, "voted": voted}
    return done(VoteItem(told).data)


def _readable(public_id: str, viewer: Viewer, *, edition: int | None = None) -> Article:
    """Return the article if `edition` tells it to this viewer. Raises Problem (404)."""
    known = is_public_id(public_id)
    entries = entries_at(edition, rank=viewer.rank).select_related("article")
    entry = entries.filter(public_id=public_id).first() if known else None
    if entry is None:
        raise not_found()
    return entry.article


def _visible(request_id: str, viewer: Viewer, *, edition: int | None = None) -> UpdateRequest:
    """Return the request if this viewer may see it. Raises Problem (404)."""
    requests = visible_requests(viewer.rank, edition=edition).select_related("article")
    wanted = requests.filter(pk=int(request_id)).first() if _ID.fullmatch(request_id) else None
    if wanted is None:
        raise Problem(404, "not-found", "There is no such request for this reader.")
    return wanted


def _filtered(asked: dict[str, Any], viewer: Viewer, edition: int) -> UpdateRequestQuerySet:
    """Raises Problem (404) for an article that this viewer can't read."""
    requests = visible_requests(viewer.rank, edition=edition)
    if "article" in asked:
        article = _readable(asked["article"], viewer, edition=edition)
        requests = requests.on(article.pk)
    return requests.filter(**{name: asked[name] for name in ("locale", "state") if name in asked})
