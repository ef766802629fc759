"""The one way that anything is published: prepare outside the lock, commit and flip inside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from articles.exceptions import Stale
from articles.operations.audit import operation
from articles.roles import PUBLISH, require
from channels.doorbell import ring
from channels.exceptions import NothingToPublish
from channels.models import Edition
from channels.operations.aftermath import answer_requests, mark_texts
from channels.operations.candidate import Candidate
from channels.operations.committing import commit, hold_pointer
from channels.operations.golden_gate import require_golden
from channels.operations.holding import hold_items
from channels.operations.items import Item, Wanted
from channels.operations.planning import plan
from channels.queries import current_number

# Others may publish while we render; after so many meetings we render while holding the pointer,
# so that everybody gets a turn.
UNLOCKED_ATTEMPTS = 3


def publish(
    *,
    items: Iterable[Item],
    actor: AbstractUser,
    note: str = "",
    now: datetime | None = None,
    alongside: Callable[[Edition], object] | None = None,
) -> Edition:
    """Publish revisions and snippet values and retire articles, all in one new edition.

    Topics that were renamed or moved go along, and every live article that uses one of the
    snippets. What `alongside` writes is committed with the edition or not at all. Must not be
    called inside a transaction. Raises PublishRefused with all that stands in the way,
    NothingToPublish, Stale where an item is not the approved one, InvalidInput where a golden query
    would be lost and the settings refuse that, NotAllowed.
    """
    require(actor, PUBLISH)
    wanted = Wanted.of(items)

    def prepare(base: int) -> Candidate:
        candidate = plan(wanted, base=base)
        require_golden(candidate)
        return candidate

    return publish_candidate(
        prepare,
        cause=Edition.Cause.PUBLISH,
        actor=actor,
        note=note,
        now=now,
        hold=partial(hold_items, wanted),
        alongside=alongside,
    )


def publish_candidate(
    prepare: Callable[[int], Candidate],
    *,
    cause: str,
    actor: AbstractUser,
    note: str,
    now: datetime | None,
    hold: Callable[[Candidate], bool],
    alongside: Callable[[Edition], object] | None = None,
) -> Edition:
    """Commit what `prepare` makes of the current edition.

    `hold` runs inside the lock: it keeps what the candidate was made of from changing, and says
    whether it still is as it was.
    """

    def finish(candidate: Candidate) -> Edition:
        if candidate.is_empty():
            raise NothingToPublish(gettext("Nothing changes: readers get just this already."))
        edition = commit(candidate, cause=cause, actor=actor, note=note, now=now or timezone.now())
        mark_texts(candidate)
        answer_requests(candidate, edition)
        if alongside:
            alongside(edition)
        transaction.on_commit(partial(ring, edition.number))
        return edition

    for _ in range(UNLOCKED_ATTEMPTS):
        candidate = prepare(current_number())
        with operation(durable=True):
            if hold_pointer() == candidate.base and hold(candidate):
                return finish(candidate)
    with operation(durable=True):
        candidate = prepare(hold_pointer())
        if not hold(candidate):
            raise Stale(gettext("The articles are being changed. Publish once more."), current=0)
        return finish(candidate)
