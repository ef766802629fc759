"""What a snippet's value would change for readers, before it is approved or published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from articles.models import Revision, SnippetRevision
from channels.exceptions import ArticleProblem
from channels.models import Entry, EntrySnippet
from channels.operations.blast_radius import Change, Pair, changes_between
from channels.operations.candidate import LiveEntry
from channels.operations.conversions import Key, conversions_of
from channels.operations.edition_values import EditionValues
from channels.operations.items import Wanted
from channels.operations.planning import live_entries
from channels.operations.preparing import Unpublishable, prepare_entry
from channels.operations.stored import read_back
from channels.operations.subjects import Subject, going_along


@dataclass(frozen=True, slots=True)
class Effect:
    """What changes in some live texts; `bodies` are the renderings to be, by their SHA-256."""

    changes: tuple[Change, ...]
    unchanged: int  # texts that say the same as before
    problems: tuple[ArticleProblem, ...]
    bodies: Mapping[str, bytes]


def effect_of(value: SnippetRevision, entries: Sequence[int]) -> Effect:
    """Return what `value` would change in these live entries, which use its snippet. Nothing is
    stored. A constant number of statements, but for snippets that the value newly names."""
    wanted = Wanted.of([value])
    values = EditionValues(wanted.snippets)
    used = EntrySnippet.objects.filter(entry__in=entries).values_list("snippet_id", flat=True)
    values.look_up({*used, value.snippet_id})
    rows = Entry.objects.live().filter(pk__in=entries).order_by("title", "locale", "pk")
    live = [LiveEntry(*row) for row in rows.values_list(*LiveEntry.COLUMNS)]
    users = {entry.id: entry.article_id for entry in live}
    subjects = _subjects(live_entries({*users.values()}), wanted)
    before = {entry.key: entry for _row, entry in read_back(users)}
    revisions = Revision.objects.in_bulk([subject.revision_id for subject in subjects.values()])
    bodies: dict[str, bytes] = {}
    pairs: list[Pair] = []
    problems: list[ArticleProblem] = []
    for entry in live:
        if entry.key not in subjects:
            # The settings convert into its locale no more: the next edition ends it.
            pairs.append((before[entry.key], None))
            continue
        subject = subjects[entry.key]
        revision = revisions[subject.revision_id]
        try:
            after = prepare_entry(subject, revision, values, bodies, was_told=True).entry
        except Unpublishable as refusal:
            problems += [
                ArticleProblem(subject.public_id, subject.locale, revision.title, reason)
                for reason in refusal.reasons
            ]
        else:
            pairs.append((before[entry.key], after))
    changes = changes_between(pairs, bodies)
    changed = {(change.article_id, change.locale) for change in changes}
    return Effect(tuple(changes), len(pairs) - len(changed), tuple(problems), bodies)


def _subjects(live: Mapping[Key, LiveEntry], wanted: Wanted) -> dict[Key, Subject]:
    """Return what would be told of these live entries, the conversions among them."""
    everyone = {entry.id: entry.article_id for entry in live.values()}
    own = list(going_along(live.values(), wanted=wanted, users=everyone, texts=()))
    subjects = [*own, *conversions_of(own, live)]
    return {(subject.public_id, subject.locale): subject for subject in subjects}
