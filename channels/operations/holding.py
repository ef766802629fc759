"""Inside the lock: what a candidate was made of is held still, and compared once more."""

from __future__ import annotations

from django.utils.translation import gettext

from articles.exceptions import Stale
from articles.models import Article, ArticleText, Revision, Snippet, SnippetRevision
from channels.models import Entry
from channels.operations.candidate import Candidate
from channels.operations.chunks import chunks
from channels.operations.items import Wanted


def hold_items(wanted: Wanted, candidate: Candidate) -> bool:
    """Hold texts, articles and snippets until the transaction ends; return whether editors still
    say of them what the candidate tells.

    Raises Stale where an item is neither approved nor live.
    """
    # A conversion's text is that of the locale it is made from.
    subjects = {
        subject.text_id: subject for subject in candidate.subjects if not subject.converted_from
    }
    # Articles before their texts, as everybody who holds both; or two would wait for each other.
    articles: dict[int, Article] = {}
    for ids in chunks(sorted({subject.article_id for subject in candidate.subjects})):
        held = Article.objects.select_for_update(of=("self",)).select_related("topic")
        articles.update(held.order_by("pk").in_bulk(list(ids)))
    holds = all(subject.still_said(articles[subject.article_id]) for subject in candidate.subjects)
    for ids in chunks(sorted(subjects)):
        for text in ArticleText.objects.select_for_update().filter(pk__in=ids).order_by("pk"):
            _require_publishable(text, wanted.revisions.get(text.pk))
            holds = holds and subjects[text.pk].still_holds(text, articles[text.article_id])
    for ids in chunks(sorted(wanted.snippets)):
        snippets = Snippet.objects.select_for_update().filter(pk__in=ids)
        for snippet in snippets.order_by("pk"):
            _require_approved(snippet, wanted.snippets[snippet.pk])
    return holds


def _require_publishable(text: ArticleText, revision_id: int | None) -> None:
    """What is live was approved once; it may be told again, to fewer readers for instance."""
    if revision_id in (None, text.approved_id):
        return
    if Entry.objects.live().filter(revision_id=revision_id).exists():
        return
    revision = Revision.objects.get(pk=revision_id)
    raise Stale(
        gettext("“%(title)s”, revision %(number)d, is not the approved one.")
        % {"title": revision.title, "number": revision.number},
        current=text.approved.number if text.approved else 0,
    )


def _require_approved(snippet: Snippet, revision_id: int) -> None:
    if snippet.approved_id != revision_id:
        value = SnippetRevision.objects.get(pk=revision_id)
        raise Stale(
            gettext("Snippet %(key)s, revision %(number)d, is not the approved one.")
            % {"key": snippet.key, "number": value.number},
            current=snippet.approved.number if snippet.approved else 0,
        )
