"""From what an editor wants published to a candidate: all texts it touches, judged and prepared.

The blast radius: a snippet with a new value brings every live article that uses it along.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext

from articles.exceptions import InvalidInput
from articles.models import Article, ArticleText, Revision, Snippet, SnippetRevision
from articles.snippet_values import SnippetValues, Value
from channels.exceptions import PublishRefused
from channels.models import Entry, SnippetEntry
from channels.operations.candidate import Candidate, LiveEntry
from channels.operations.chunks import chunks
from channels.operations.link_check import dead_links, taken_addresses
from channels.operations.preparing import Subject, prepare_entries
from channels.operations.topic_changes import topic_changes


@dataclass(frozen=True, slots=True)
class Retirement:
    """An article that shall be told no more, in no locale."""

    article: Article


Item = Revision | SnippetRevision | Retirement


@dataclass(slots=True)
class Wanted:
    """The items of a publish, sorted by what they are."""

    revisions: dict[int, Revision] = field(default_factory=dict)  # by text id
    snippets: dict[int, SnippetRevision] = field(default_factory=dict)  # by snippet id
    retired: set[int] = field(default_factory=set)  # article ids

    @classmethod
    def of(cls, items: Iterable[Item]) -> Wanted:
        """Raises InvalidInput where two items contradict each other."""
        wanted = cls()
        for item in items:
            match item:
                case Revision():
                    if wanted.revisions.setdefault(item.text_id, item).pk != item.pk:
                        raise InvalidInput(
                            gettext("Two revisions of one text: %(item)s.") % {"item": item}
                        )
                case SnippetRevision():
                    if wanted.snippets.setdefault(item.snippet_id, item).pk != item.pk:
                        raise InvalidInput(
                            gettext("Two values of one snippet: %(item)s.") % {"item": item}
                        )
                case Retirement():
                    wanted.retired.add(item.article.pk)
        return wanted


class EditionValues(SnippetValues):
    """What the candidate tells where a snippet stands: the value that is being published, else
    the one that is live, else (a snippet's first use) the approved one."""

    def __init__(self, wanted: Mapping[int, SnippetRevision]) -> None:
        super().__init__()
        self._wanted = wanted
        # First uses, which go live with the edition: snippet id -> revision id.
        self.begun: dict[int, int] = {}

    def _choose(self, snippet: Snippet) -> Value | None:
        if snippet.pk in self._wanted:
            revision = self._wanted[snippet.pk]
            return Value(snippet.pk, revision.pk, snippet.kind, revision.value)
        live = (
            SnippetEntry.objects.filter(snippet=snippet, until_edition=None)
            .select_related("revision")
            .first()
        )
        if live:
            return Value(snippet.pk, live.revision_id, snippet.kind, live.revision.value)
        value = super()._choose(snippet)
        if value:
            self.begun[snippet.pk] = value.revision_id
        return value


def plan(wanted: Wanted, *, base: int) -> Candidate:
    """Prepare all that `wanted` changes in the edition `base`. Raises PublishRefused, naming
    every text that stands in the way."""
    values = EditionValues(wanted.snippets)
    subjects = [*_wanted_subjects(wanted), *_touched_subjects(wanted)]
    entries, problems = prepare_entries(subjects, values)
    live = live_entries(article_ids={s.article_id for s in subjects} | wanted.retired)
    candidate = Candidate(base=base)
    for entry in entries:
        known = live.get(entry.key)
        if known and known.entry_digest == entry.digest():
            continue
        candidate.entries.append(entry)
        if known:
            candidate.replaced[entry.key] = known
    candidate.removed = [entry for entry in live.values() if entry.article_id in wanted.retired]
    candidate.snippets = _snippet_changes(wanted, values)
    candidate.topics = topic_changes()
    problems += taken_addresses(candidate) + dead_links(candidate)
    if problems:
        raise PublishRefused(problems)
    return candidate


def live_entries(*, article_ids: set[int]) -> dict[tuple[str, str], LiveEntry]:
    """Return what is live of these articles, by (public id, locale)."""
    found = {}
    for ids in chunks(sorted(article_ids)):
        rows = Entry.objects.live().filter(article_id__in=ids)
        for row in rows.values_list(
            "id", "article_id", "public_id", "locale", "entry_digest", "audience_rank"
        ):
            entry = LiveEntry(*row)
            found[entry.key] = entry
    return found


def _wanted_subjects(wanted: Wanted) -> Iterator[Subject]:
    for ids in chunks(sorted(wanted.revisions)):
        texts = ArticleText.objects.select_related("article__topic").filter(pk__in=ids)
        for text in texts.order_by("pk"):
            if text.article_id in wanted.retired:
                message = gettext("%(text)s is to be published and retired at once.")
                raise InvalidInput(message % {"text": text})
            yield Subject(
                revision=wanted.revisions[text.pk],
                article_id=text.article_id,
                public_id=text.article.public_id,
                locale=text.locale,
                slug=text.slug,
                kind=text.article.kind,
                topic=text.article.topic.slug if text.article.topic else "",
                audience=text.article.audience,
            )


def _touched_subjects(wanted: Wanted) -> Iterator[Subject]:
    """The live entries that use a changed snippet, told about as they are told now."""
    entries = (
        Entry.objects.live()
        .filter(snippets_used__snippet_id__in=list(wanted.snippets))
        .exclude(article_id__in=wanted.retired)
        .select_related("revision")
        .distinct()
        .order_by("pk")
    )
    if not wanted.snippets:
        return
    for entry in entries.iterator(chunk_size=200):
        if entry.revision.text_id not in wanted.revisions:
            yield Subject(
                revision=entry.revision,
                article_id=entry.article_id,
                public_id=entry.public_id,
                locale=entry.locale,
                slug=entry.slug,
                kind=entry.kind,
                topic=entry.topic,
                audience=entry.audience,
            )


def _snippet_changes(wanted: Wanted, values: EditionValues) -> dict[int, int | None]:
    live = (
        dict(
            SnippetEntry.objects.filter(
                snippet_id__in=list(wanted.snippets), until_edition=None
            ).values_list("snippet_id", "revision_id")
        )
        if wanted.snippets
        else {}
    )
    changes: dict[int, int | None] = {
        snippet_id: revision.pk
        for snippet_id, revision in wanted.snippets.items()
        if live.get(snippet_id) != revision.pk
    }
    return changes | values.begun
