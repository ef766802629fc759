"""Readers' priorities: asking for an update, voting for it, and what editors make of it."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from articles.document.text import clean_line
from articles.exceptions import InvalidInput, WrongState
from articles.models import Article, ArticleText
from articles.operations.audit import record
from articles.operations.validation import require_locale
from articles.roles import WRITE, require
from channels.models import UpdateRequest, Vote
from channels.voters import Voter

State = UpdateRequest.State
OPEN_STATES = (State.OPEN, State.PLANNED, State.IN_WORK)


@transaction.atomic
def ask(
    *,
    voter: Voter,
    locale: str,
    sentence: str,
    origin: str,
    audience_rank: int,
    article: Article | None = None,
    now: datetime | None = None,
) -> UpdateRequest:
    """Ask for an article to be updated, or (without one) to be written; whoever asks votes.

    Asking what is asked already, word for word, is a vote for it. `audience_rank` is that of the
    narrowest thing the asker was reading. Raises InvalidInput.
    """
    require_locale(locale)
    sentence = clean_line(sentence)
    if not 3 <= len(sentence) <= 500:
        raise InvalidInput(
            gettext("Say in a sentence of 3 to 500 characters what is wrong or missing.")
        )
    now = now or timezone.now()
    same = UpdateRequest.objects.filter(
        article=article,
        locale=locale,
        sentence=sentence,
        audience_rank=audience_rank,
        state__in=OPEN_STATES,
    )
    if (made := same.first()) is not None:
        _add_vote(made, voter, now)
        made.refresh_from_db(fields=["votes_count"])
        return made
    request = UpdateRequest.objects.create(
        article=article,
        locale=locale,
        sentence=sentence,
        origin=origin,
        audience_rank=audience_rank,
        created_at=now,
    )
    _add_vote(request, voter, now)
    request.refresh_from_db(fields=["votes_count"])
    return request


@transaction.atomic
def vote(*, voter: Voter, request: UpdateRequest, now: datetime | None = None) -> bool:
    """Vote for a request; return False where this person had voted already.

    Raises WrongState where the request is closed.
    """
    return _add_vote(request, voter, now or timezone.now())


@transaction.atomic
def retract_vote(*, voter: Voter, request: UpdateRequest) -> bool:
    """Take a vote back; return False where there was none."""
    deleted, _ = Vote.objects.filter(request=request, voter=voter.hash).delete()
    if deleted:
        UpdateRequest.objects.filter(pk=request.pk).update(votes_count=F("votes_count") - 1)
    return bool(deleted)


@transaction.atomic
def decide(
    *,
    actor: AbstractUser,
    request: UpdateRequest,
    state: str,
    reason: str = "",
    now: datetime | None = None,
) -> UpdateRequest:
    """Reopen, plan or decline a request. Declining needs a reason, which readers see.

    Work begins with `start_work`, and publishing closes. Raises InvalidInput, NotAllowed.
    """
    require(actor, WRITE)
    if state not in (State.OPEN, State.PLANNED, State.DECLINED):
        raise InvalidInput(
            gettext("A request can be reopened, planned or declined."), field="state"
        )
    if state == State.DECLINED and not reason.strip():
        raise InvalidInput(gettext("Say why the request is declined."), field="reason")
    return _change(
        actor, request, now, state=state, reason=clean_line(reason)[:500], published_in=None
    )


@transaction.atomic
def start_work(
    *, actor: AbstractUser, request: UpdateRequest, now: datetime | None = None
) -> UpdateRequest:
    """Take a request into work: the next revision of its article that is published answers it.

    Raises InvalidInput where it names no article yet, WrongState, NotAllowed.
    """
    require(actor, WRITE)
    if request.article is None:
        raise InvalidInput(
            gettext("Choose the article that will answer this request."), field="article"
        )
    if request.state not in OPEN_STATES:
        raise WrongState(gettext("This request is closed."))
    text = ArticleText.objects.filter(article=request.article, locale=request.locale).first()
    return _change(
        actor, request, now, state=State.IN_WORK, work_from_id=text.approved_id if text else None
    )


@transaction.atomic
def assign_article(
    *,
    actor: AbstractUser,
    request: UpdateRequest,
    article: Article,
    now: datetime | None = None,
) -> UpdateRequest:
    """Say which article will answer a request that named none. Raises NotAllowed."""
    require(actor, WRITE)
    return _change(actor, request, now, article_id=article.pk)


@transaction.atomic
def set_hidden(
    *,
    actor: AbstractUser,
    request: UpdateRequest,
    hidden: bool,
    now: datetime | None = None,
) -> UpdateRequest:
    """Hide a request from readers (abuse, personal data), or show it again. Raises NotAllowed."""
    require(actor, WRITE)
    return _change(actor, request, now, hidden=hidden)


def _add_vote(request: UpdateRequest, voter: Voter, now: datetime) -> bool:
    """The count moves only with the row that counts."""
    # The row is held: votes are counted one after the other, and none comes after the end.
    held = UpdateRequest.objects.select_for_update().get(pk=request.pk)
    if held.state not in OPEN_STATES:
        raise WrongState(gettext("This request is closed."))
    _, created = Vote.objects.get_or_create(
        request=request, voter=voter.hash, defaults={"created_at": now}
    )
    if created:
        UpdateRequest.objects.filter(pk=request.pk).update(votes_count=F("votes_count") + 1)
    return created


def _change(
    actor: AbstractUser, request: UpdateRequest, now: datetime | None, **values: object
) -> UpdateRequest:
    UpdateRequest.objects.filter(pk=request.pk).update(**values)
    request.refresh_from_db()
    record(
        actor=actor,
        action="change-request",
        subject=f"request {request.pk}",
        now=now or timezone.now(),
        detail=dict(values),
    )
    return request
