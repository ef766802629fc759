"""The one way that anything is published: prepare outside the lock, commit and flip inside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from articles.exceptions import Stale, WrongState
from articles.models import ArticleText, Snippet
from articles.roles import PUBLISH, require
from channels.doorbell import ring
from channels.exceptions import NothingToPublish
from channels.models import Edition, Release
from channels.operations.aftermath import answer_requests, mark_texts
from channels.operations.candidate import Candidate
from channels.operations.chunks import chunks
from channels.operations.committing import commit, hold_pointer
from channels.operations.planning import Item, Wanted, plan
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
    release: Release | None = None,
) -> Edition:
    """Publish revisions and snippet values and retire articles, all in one new edition.

    Topics that were renamed or moved go along, and every live article that uses one of the
    snippets. Must not be called inside a transaction. Raises PublishRefused with all that stands
    in the way, NothingToPublish, Stale where an item is not the approved one, NotAllowed.
    """
    require(actor, PUBLISH)
    wanted = Wanted.of(items)
    return publish_candidate(
        lambda base: plan(wanted, base=base),
        cause=Edition.Cause.PUBLISH,
        actor=actor,
        note=note,
        now=now,
        check=partial(_check_items, wanted, release),
        release=release,
    )


def publish_candidate(
    prepare: Callable[[int], Candidate],
    *,
    cause: str,
    actor: AbstractUser,
    note: str,
    now: datetime | None,
    check: Callable[[], None],
    release: Release | None = None,
) -> Edition:
    """Commit what `prepare` makes of the current edition; `check` runs inside the lock."""

    def finish(candidate: Candidate) -> Edition:
        check()
        if candidate.is_empty():
            raise NothingToPublish(gettext("All of it is live already."))
        edition = commit(candidate, cause=cause, actor=actor, note=note, now=now or timezone.now())
        mark_texts(candidate)
        answer_requests(candidate, edition)
        if release:
            Release.objects.filter(pk=release.pk).update(edition=edition)
        transaction.on_commit(partial(ring, edition.number))
        return edition

    for _ in range(UNLOCKED_ATTEMPTS):
        candidate = prepare(current_number())
        with transaction.atomic(durable=True):
            if hold_pointer() == candidate.base:
                return finish(candidate)
    with transaction.atomic(durable=True):
        return finish(prepare(hold_pointer()))


def _check_items(wanted: Wanted, release: Release | None) -> None:
    """Raise Stale where an item stopped being the approved one since it was chosen, WrongState
    where the release went live meanwhile."""
    if release:
        became = Release.objects.values_list("edition_id", flat=True).get(pk=release.pk)
        if became:
            raise WrongState(
                gettext("This release became edition %(number)d.") % {"number": became}
            )
    for ids in chunks(sorted(wanted.revisions)):
        rows = ArticleText.objects.filter(pk__in=ids).select_related("approved")
        for text in rows:
            revision = wanted.revisions[text.pk]
            if text.approved_id != revision.pk:
                raise Stale(
                    gettext("“%(title)s”, revision %(number)d, is not the approved one.")
                    % {"title": revision.title, "number": revision.number},
                    current=text.approved.number if text.approved else 0,
                )
    for ids in chunks(sorted(wanted.snippets)):
        for snippet in Snippet.objects.filter(pk__in=ids).select_related("approved"):
            revision_ = wanted.snippets[snippet.pk]
            if snippet.approved_id != revision_.pk:
                raise Stale(
                    gettext("Snippet %(key)s, revision %(number)d, is not the approved one.")
                    % {"key": snippet.key, "number": revision_.number},
                    current=snippet.approved.number if snippet.approved else 0,
                )
