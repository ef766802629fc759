"""Writing an edition: one transaction that ends with the flip of the pointer.

Everything here runs while the caller holds the pointer. A process killed at any statement leaves
the edition before it, whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser

from articles.document.text import clean_line
from articles.models import Snippet, SnippetRevision
from articles.operations.audit import record
from articles.workflow import Action
from channels.models import (
    Edition,
    Entry,
    EntryLink,
    EntrySnippet,
    OutboxRow,
    Pointer,
    Rendering,
    SnippetEntry,
    TopicEntry,
)
from channels.operations.candidate import Candidate, PreparedEntry, manifest_digest
from channels.operations.chunks import chunks

BATCH = 500


def hold_pointer() -> int:
    """Keep every other publisher out until the transaction ends; return the current number.

    On SQLite the transaction itself is the lock (transaction_mode IMMEDIATE).
    """
    return Pointer.objects.select_for_update().get().edition_id or 0


def commit(
    candidate: Candidate, *, cause: str, actor: AbstractUser, note: str, now: datetime
) -> Edition:
    """Write the edition after `candidate.base` and flip the pointer to it."""
    edition = _write_edition(candidate, cause=cause, actor=actor, note=note, now=now)
    _end_entries(candidate, edition.number)
    _begin_entries(candidate.entries, edition.number)
    _change_snippets(candidate, edition.number)
    _change_topics(candidate, edition.number)
    OutboxRow.objects.bulk_create(
        [OutboxRow(edition=edition, kind=kind, due_at=now) for kind in OutboxRow.Kind.values]
    )
    if cause == Edition.Cause.PUBLISH:
        _record_retired(candidate, edition, actor)
    record(
        actor=actor,
        action=cause,
        subject=f"edition {edition.number}",
        now=now,
        detail={"note": edition.note, "manifest": edition.manifest_digest},
    )
    _flip(base=candidate.base, number=edition.number)
    return edition


def _write_edition(
    candidate: Candidate, *, cause: str, actor: AbstractUser, note: str, now: datetime
) -> Edition:
    number = candidate.base + 1
    before = Edition.objects.filter(number=candidate.base).values_list("manifest_digest", "live")
    previous_digest, live = before[0] if candidate.base else ("", 0)
    added = len(candidate.entries) - len(candidate.replaced)
    return Edition.objects.create(
        number=number,
        cause=cause,
        published_at=now,
        actor_id=actor.pk,
        note=clean_line(note)[:300],
        previous_digest=previous_digest,
        manifest_digest=manifest_digest(
            number=number,
            previous=previous_digest,
            published_at=now,
            entries=_manifest_entries(candidate),
            snippets=_manifest_snippets(candidate),
            topics=_manifest_topics(candidate),
        ),
        added=added,
        changed=len(candidate.replaced),
        removed=len(candidate.removed),
        live=live + added - len(candidate.removed),
    )


def _manifest_entries(candidate: Candidate) -> Iterator[tuple[str, str, str, str]]:
    for entry in candidate.entries:
        change = "changed" if entry.key in candidate.replaced else "added"
        yield (change, entry.public_id, entry.locale, entry.digest())
    for live in candidate.removed:
        yield ("removed", live.public_id, live.locale, live.entry_digest)


def _manifest_snippets(candidate: Candidate) -> Iterator[tuple[str, int | None]]:
    for some in chunks(list(candidate.snippets.items())):
        snippets = Snippet.objects.filter(pk__in=[snippet for snippet, _ in some])
        keys = dict(snippets.values_list("pk", "key"))
        revisions = SnippetRevision.objects.filter(pk__in=[revision for _, revision in some])
        numbers = dict(revisions.values_list("pk", "number"))
        for snippet, revision in some:
            yield (keys[snippet], numbers[revision] if revision else None)


def _manifest_topics(candidate: Candidate) -> Iterator[tuple[Any, ...]]:
    for slug, state in candidate.topics.items():
        if state is None:
            yield (slug,)
        else:
            yield (slug, state.parent, state.position, [list(name) for name in state.names])


def _record_retired(candidate: Candidate, edition: Edition, actor: AbstractUser) -> None:
    """Have it written of each article that goes that it was retired: who asks what became of an
    article need not look for its edition. One that is converted no more stays."""
    gone = {entry.public_id for entry in candidate.removed if not entry.converted_from}
    for public_id in sorted(gone):
        record(
            actor=actor,
            action=Action.RETIRE.value,
            subject=f"article {public_id}",
            now=edition.published_at,
            detail={"edition": edition.number},
        )


def _end_entries(candidate: Candidate, number: int) -> None:
    ids = [entry.id for entry in candidate.replaced.values()]
    ids += [entry.id for entry in candidate.removed]
    for some in chunks(ids):
        Entry.objects.filter(pk__in=some).update(until_edition=number)


def _begin_entries(entries: list[PreparedEntry], number: int) -> None:
    for some in chunks(entries):
        rows = Entry.objects.bulk_create(
            [
                Entry(**entry.columns(), entry_digest=entry.digest(), from_edition_id=number)
                for entry in some
            ]
        )
        pairs = list(zip(rows, some, strict=True))
        Rendering.objects.bulk_create(_rendering_rows(pairs), batch_size=BATCH)
        EntrySnippet.objects.bulk_create(
            [
                EntrySnippet(entry=row, snippet_id=snippet)
                for row, entry in pairs
                for snippet in sorted(entry.snippets)
            ],
            batch_size=BATCH,
        )
        EntryLink.objects.bulk_create(
            [
                EntryLink(entry=row, target=link.target, audience_rank=link.audience_rank)
                for row, entry in pairs
                for link in entry.links
            ],
            batch_size=BATCH,
        )


def _rendering_rows(pairs: Iterable[tuple[Entry, PreparedEntry]]) -> list[Rendering]:
    return [
        Rendering(
            entry=row,
            format=rendering.format,
            audience_rank=rendering.audience_rank,
            blob_id=rendering.sha256,
            media_type=rendering.media_type,
            renderer_version=rendering.renderer_version,
        )
        for row, entry in pairs
        for rendering in entry.renderings
    ]


def _change_snippets(candidate: Candidate, number: int) -> None:
    for some in chunks(list(candidate.snippets)):
        SnippetEntry.objects.filter(snippet_id__in=some, until_edition=None).update(
            until_edition=number
        )
    SnippetEntry.objects.bulk_create(
        [
            SnippetEntry(snippet_id=snippet, revision_id=revision, from_edition_id=number)
            for snippet, revision in candidate.snippets.items()
            if revision is not None
        ],
        batch_size=BATCH,
    )


def _change_topics(candidate: Candidate, number: int) -> None:
    for some in chunks(list(candidate.topics)):
        TopicEntry.objects.filter(slug__in=some, until_edition=None).update(until_edition=number)
    TopicEntry.objects.bulk_create(
        [
            TopicEntry(
                slug=state.slug,
                parent=state.parent,
                position=state.position,
                names=dict(state.names),
                from_edition_id=number,
            )
            for state in candidate.topics.values()
            if state is not None
        ],
        batch_size=BATCH,
    )


def _flip(*, base: int, number: int) -> None:
    flipped = Pointer.objects.filter(edition=base or None).update(edition=number)
    if flipped != 1:
        raise RuntimeError(f"The pointer left edition {base} while it was held.")
