"""Back to edition N: a new edition that tells what N told, byte for byte."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext

from articles.audiences import rank
from articles.models import Article
from articles.roles import PUBLISH, require
from channels.exceptions import ArticleProblem, PublishRefused, UnknownEdition
from channels.models import (
    Edition,
    Entry,
    EntryLink,
    EntrySnippet,
    Rendering,
    SnippetEntry,
    TopicEntry,
)
from channels.operations.candidate import (
    Candidate,
    LiveEntry,
    PreparedEntry,
    PreparedLink,
    PreparedRendering,
)
from channels.operations.chunks import chunks
from channels.operations.publishing import publish_candidate
from channels.operations.topic_changes import compare, tree_of
from channels.queries import at_edition


def go_back(
    *, number: int, actor: AbstractUser, note: str = "", now: datetime | None = None
) -> Edition:
    """Publish the state of edition `number` again, as a new edition.

    Retired articles come back; what was narrowed to fewer readers since does not. Raises
    PublishRefused, UnknownEdition, NothingToPublish where nothing differs, NotAllowed.
    """
    require(actor, PUBLISH)
    if not Edition.objects.filter(number=number).exists():
        raise UnknownEdition(gettext("There is no edition %(number)d.") % {"number": number})
    return publish_candidate(
        lambda base: _plan_return(number, base=base),
        cause=Edition.Cause.ROLLBACK,
        actor=actor,
        note=note or gettext("Back to edition %(number)d") % {"number": number},
        now=now,
        hold=_hold_audiences,
    )


def _hold_audiences(candidate: Candidate) -> bool:
    """What was narrowed since does not come back to more readers because of somebody's rollback.

    Raises PublishRefused, naming each such text; widening the article first lets it through.
    """
    problems = []
    for entries in chunks(candidate.entries):
        articles = Article.objects.select_for_update().order_by("pk")
        audiences = dict(
            articles.filter(pk__in={entry.article_id for entry in entries}).values_list(
                "pk", "audience"
            )
        )
        message = gettext("its readers were narrowed since; widen the article first")
        problems += [
            ArticleProblem(entry.public_id, entry.locale, entry.title, message)
            for entry in entries
            if entry.audience_rank < rank(audiences[entry.article_id])
        ]
    if problems:
        raise PublishRefused(problems)
    return True


def _plan_return(number: int, *, base: int) -> Candidate:
    """Only what differs between then and now is touched."""
    now_live = _entries_live_now()
    candidate = Candidate(base=base)
    wanted = Entry.objects.at(number).values_list("pk", "public_id", "locale", "entry_digest")
    coming: list[int] = []
    for pk, public_id, locale, entry_digest in wanted:
        live = now_live.pop((public_id, locale), None)
        if live is None or live.entry_digest != entry_digest:
            coming.append(pk)
            if live:
                candidate.replaced[live.key] = live
    candidate.removed = list(now_live.values())
    for pks in chunks(coming):
        candidate.entries += _copies(list(pks))
    candidate.snippets = _snippet_return(number)
    candidate.topics = compare(tree_of(at_edition(TopicEntry.objects.all(), number)))
    return candidate


def _entries_live_now() -> dict[tuple[str, str], LiveEntry]:
    rows = Entry.objects.live().values_list(*LiveEntry.COLUMNS)
    return {entry.key: entry for entry in (LiveEntry(*row) for row in rows.iterator())}


def _copies(pks: list[int]) -> list[PreparedEntry]:
    """Old entries as new ones; their bytes are shared, not copied."""
    renderings: dict[int, list[PreparedRendering]] = {pk: [] for pk in pks}
    for row in Rendering.objects.filter(entry__in=pks):
        renderings[row.entry_id].append(
            PreparedRendering(
                row.format, row.audience_rank, row.blob_id, row.media_type, row.renderer_version
            )
        )
    snippets: dict[int, set[int]] = {pk: set() for pk in pks}
    for use in EntrySnippet.objects.filter(entry__in=pks):
        snippets[use.entry_id].add(use.snippet_id)
    links: dict[int, list[PreparedLink]] = {pk: [] for pk in pks}
    for link in EntryLink.objects.filter(entry__in=pks).order_by("pk"):
        links[link.entry_id].append(PreparedLink(link.target, link.audience_rank))
    return [
        PreparedEntry(
            article_id=entry.article_id,
            public_id=entry.public_id,
            locale=entry.locale,
            revision_id=entry.revision_id,
            slug=entry.slug,
            title=entry.title,
            summary=entry.summary,
            questions=tuple(entry.questions),
            kind=entry.kind,
            topic=entry.topic,
            audience=entry.audience,
            audience_rank=entry.audience_rank,
            content_digest=entry.content_digest,
            renderings=tuple(renderings[entry.pk]),
            snippets=frozenset(snippets[entry.pk]),
            links=tuple(links[entry.pk]),
        )
        for entry in Entry.objects.filter(pk__in=pks).order_by("pk")
    ]


def _snippet_return(number: int) -> dict[int, int | None]:
    then = dict(
        at_edition(SnippetEntry.objects.all(), number).values_list("snippet_id", "revision_id")
    )
    live = dict(
        SnippetEntry.objects.filter(until_edition=None).values_list("snippet_id", "revision_id")
    )
    changes: dict[int, int | None] = {
        snippet: revision for snippet, revision in then.items() if live.get(snippet) != revision
    }
    changes.update(dict.fromkeys(live.keys() - then.keys()))
    return changes
