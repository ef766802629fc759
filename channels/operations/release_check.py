"""Checking a release without publishing it: the verdict is that of publishing itself.

It runs where it was asked for, and writes how far it is into its row, which others may read.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractUser
from django.utils import timezone
from django.utils.translation import gettext

from articles.exceptions import OperationRefused
from articles.operations.audit import operation, record
from articles.roles import WRITE, require
from channels.exceptions import ArticleProblem
from channels.models import Release, ReleaseChange, ReleaseCheck
from channels.operations.blast_radius import Change, changes_of
from channels.operations.candidate import Candidate
from channels.operations.golden_gate import verdict
from channels.operations.items import Item, Wanted
from channels.operations.planning import draw_up
from channels.operations.preparing import Kept
from channels.operations.release_items import changed_since, newer_words, not_live
from channels.operations.releases import items_of
from channels.operations.rendered_ahead import keep_rendered
from channels.operations.translation_check import translation_warnings
from channels.queries import current_number

STEP = 0.25  # seconds between two notes of how far it is
# A check that has not moved for so long belongs to a process that was ended.
SILENCE = timedelta(seconds=30)


class CheckOvertaken(OperationRefused):
    """Somebody started another check of the release."""


def check_release(
    *, actor: AbstractUser, release: Release, now: datetime | None = None
) -> ReleaseCheck:
    """Find what publishing the release would do, and what stands in its way; return it stored.

    Must not be called inside a transaction: others follow it. Raises CheckOvertaken where another
    check of the release was started meanwhile, NotAllowed.
    """
    require(actor, WRITE)
    found = Release.objects.get(pk=release.pk)
    items = items_of(found)
    check = _begin(actor=actor, release=found, total=2 * len(items), now=now)
    rendered: Kept = {}
    try:
        problems, warnings = _judge(check, items, rendered)
    except CheckOvertaken:
        raise
    except BaseException:
        ReleaseCheck.objects.filter(pk=check.pk).update(stopped=True)
        raise
    finished = _finish(actor=actor, check=check, problems=problems, warnings=warnings)
    keep_rendered(finished, rendered)
    return finished


def is_running(check: ReleaseCheck, *, now: datetime | None = None) -> bool:
    """Whether somebody is still at the check."""
    if check.finished_at or check.stopped:
        return False
    return (now or timezone.now()) - check.moved_at < SILENCE


def is_of_now(check: ReleaseCheck, release: Release) -> bool:
    """Whether the check tells of the plan as it is, on the edition that is live. One statement."""
    return check.version == release.version and check.base == current_number()


@operation()
def _begin(
    *, actor: AbstractUser, release: Release, total: int, now: datetime | None
) -> ReleaseCheck:
    now = now or timezone.now()
    Release.objects.select_for_update(of=("self",)).get(pk=release.pk)
    ReleaseCheck.objects.filter(release=release).delete()
    return ReleaseCheck.objects.create(
        release=release,
        version=release.version,
        base=current_number(),
        started_by_id=actor.pk,
        started_at=now,
        moved_at=now,
        total=total,
    )


class _Progress:
    """Notes how far a check is, a few times a second: first the texts rendered, then compared."""

    def __init__(self, check: ReleaseCheck) -> None:
        self._check, self._noted = check, 0.0

    def rendered(self, done: int, total: int) -> None:
        self.note(done, 2 * total)

    def note(self, done: int, total: int) -> None:
        """Raises CheckOvertaken."""
        if time.monotonic() - self._noted < STEP:
            return
        self._noted = time.monotonic()
        row = ReleaseCheck.objects.filter(pk=self._check.pk)
        if not row.update(done=done, total=total, moved_at=timezone.now()):
            raise CheckOvertaken(gettext("Somebody started another check of this release."))


def _judge(
    check: ReleaseCheck, items: Sequence[Item], rendered: Kept
) -> tuple[list[str], list[str]]:
    if not items:
        return [gettext("There is nothing in this release yet.")], []
    progress = _Progress(check)
    try:
        wanted = Wanted.of(items)
        candidate, refused = draw_up(
            wanted, base=check.base, kept=rendered, progress=progress.rendered
        )
    except OperationRefused as refusal:
        return str(refusal).splitlines(), []
    problems = [*changed_since(wanted), *map(str, refused)]
    lost, shown = verdict(candidate)
    problems += lost
    if not problems and candidate.is_empty():
        problems.append(gettext("Nothing changes: readers get just this already."))
    _keep_changes(check, candidate, progress)
    return problems, [*_warnings(wanted, candidate, refused), *shown]


def _keep_changes(check: ReleaseCheck, candidate: Candidate, progress: _Progress) -> None:
    texts = len(candidate.entries) + len(candidate.removed)
    position = done = 0
    for changes in changes_of(candidate):
        rows = [_row(check, change, position + n) for n, change in enumerate(changes)]
        done += len({(change.article_id, change.locale) for change in changes})
        progress.note(texts + done, 2 * texts)
        ReleaseChange.objects.bulk_create(rows)
        position += len(rows)


def _row(check: ReleaseCheck, change: Change, position: int) -> ReleaseChange:
    return ReleaseChange(
        check_result=check,
        position=position,
        article_id=change.article_id,
        locale=change.locale,
        converted_from=change.converted_from,
        title=change.title,
        change=change.change,
        audiences=list(change.audiences),
        channels=list(change.channels),
        said=[list(row) for row in change.said],
        before=change.before,
        after=change.after,
        seconds_before=change.seconds_before,
        seconds_after=change.seconds_after,
    )


def _warnings(wanted: Wanted, candidate: Candidate, refused: Sequence[ArticleProblem]) -> list[str]:
    lines = [*translation_warnings(wanted), *newer_words(wanted), *not_live(wanted)]
    told = {entry.key for entry in candidate.entries}
    told |= {(problem.article, problem.locale) for problem in refused}
    message = gettext("“%(title)s” (%(locale)s) does not change: readers get just this already.")
    lines += [
        message % {"title": subject.slug, "locale": subject.locale}
        for subject in candidate.subjects
        if subject.text_id in wanted.revisions
        and not subject.converted_from
        and (subject.public_id, subject.locale) not in told
    ]
    if candidate.topics:
        message = gettext("Topics that changed go live with it: %(topics)s.")
        lines.append(message % {"topics": ", ".join(sorted(candidate.topics))})
    return lines


@operation()
def _finish(
    *, actor: AbstractUser, check: ReleaseCheck, problems: list[str], warnings: list[str]
) -> ReleaseCheck:
    """Raises CheckOvertaken."""
    now = timezone.now()
    held = ReleaseCheck.objects.select_for_update(of=("self",)).filter(pk=check.pk).first()
    if held is None:
        raise CheckOvertaken(gettext("Somebody started another check of this release."))
    held.problems, held.warnings = problems, warnings
    held.done, held.finished_at, held.moved_at = held.total, now, now
    held.save()
    record(
        actor=actor,
        action="check-release",
        subject=f"release {held.release_id}",
        now=now,
        detail={"version": held.version, "problems": len(problems), "warnings": len(warnings)},
    )
    return held
