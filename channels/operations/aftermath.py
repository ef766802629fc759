"""What an edition means for the texts and the readers' requests: written in its transaction."""

from __future__ import annotations

from django.db.models import F, OuterRef, Q, Subquery

from articles.models import ArticleText, Revision
from articles.workflow import State
from channels.models import Edition, UpdateRequest
from channels.operations.candidate import Candidate, LiveEntry
from channels.operations.chunks import chunks
from channels.request_workflow import RequestState


def mark_texts(candidate: Candidate) -> None:
    """Bring the state of every text to what readers now get of it."""
    for entries in chunks(candidate.entries):
        # A conversion is told of no text: what it is made from is told as well.
        told = {entry.revision_id for entry in entries if not entry.converted_from}
        newest_told = ArticleText.objects.filter(head__in=told)
        if newest_told.update(state=State.PUBLISHED, approved=F("head")) < len(told):
            # An older revision came back: what is newer is approved or a draft, but not told.
            older_told = ArticleText.objects.filter(revisions__in=told).exclude(head__in=told)
            older_told.filter(state=State.PUBLISHED, approved=F("head")).update(
                state=State.APPROVED
            )
            older_told.filter(state__in=(State.PUBLISHED, State.RETIRED)).update(state=State.DRAFT)
    for removed in chunks(_texts_ended(candidate)):
        texts = ArticleText.objects.filter(pk__in={entry.text_id for entry in removed})
        # What only an import brought is nobody's work here, and the next one would tell it again.
        imported = Q(state__in=(State.DRAFT, State.APPROVED), head=F("imported"))
        texts.filter(Q(state=State.PUBLISHED) | imported).update(state=State.RETIRED, approved=None)
        # Other work on what is newer goes on; what was told needs a decision to be told again.
        gone = {entry.revision_id for entry in removed}
        texts.filter(approved__in=gone).update(approved=None)


def _texts_ended(candidate: Candidate) -> list[LiveEntry]:
    """Return what is told no more of people's own texts: with nothing in its place, or with a
    conversion in it, after going back."""
    converted = {entry.key for entry in candidate.entries if entry.converted_from}
    ended = [
        *candidate.removed,
        *(entry for key, entry in candidate.replaced.items() if key in converted),
    ]
    return [entry for entry in ended if not entry.converted_from]


def answer_requests(candidate: Candidate, edition: Edition) -> None:
    """Close the requests in work whose article tells a newer revision than work began on, or words
    of another text: its own where a conversion was told, for instance."""
    for entries in chunks(candidate.entries):
        told = {(entry.article_id, entry.locale): entry for entry in entries}
        in_work = UpdateRequest.objects.filter(state=RequestState.IN_WORK)
        about = in_work.filter(answered_by__in={article for article, _ in told})
        # No join, of which PostgreSQL could hold only one side.
        worked_on = Revision.objects.filter(pk=OuterRef("work_from"))
        written_in = Subquery(worked_on.values("text__locale"))
        waiting = about.annotate(written_in=written_in).select_for_update().order_by("pk")
        answered = [
            pk
            for pk, article, locale, work_from, language in waiting.values_list(
                "pk", "answered_by", "locale", "work_from", "written_in"
            )
            if (entry := told.get((article, locale)))
            and (
                entry.revision_id > (work_from or 0) or (entry.converted_from or locale) != language
            )
        ]
        if answered:
            in_work.filter(pk__in=answered).update(
                state=RequestState.PUBLISHED, published_in=edition
            )
