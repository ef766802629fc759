"""Readers' priorities: asking for an update, voting for it, and what editors make of it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext

from articles.document.text import clean_line
from articles.exceptions import InvalidInput, WrongState
from articles.models import Article, ArticleText
from articles.operations.audit import operation, record
from articles.operations.validation import require_locale
from articles.roles import WRITE, require
from channels.models import Entry, UpdateRequest, Vote
from channels.models.update_request import fingerprint_of
from channels.operations.committing import hold_pointer
from channels.request_workflow import RequestState, check_open, check_step
from channels.voters import Voter

_TRIES = 3
LONGEST_SENT = 2_000  # characters of a sentence as it is sent


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

    Asking in the same words what is asked already is a vote for it. `audience_rank` is that of
    the narrowest thing the asker was reading. Raises InvalidInput.
    """
    require_locale(locale)
    # What is sent from anywhere is measured before it is cleaned, which makes it shorter.
    sentence = clean_line(sentence) if len(sentence) <= LONGEST_SENT else ""
    if not 3 <= len(sentence) <= 500:
        raise InvalidInput(
            gettext("Say in a sentence of 3 to 500 characters what is wrong or missing.")
        )
    now = now or timezone.now()
    fingerprint = fingerprint_of(
        sentence=sentence, locale=locale, audience_rank=audience_rank, article=article
    )
    request = _open_request(
        fingerprint,
        article=article,
        locale=locale,
        sentence=sentence,
        origin=origin,
        audience_rank=audience_rank,
        created_at=now,
    )
    _add_vote(request, voter, now)
    return request


@transaction.atomic
def vote(*, voter: Voter, request: UpdateRequest, now: datetime | None = None) -> bool:
    """Vote for a request; return False where this person had voted already.

    Raises WrongState where the request is closed.
    """
    return _add_vote(_held(request), voter, now or timezone.now())


@transaction.atomic
def retract_vote(*, voter: Voter, request: UpdateRequest) -> bool:
    """Take a vote back; return False where there was none."""
    held = _held(request)
    deleted, _ = held.votes.filter(voter=voter.hash).delete()
    if deleted:
        _count(held, -1)
    return bool(deleted)


@operation()
def decide(
    *,
    actor: AbstractUser,
    request: UpdateRequest,
    state: str,
    reason: str = "",
    now: datetime | None = None,
) -> UpdateRequest:
    """Reopen, plan or decline a request. Declining needs a reason, which readers see.

    Work begins with `start_work`, and publishing closes. Raises InvalidInput, NotAllowed,
    WrongState, also where readers have asked the same once more since it was closed.
    """
    require(actor, WRITE)
    if state not in (RequestState.OPEN, RequestState.PLANNED, RequestState.DECLINED):
        raise InvalidInput(
            gettext("A request can be reopened, planned or declined."), field="state"
        )
    if state == RequestState.DECLINED and not reason.strip():
        raise InvalidInput(gettext("Say why the request is declined."), field="reason")
    held = _held(request)
    check_step(held.state, RequestState(state))
    try:
        with transaction.atomic():
            return _change(
                actor, held, now, state=state, reason=clean_line(reason)[:500], published_in=None
            )
    except IntegrityError:
        raise WrongState(
            gettext("The same is asked in another request, which is open: go on with that one.")
        ) from None


@operation()
def start_work(
    *, actor: AbstractUser, request: UpdateRequest, now: datetime | None = None
) -> UpdateRequest:
    """Take a request into work: what readers get next of the article answers it.

    That is the article it was assigned to, or else the one it is about. Raises InvalidInput where
    there is neither, WrongState, NotAllowed.
    """
    require(actor, WRITE)
    hold_pointer()  # No edition comes between what readers have had and the start of work.
    held = _held(request)
    check_step(held.state, RequestState.IN_WORK)
    article = held.answered_by or held.article
    if article is None:
        raise InvalidInput(
            gettext("Choose the article that will answer this request."), field="article"
        )
    return _change(
        actor, held, now, state=RequestState.IN_WORK, **_work_on(article, locale=held.locale)
    )


@operation()
def assign_article(
    *,
    actor: AbstractUser,
    request: UpdateRequest,
    article: Article,
    now: datetime | None = None,
) -> UpdateRequest:
    """Say which article will answer a request, whether readers can read it yet or not.

    Raises WrongState where the request is closed, NotAllowed.
    """
    require(actor, WRITE)
    hold_pointer()
    held = _held(request)
    check_open(held.state)
    return _change(actor, held, now, **_work_on(article, locale=held.locale))


@operation()
def set_hidden(
    *,
    actor: AbstractUser,
    request: UpdateRequest,
    hidden: bool,
    now: datetime | None = None,
) -> UpdateRequest:
    """Hide a request from readers (abuse, personal data), or show it again. Raises NotAllowed."""
    require(actor, WRITE)
    return _change(actor, _held(request), now, hidden=hidden)


def _open_request(fingerprint: str, **asked: Any) -> UpdateRequest:
    """Return the open request for the same, made where there is none, and keep it open until the
    transaction ends."""
    held = UpdateRequest.objects.open().select_for_update()
    for _ in range(_TRIES):
        # Somebody may make it after our look, and somebody close it before our next one.
        with suppress(IntegrityError):
            return held.get_or_create(fingerprint=fingerprint, defaults=asked)[0]
    return held.get_or_create(fingerprint=fingerprint, defaults=asked)[0]


def _held(request: UpdateRequest) -> UpdateRequest:
    """Return the request as it is now, and keep it so until the transaction ends.

    Whoever holds the pointer as well takes the pointer first, as publishing does.
    """
    return UpdateRequest.objects.select_for_update().get(pk=request.pk)


def _add_vote(held: UpdateRequest, voter: Voter, now: datetime) -> bool:
    check_open(held.state)
    _, created = Vote.objects.get_or_create(
        request=held, voter=voter.hash, defaults={"created_at": now}
    )
    if created:
        _count(held, 1)
    return created


def _count(held: UpdateRequest, change: int) -> None:
    """The count moves only with the row that counts."""
    held.votes_count = F("votes_count") + change
    held.save(update_fields=["votes_count"])
    held.refresh_from_db(fields=["votes_count"])


def _work_on(article: Article, *, locale: str) -> dict[str, int | None]:
    """Return what a request says of the work on `article`, seen from now. Needs the pointer held.

    What readers had once, or what is approved and waits, is no answer when it is published (again);
    but where they have had nothing yet, the first that they get is one.
    """
    told = Entry.objects.filter(article=article, locale=locale)
    # What was told last may be a conversion, whose words are another locale's text.
    text = ArticleText.objects.filter(
        pk=told.order_by("-from_edition").values("revision__text")[:1]
    ).first()
    newest = None
    if text:
        newest = told.filter(revision__text=text).aggregate(newest=Max("revision"))["newest"]
        newest = max(newest, text.approved_id or 0)
    return {"answered_by_id": article.pk, "work_from_id": newest}


def _change(
    actor: AbstractUser, held: UpdateRequest, now: datetime | None, **values: object
) -> UpdateRequest:
    for name, value in values.items():
        setattr(held, name, value)
    held.save(update_fields=list(values))
    record(
        actor=actor,
        action="change-request",
        subject=f"request {held.pk}",
        now=now or timezone.now(),
        detail=dict(values),
    )
    return held
