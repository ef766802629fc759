"""From what an editor wants published to a candidate: all texts it touches, judged and prepared.

The blast radius: a snippet with a new value brings every live article that uses it along.
"""

from __future__ import annotations

from channels.exceptions import ArticleProblem, PublishRefused
from channels.models import Entry, EntrySnippet
from channels.operations.candidate import Candidate, LiveEntry, PreparedEntry
from channels.operations.chunks import chunks
from channels.operations.conversions import conversions_of, crowding_out, no_longer_converted
from channels.operations.edition_values import EditionValues
from channels.operations.items import Wanted
from channels.operations.link_check import dead_links, taken_addresses
from channels.operations.preparing import Kept, Progress, prepare_entries
from channels.operations.subjects import going_along, users_of, wanted_texts
from channels.operations.topic_changes import topic_changes


def plan(wanted: Wanted, *, base: int, kept: Kept | None = None) -> Candidate:
    """Prepare all that `wanted` changes in the edition `base`. Raises PublishRefused, naming
    every text that stands in the way; InvalidInput."""
    candidate, problems = draw_up(wanted, base=base, kept=kept)
    if problems:
        raise PublishRefused(problems)
    return candidate


def draw_up(
    wanted: Wanted, *, base: int, kept: Kept | None = None, progress: Progress | None = None
) -> tuple[Candidate, list[ArticleProblem]]:
    """Return what `wanted` changes in the edition `base`, as far as it can be told, and all that
    stands in the way. `kept` is filled with what was rendered, and spares rendering it again;
    `progress` is called with (done, total) after each text. Raises InvalidInput."""
    values = EditionValues(wanted.snippets)
    texts = list(wanted_texts(wanted))
    users = users_of(wanted.snippets)
    touched = {text.article_id for text in texts} | {*users.values()} | wanted.reconverted
    live = live_entries(touched | crowding_out(texts) | wanted.retired)
    subjects = [*texts, *going_along(live.values(), wanted=wanted, users=users, texts=texts)]
    staying = {key: entry for key, entry in live.items() if entry.article_id not in wanted.retired}
    subjects += conversions_of(subjects, staying)
    entries, problems = prepare_entries(subjects, values, kept=kept, progress=progress)
    told = _told_already(entries, live)
    candidate = Candidate(
        base=base,
        subjects=subjects,
        entries=[entry for entry in entries if entry.key not in told],
        removed=[
            *(entry for entry in live.values() if entry.article_id in wanted.retired),
            *no_longer_converted(subjects, staying),
        ],
        snippets=values.changes(),
        topics=topic_changes(),
    )
    candidate.replaced = {
        entry.key: live[entry.key] for entry in candidate.entries if entry.key in live
    }
    problems += taken_addresses(candidate) + dead_links(candidate)
    return candidate, _without_echoes(problems)


def live_entries(article_ids: set[int]) -> dict[tuple[str, str], LiveEntry]:
    """Return what is live of these articles, by (public id, locale)."""
    found = {}
    for ids in chunks(sorted(article_ids)):
        rows = Entry.objects.live().filter(article_id__in=ids).order_by("pk")
        for row in rows.values_list(*LiveEntry.COLUMNS):
            entry = LiveEntry(*row)
            found[entry.key] = entry
    return found


def _without_echoes(problems: list[ArticleProblem]) -> list[ArticleProblem]:
    """Leave out what is wrong with a conversion where something is wrong with its origin: whoever
    mends that mends both."""
    named = {(problem.article, problem.locale) for problem in problems}
    return [
        problem
        for problem in problems
        if not problem.converted_from or (problem.article, problem.converted_from) not in named
    ]


def _told_already(
    entries: list[PreparedEntry], live: dict[tuple[str, str], LiveEntry]
) -> set[tuple[str, str]]:
    """Return the keys of entries that are live as they are: the same revision, showing the same,
    by the same snippets (or a later value would not find its way here)."""
    same = {
        known.id: entry
        for entry in entries
        if (known := live.get(entry.key))
        and (known.revision_id, known.entry_digest) == (entry.revision_id, entry.digest())
    }
    uses: dict[int, set[int]] = {entry_id: set() for entry_id in same}
    for ids in chunks(sorted(same)):
        rows = EntrySnippet.objects.filter(entry_id__in=ids)
        for entry_id, snippet_id in rows.values_list("entry_id", "snippet_id"):
            uses[entry_id].add(snippet_id)
    return {entry.key for entry_id, entry in same.items() if uses[entry_id] == entry.snippets}
