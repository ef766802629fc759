"""Publishing what was imported: all that can be told, in one edition, and the rest by name."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser

from articles.importing.approving import approve_imported
from articles.importing.options import Progress, no_progress
from articles.importing.report import Report
from articles.models import Revision
from channels.exceptions import ArticleProblem, NothingToPublish, PublishRefused
from channels.models import Edition
from channels.operations.publishing import publish

# Whoever links to a text that is left out is left out in the next round.
MOST_ROUNDS = 20

Key = tuple[str, str]  # public id and locale, as problems name a text


@dataclass(frozen=True, slots=True)
class Published:
    edition: Edition | None
    texts: int  # how many were handed to the edition


def publish_imported(
    report: Report, *, actor: AbstractUser, note: str = "", progress: Progress = no_progress
) -> Published:
    """Approve and publish what an import brought; refuse in `report` what stands in the way.

    Raises NotAllowed.
    """
    ready = approve_imported(report, actor=actor, progress=progress)
    approved = {revision.pk for revision in ready}
    paths: dict[Key, str] = {}
    revisions: dict[Key, Revision] = {}
    for imported in report.texts:
        if imported.revision.pk in approved:
            key = (imported.public_id, imported.page.locale)
            paths[key], revisions[key] = imported.page.path, imported.revision
    for _ in range(MOST_ROUNDS):
        if not revisions:
            break
        progress("publishing", 0, len(revisions))
        try:
            edition = publish(items=revisions.values(), actor=actor, note=note)
        except NothingToPublish:
            return Published(None, 0)
        except PublishRefused as refusal:
            left_out = _leave_out(refusal.problems, revisions)
            for problem in refusal.problems:
                path = paths.get(_key(problem)) or str(problem.title)
                report.refuse(path, None, f"cannot be published: {problem.message}.")
            if not left_out:
                break
        else:
            return Published(edition, len(revisions))
    for key in revisions:
        report.refuse(paths[key], None, "was not published: what it needs could not be.")
    return Published(None, 0)


def _leave_out(problems: tuple[ArticleProblem, ...], revisions: dict[Key, Revision]) -> bool:
    """Take the texts that have problems out of `revisions`; return whether there were any."""
    named = {_key(problem) for problem in problems} & revisions.keys()
    for key in named:
        del revisions[key]
    return bool(named)


def _key(problem: ArticleProblem) -> Key:
    """A conversion goes with the text that it is made from."""
    return (problem.article, problem.converted_from or problem.locale)
