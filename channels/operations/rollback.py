"""Back to edition N: a new edition that tells what N told, byte for byte."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext

from articles.audiences import rank
from articles.models import Article
from articles.roles import PUBLISH, require
from channels.exceptions import ArticleProblem, PublishRefused, UnknownEdition
from channels.models import Edition, Entry, SnippetEntry, TopicEntry
from channels.operations.candidate import Candidate, LiveEntry, TopicState
from channels.operations.chunks import chunks
from channels.operations.publishing import publish_candidate
from channels.operations.stored import read_back
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


@dataclass(slots=True)
class Return:
    """What differs between then and now: only that is touched."""

    coming: list[int] = field(default_factory=list)  # ids of entries of then
    # Live entries that those replace, by key, and those that go without a successor.
    replaced: dict[tuple[str, str], LiveEntry] = field(default_factory=dict)
    removed: list[LiveEntry] = field(default_factory=list)
    snippets: dict[int, int | None] = field(default_factory=dict)  # as in `Candidate`
    topics: dict[str, TopicState | None] = field(default_factory=dict)


def what_returns(number: int) -> Return:
    """Return what going back to edition `number` would change now."""
    now_live = _entries_live_now()
    returning = Return(
        snippets=_snippet_return(number),
        topics=compare(tree_of(at_edition(TopicEntry.objects.all(), number))),
    )
    wanted = Entry.objects.at(number).values_list("pk", "public_id", "locale", "entry_digest")
    for pk, public_id, locale, entry_digest in wanted:
        live = now_live.pop((public_id, locale), None)
        if live is None or live.entry_digest != entry_digest:
            returning.coming.append(pk)
            if live:
                returning.replaced[live.key] = live
    returning.removed = list(now_live.values())
    return returning


def _plan_return(number: int, *, base: int) -> Candidate:
    """Old entries come as new ones; their bytes are shared, not copied."""
    returning = what_returns(number)
    return Candidate(
        base=base,
        entries=[entry for _, entry in read_back(returning.coming)],
        replaced=returning.replaced,
        removed=returning.removed,
        snippets=returning.snippets,
        topics=returning.topics,
    )


def _entries_live_now() -> dict[tuple[str, str], LiveEntry]:
    rows = Entry.objects.live().values_list(*LiveEntry.COLUMNS)
    return {entry.key: entry for entry in (LiveEntry(*row) for row in rows.iterator())}


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
