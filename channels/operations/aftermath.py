"""What an edition means for the texts and the readers' requests: written in its transaction."""

from __future__ import annotations

from django.db.models import F

from articles.models import ArticleText
from articles.workflow import State
from channels.models import Edition, UpdateRequest
from channels.operations.candidate import Candidate
from channels.operations.chunks import chunks


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
    gone = {(entry.article_id, entry.locale) for entry in candidate.removed}
    for some in chunks(sorted(gone)):
        locales: dict[str, list[int]] = {}
        for article_id, locale in some:
            locales.setdefault(locale, []).append(article_id)
        for locale, articles in locales.items():
            ArticleText.objects.filter(article__in=articles, locale=locale).update(
                state=State.RETIRED, approved=None
            )


def answer_requests(candidate: Candidate, edition: Edition) -> None:
    """Close the requests in work whose article now tells a newer revision than work began on."""
    revisions = {(entry.article_id, entry.locale): entry.revision_id for entry in candidate.entries}
    in_work = UpdateRequest.objects.filter(state=UpdateRequest.State.IN_WORK)
    rows = in_work.values_list("pk", "article_id", "locale", "work_from_id")
    answered = [
        pk
        for pk, article_id, locale, work_from_id in rows
        if (told := revisions.get((article_id or 0, locale))) and told > (work_from_id or 0)
    ]
    for some in chunks(answered):
        UpdateRequest.objects.filter(pk__in=some).update(
            state=UpdateRequest.State.PUBLISHED, published_in=edition
        )
