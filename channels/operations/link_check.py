"""Links and addresses of a candidate, judged against all that will be live with it."""

from __future__ import annotations

from django.utils.translation import gettext

from articles.audiences import AUDIENCES
from channels.exceptions import ArticleProblem
from channels.models import Entry, EntryLink
from channels.operations.candidate import Candidate
from channels.operations.chunks import chunks


def dead_links(candidate: Candidate) -> list[ArticleProblem]:
    """Return a problem for each link whose readers could not read its target."""
    going = {entry.id for entry in candidate.replaced.values()}
    going |= {entry.id for entry in candidate.removed}
    targets = {link.target for entry in candidate.entries for link in entry.links}
    losing = _losing_readers(candidate)
    inbound = _inbound(losing, going)
    ranks = _readable_ranks(candidate, targets | losing, going)
    problems = [
        ArticleProblem(entry.public_id, entry.locale, entry.title, _message(link.target))
        for entry in candidate.entries
        for link in entry.links
        if ranks.get(link.target, len(AUDIENCES)) > link.audience_rank
    ]
    problems += [
        ArticleProblem(
            link.entry.public_id, link.entry.locale, link.entry.title, _message(link.target)
        )
        for link in inbound
        if ranks.get(link.target, len(AUDIENCES)) > link.audience_rank
    ]
    return problems


def taken_addresses(candidate: Candidate) -> list[ArticleProblem]:
    """Return a problem for each entry whose address another article still has."""
    going = {entry.id for entry in candidate.replaced.values()}
    going |= {entry.id for entry in candidate.removed}
    problems = []
    for entries in chunks(candidate.entries):
        wanted = {(entry.locale, entry.slug): entry for entry in entries}
        rows = Entry.objects.live().filter(slug__in={entry.slug for entry in entries})
        for row in rows.only("id", "locale", "slug", "public_id", "title"):
            entry = wanted.get((row.locale, row.slug))
            if entry and entry.public_id != row.public_id and row.pk not in going:
                problems.append(
                    ArticleProblem(
                        entry.public_id,
                        entry.locale,
                        entry.title,
                        gettext("the address “%(slug)s” is still that of “%(title)s” (%(id)s)")
                        % {"slug": row.slug, "title": row.title, "id": row.public_id},
                    )
                )
    return problems


def _message(target: str) -> str:
    return gettext("the link to article %(id)s is dead for its readers") % {"id": target}


def _losing_readers(candidate: Candidate) -> set[str]:
    """Articles that go, or that fewer people may read than before."""
    losing = {entry.public_id for entry in candidate.removed}
    for entry in candidate.entries:
        before = candidate.replaced.get(entry.key)
        if before and entry.audience_rank > before.audience_rank:
            losing.add(entry.public_id)
    return losing


def _inbound(targets: set[str], going: set[int]) -> list[EntryLink]:
    links: list[EntryLink] = []
    for some in chunks(sorted(targets)):
        rows = EntryLink.objects.filter(target__in=some, entry__until_edition=None)
        links += [link for link in rows.select_related("entry") if link.entry_id not in going]
    return links


def _readable_ranks(candidate: Candidate, targets: set[str], going: set[int]) -> dict[str, int]:
    """For each target the lowest audience rank that reads it, in any locale."""
    ranks: dict[str, int] = {}

    def note(public_id: str, rank: int) -> None:
        ranks[public_id] = min(rank, ranks.get(public_id, rank))

    for entry in candidate.entries:
        note(entry.public_id, entry.audience_rank)
    for some in chunks(sorted(targets)):
        rows = Entry.objects.live().filter(public_id__in=some)
        for pk, public_id, rank in rows.values_list("pk", "public_id", "audience_rank"):
            if pk not in going:
                note(public_id, rank)
    return ranks
