"""Links and addresses of a candidate, judged against all that will be live with it."""

from __future__ import annotations

from django.utils.translation import gettext

from articles.locales import fallback_chain
from channels.exceptions import ArticleProblem
from channels.models import Entry, EntryLink
from channels.operations.candidate import Candidate
from channels.operations.chunks import chunks

# (public id, locale) -> the lowest audience rank that will read the text.
Reach = dict[tuple[str, str], int]


def dead_links(candidate: Candidate) -> list[ArticleProblem]:
    """Return a problem for each link whose readers could not read its target: the text of their
    locale, or one that stands in for it."""
    going = _going(candidate)
    targets = {link.target for entry in candidate.entries for link in entry.links}
    losing = _losing_readers(candidate)
    reach = _reach(candidate, targets | losing, going)
    problems = [
        ArticleProblem.with_text(entry, title=entry.title, message=_message(link.target))
        for entry in candidate.entries
        for link in entry.links
        if not _reaches(reach, link.target, entry.locale, link.audience_rank)
    ]
    for link in _inbound(losing, going):
        entry = link.entry
        if not _reaches(reach, link.target, entry.locale, link.audience_rank):
            message = _message(link.target)
            problems.append(ArticleProblem.with_text(entry, title=entry.title, message=message))
    return problems


def taken_addresses(candidate: Candidate) -> list[ArticleProblem]:
    """Return a problem for each entry whose address another article has, or is to get."""
    going = _going(candidate)
    problems = []
    coming: dict[tuple[str, str], str] = {}  # address -> public id
    for entry in candidate.entries:
        other = coming.setdefault((entry.locale, entry.slug), entry.public_id)
        if other != entry.public_id:
            message = gettext("the address “%(slug)s” is also that of article %(id)s")
            detail = message % {"slug": entry.slug, "id": other}
            problems.append(ArticleProblem.with_text(entry, title=entry.title, message=detail))
    for entries in chunks(candidate.entries):
        wanted = {(entry.locale, entry.slug): entry for entry in entries}
        rows = Entry.objects.live().filter(slug__in={entry.slug for entry in entries})
        for pk, locale, slug, public_id, title in rows.values_list(
            "pk", "locale", "slug", "public_id", "title"
        ):
            taker = wanted.get((locale, slug))
            if taker and taker.public_id != public_id and pk not in going:
                message = gettext("the address “%(slug)s” is still that of “%(title)s” (%(id)s)")
                detail = message % {"slug": slug, "title": title, "id": public_id}
                problems.append(ArticleProblem.with_text(taker, title=taker.title, message=detail))
    return problems


def _message(target: str) -> str:
    return gettext("the link to article %(id)s is dead for its readers") % {"id": target}


def _going(candidate: Candidate) -> set[int]:
    going = {entry.id for entry in candidate.replaced.values()}
    return going | {entry.id for entry in candidate.removed}


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


def _reach(candidate: Candidate, targets: set[str], going: set[int]) -> Reach:
    reach: Reach = {}
    for some in chunks(sorted(targets)):
        rows = Entry.objects.live().filter(public_id__in=some)
        for pk, public_id, locale, rank in rows.values_list(
            "pk", "public_id", "locale", "audience_rank"
        ):
            if pk not in going:
                reach[public_id, locale] = rank
    for entry in candidate.entries:
        reach[entry.key] = entry.audience_rank
    return reach


def _reaches(reach: Reach, target: str, locale: str, rank: int) -> bool:
    """Whether readers of `rank` who follow a link in a text of `locale` get to read something."""
    return any(
        (target, candidate) in reach and reach[target, candidate] <= rank
        for candidate in fallback_chain(locale)
    )
