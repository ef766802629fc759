"""What an edition means for the texts and the readers' requests: written in its transaction."""

from __future__ import annotations

from django.db.models import F, Q

from articles.models import ArticleText
from articles.workflow import State
from channels.models import Edition, UpdateRequest
from channels.operations.candidate import Candidate
from channels.operations.chunks import chunks
from channels.request_workflow import RequestState


def mark_texts(candidate: Candidate) -> None:
    """Bring the state of every text to what readers now get of it."""
    for entries in chunks(candidate.entries):
        told = {entry.revision_id for entry in entries}
        newest_told = ArticleText.objects.filter(head__in=told)
        if newest_told.update(state=State.PUBLISHED, approved=F("head")) < len(entries):
            # An older revision came back: what is newer is approved or a draft, but not told.
            older_told = ArticleText.objects.filter(revisions__in=told).exclude(head__in=told)
            older_told.filter(state=State.PUBLISHED, approved=F("head")).update(
                state=State.APPROVED
            )
            older_told.filter(state__in=(State.PUBLISHED, State.RETIRED)).update(state=State.DRAFT)
    for removed in chunks(candidate.removed):
        texts = ArticleText.objects.filter(pk__in={entry.text_id for entry in removed})
        # What only an import brought is nobody's work here, and the next one would tell it again.
        imported = Q(state__in=(State.DRAFT, State.APPROVED), head=F("imported"))
        texts.filter(Q(state=State.PUBLISHED) | imported).update(state=State.RETIRED, approved=None)
        # Other work on what is newer goes on; what was told needs a decision to be told again.
        gone = {entry.revision_id for entry in removed}
        texts.filter(approved__in=gone).update(approved=None)


def answer_requests(candidate: Candidate, edition: Edition) -> None:
    """Close the requests in work whose article tells a newer revision than work began on."""
    for entries in chunks(candidate.entries):
        told = {(entry.article_id, entry.locale): entry.revision_id for entry in entries}
        in_work = UpdateRequest.objects.filter(state=RequestState.IN_WORK)
        about = in_work.filter(answered_by__in={article for article, _ in told})
        waiting = about.select_for_update().order_by("pk")
        answered = [
            pk
            for pk, article, locale, work_from in waiting.values_list(
                "pk", "answered_by", "locale", "work_from"
            )
            if told.get((article, locale), 0) > (work_from or 0)
        ]
        if answered:
            in_work.filter(pk__in=answered).update(
                state=RequestState.PUBLISHED, published_in=edition
            )
