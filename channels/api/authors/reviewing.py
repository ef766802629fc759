"""A text's way through review, and on to the readers."""

from __future__ import annotations

from django.http import HttpResponse
from rest_framework.request import Request

from articles.exceptions import Stale
from articles.models import ArticleText, ReviewStep, Revision
from articles.operations.reviewing import approve, reject, submit, withdraw
from channels.api.authors.answers import ReviewStepsAnswer
from channels.api.authors.base import AuthorView, answer
from channels.api.authors.contracts import changes, shows
from channels.api.authors.finding import text_of
from channels.api.authors.items import EditionMade, ReviewStepItem, TextDetail
from channels.api.authors.parameters import ReasonBody
from channels.api.authors.preconditions import number_based_on
from channels.api.authors.texts import told
from channels.api.parameters import PageQuestion
from channels.models import Edition
from channels.operations.releases import publish_together


class ReviewSteps(AuthorView):
    @shows("list_review_steps", ReviewStepsAnswer, 404, question=PageQuestion)
    def get(self, request: Request, public_id: str, locale: str) -> HttpResponse:
        """Who submitted, took back, approved and sent back what, the first step first."""
        steps = ReviewStep.objects.filter(revision__text=text_of(public_id, locale))
        return self.listed(
            ReviewStepItem, steps.select_related("revision", "person"), order=("pk",)
        )


class Submitting(AuthorView):
    @changes("submit_text", {200: TextDetail}, based=True)
    def post(self, request: Request, public_id: str, locale: str) -> HttpResponse:
        """Ask for review of the newest revision; 409 where it could not be told as it stands."""
        text = text_of(public_id, locale)
        submit(actor=self.actor, text=text, revision=number_based_on(request))
        return told(public_id, locale)


class Withdrawing(AuthorView):
    @changes("withdraw_text", {200: TextDetail}, based=True)
    def post(self, request: Request, public_id: str, locale: str) -> HttpResponse:
        """Take the revision back from review."""
        text = text_of(public_id, locale)
        withdraw(actor=self.actor, text=text, revision=number_based_on(request))
        return told(public_id, locale)


class Approving(AuthorView):
    @changes("approve_text", {200: TextDetail}, based=True)
    def post(self, request: Request, public_id: str, locale: str) -> HttpResponse:
        """Approve the revision. Its state says whether others must, too."""
        text = text_of(public_id, locale)
        approve(actor=self.actor, text=text, revision=number_based_on(request))
        return told(public_id, locale)


class SendingBack(AuthorView):
    @changes("send_back_text", {200: TextDetail}, body=ReasonBody, based=True)
    def post(self, request: Request, public_id: str, locale: str) -> HttpResponse:
        """Send the revision back to its author with a reason."""
        text = text_of(public_id, locale)
        reject(
            actor=self.actor,
            text=text,
            revision=number_based_on(request),
            reason=self.sent["reason"],
        )
        return told(public_id, locale)


class PublishingText(AuthorView):
    @changes("publish_text", {200: EditionMade}, based=True, owns_transaction=True)
    def post(self, request: Request, public_id: str, locale: str) -> HttpResponse:
        """Publish the approved revision now, in an edition of its own."""
        text = text_of(public_id, locale)
        number = number_based_on(request)
        revision = _approved(text, number)

        def made(edition: Edition) -> HttpResponse:
            return answer(EditionMade(edition).data, version=number)

        edition = publish_together(
            actor=self.actor,
            name=revision.title,
            items=[revision],
            alongside=lambda edition: self.keep(made(edition)),
        )
        return made(edition)


def _approved(text: ArticleText, number: int) -> Revision:
    """The operation refuses what is not approved; here it is told apart from what is stale."""
    if text.approved is None or text.approved.number != number:
        current = text.approved.number if text.approved else 0
        raise Stale("This revision is not the approved one.", current=current)
    return text.approved
