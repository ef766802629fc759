"""Imported texts through review, so that they can be published."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser

from articles.exceptions import ContentProblems, OperationRefused
from articles.exported_form import KNOWLEDGE
from articles.importing.options import Progress, no_progress
from articles.importing.report import ImportedText, Outcome, Report
from articles.models import ArticleText, Revision
from articles.operations.audit import operation
from articles.operations.reviewing import approve, submit
from articles.operations.snippets import approve_snippet
from articles.snippet_values import SnippetValues
from articles.workflow import State


def approve_imported(
    report: Report, *, actor: AbstractUser, progress: Progress = no_progress
) -> list[Revision]:
    """Approve what was imported and is no draft; return what readers don't have yet, or have
    otherwise. What cannot be told as it stands is refused in `report`."""
    for value in report.snippets:
        try:
            approve_snippet(actor=actor, snippet=value.snippet, revision=value.number)
        except OperationRefused as refusal:  # It was sent back here, or leads back to itself.
            report.refuse(KNOWLEDGE, None, f"“{value.snippet.key}”: {refusal}")
    revisions = []
    snippets = SnippetValues()
    for done, imported in enumerate(report.texts):
        progress("approving", done, len(report.texts))
        path = imported.page.path
        if imported.page.draft:
            continue
        if problems := report.unsound.get(path):
            for notice in problems:
                report.refuse(path, notice.line, f"cannot be published: {notice.message}")
            continue
        try:
            if _approve(imported, actor, snippets):
                revisions.append(imported.revision)
        except ContentProblems as refusal:
            for problem in refusal.problems:
                report.refuse(path, None, f"cannot be published: {problem.message}")
        except OperationRefused as refusal:
            report.refuse(path, None, str(refusal))
    return revisions


@operation()
def _approve(imported: ImportedText, actor: AbstractUser, snippets: SnippetValues) -> bool:
    """Bring the text to approved; return whether it is to be published.

    What people in the hub wrote, sent back or retired is theirs to decide on.
    """
    revision = imported.revision
    text = ArticleText.objects.get(pk=revision.text_id)
    if not text.head_id == text.imported_id == revision.pk:
        return False
    if text.state == State.PUBLISHED:
        return imported.outcome is not Outcome.UNCHANGED
    if text.state == State.DRAFT:
        text = submit(actor=actor, text=text, revision=revision.number, snippets=snippets)
    if text.state == State.IN_REVIEW:
        text = approve(actor=actor, text=text, revision=revision.number)
    return text.state == State.APPROVED
