"""What people remark on a revision, on one of its lines or on all of it, until it is settled."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.utils import timezone
from django.utils.translation import gettext

from articles.document.text import clean_text
from articles.exceptions import InvalidInput, WrongState
from articles.models import Remark, Revision
from articles.operations.audit import operation, record
from articles.roles import REVIEW, WRITE, is_system, require

MAX_REMARK = 2_000  # characters
MOST_REMARKS = 500  # on one revision


def lines_of(revision: Revision) -> list[str]:
    """Return the lines of the body, which remarks are made on by their number from 1."""
    return revision.body.removesuffix("\n").split("\n")


@operation()
def add_remark(
    *,
    actor: AbstractUser,
    revision: Revision,
    words: str,
    line: int | None = None,
    now: datetime | None = None,
) -> Remark:
    """Remark something on `line` of the body (from 1), or on the whole revision.

    Raises InvalidInput for a line that there is not, for no words and for more than 2,000
    characters; NotAllowed.
    """
    _require(actor)
    words = clean_text(words).strip()
    if not words:
        raise InvalidInput(gettext("Write what you remark."), field="words")
    if len(words) > MAX_REMARK:
        raise InvalidInput(
            gettext("A remark has at most %(most)d characters.") % {"most": MAX_REMARK},
            field="words",
        )
    if line is not None and not 1 <= line <= len(lines_of(revision)):
        raise InvalidInput(
            gettext("Revision %(revision)d has no line %(line)d.")
            % {"revision": revision.number, "line": line},
            field="line",
        )
    if revision.remarks.count() >= MOST_REMARKS:
        raise InvalidInput(
            gettext("There are %(most)d remarks on this revision. Send it back instead.")
            % {"most": MOST_REMARKS},
            field="words",
        )
    now = now or timezone.now()
    remark = Remark.objects.create(
        revision=revision, line=line, words=words, author_id=actor.pk, created_at=now
    )
    _record(actor, "remark", remark, now, words=words)
    return remark


@operation()
def settle_remark(*, actor: AbstractUser, remark: Remark, now: datetime | None = None) -> Remark:
    """Say that a remark is dealt with. Raises WrongState where it is already; NotAllowed."""
    _require(actor)
    held = _held(remark)
    if held.settled_at is not None:
        raise WrongState(gettext("This remark is settled already."))
    now = now or timezone.now()
    held.settled_by_id, held.settled_at = actor.pk, now
    held.save(update_fields=["settled_by", "settled_at"])
    _record(actor, "settle-remark", held, now)
    return held


@operation()
def reopen_remark(*, actor: AbstractUser, remark: Remark, now: datetime | None = None) -> Remark:
    """Say that a settled remark is not dealt with after all: who made it may, and reviewers.
    Raises WrongState where it is open; NotAllowed."""
    held = _held(remark)
    if held.author_id == actor.pk:
        _require(actor)
    else:
        require(actor, REVIEW)
    if held.settled_at is None:
        raise WrongState(gettext("This remark is open."))
    held.settled_by = held.settled_at = None
    held.save(update_fields=["settled_by", "settled_at"])
    _record(actor, "reopen-remark", held, now or timezone.now())
    return held


def _require(actor: AbstractUser) -> None:
    """Raise NotAllowed unless the actor writes or reviews."""
    if not (is_system(actor) or actor.has_perm(REVIEW)):
        require(actor, WRITE)


def _held(remark: Remark) -> Remark:
    return (
        Remark.objects.select_for_update(of=("self",))
        .select_related("revision__text__article")
        .get(pk=remark.pk)
    )


def _record(
    actor: AbstractUser, action: str, remark: Remark, now: datetime, **detail: object
) -> None:
    text = remark.revision.text
    record(
        actor=actor,
        action=action,
        subject=f"article {text.article.public_id}",
        now=now,
        detail={
            "locale": text.locale,
            "revision": remark.revision.number,
            "remark": remark.pk,
            "line": remark.line,
            **detail,
        },
    )
