"""Golden queries that an edition would lose: an article that is among the first now, and would not
be any more."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext

from articles.audiences import rank
from articles.exceptions import InvalidInput
from articles.living import titles_of
from channels.models import Blob, GoldenQuery
from channels.operations.candidate import Candidate, PreparedEntry, PreparedRendering
from channels.search.documents import BATCH, documents_of_text
from channels.search.engine import Document, Readers
from channels.search.exceptions import SearchUnavailable
from channels.search.trial import Trial

logger = logging.getLogger("knowledgehub.search")

REFUSE = "refuse"  # settings.SEARCH_GATE; anything else shows what would be lost


def lost_queries(candidate: Candidate) -> list[str]:
    """Name the golden queries that hold now and would not with the candidate, in a line each.

    Places are those by words alone. Five statements at most, and one for each BATCH of new texts; a
    query is asked only where the candidate changes its article or brings a text that says some of
    its words. Raises SearchUnavailable where the index can't be asked.
    """
    golden = list(GoldenQuery.objects.select_related("article"))
    if not golden or not (candidate.entries or candidate.removed):
        return []
    ended = [*candidate.replaced.values(), *candidate.removed]
    asked_for = {Readers(one.locale, rank(one.audience)) for one in golden}
    now = Trial()
    then = Trial(
        ended=[entry.id for entry in ended],
        added=[one for one in _documents(candidate) if any(map(one.is_for, asked_for))],
    )
    changed = {entry.key for entry in ended}
    lost = []
    for one in golden:
        asked = now.asked(one.query, Readers(one.locale, rank(one.audience)))
        wanted = one.article.public_id
        if (wanted, one.locale) not in changed and not then.touches(asked):
            continue
        before = now.place(asked, wanted)
        if not 0 < before <= one.within:
            continue
        after = then.place(asked, wanted)
        if not 0 < after <= one.within:
            lost.append((one, before, after))
    titles = titles_of(one.article for one, _, _ in lost) if lost else {}
    return [_line(one, titles[one.article_id], *places) for one, *places in lost]


def verdict(candidate: Candidate) -> tuple[list[str], list[str]]:
    """Return what of golden queries is in the way of publishing, and what is only to be said."""
    try:
        lost = lost_queries(candidate)
    except SearchUnavailable:
        message = gettext("Golden queries were not looked at: the search index is being made anew.")
        return [], [message]
    return (lost, []) if settings.SEARCH_GATE == REFUSE else ([], lost)


def require_golden(candidate: Candidate) -> None:
    """Raise InvalidInput where settings.SEARCH_GATE says so and a golden query would be lost.

    A search that is down stops nobody from publishing.
    """
    if settings.SEARCH_GATE != REFUSE:
        return
    try:
        lost = lost_queries(candidate)
    except SearchUnavailable:
        logger.warning("Golden queries were not looked at: the search index can't be read.")
        return
    if lost:
        raise InvalidInput("\n".join(lost))


def _documents(candidate: Candidate) -> Iterator[Document]:
    for start in range(0, len(candidate.entries), BATCH):
        entries = candidate.entries[start : start + BATCH]
        told = [one for entry in entries for one in _told(entry)]
        bodies = Blob.objects.in_bulk([one.sha256 for one in told])
        for entry in entries:
            texts = [(one.audience_rank, bytes(bodies[one.sha256].body)) for one in _told(entry)]
            yield from documents_of_text(0, entry, sorted(texts))


def _told(entry: PreparedEntry) -> list[PreparedRendering]:
    return [one for one in entry.renderings if one.format == "document"]


def _line(golden: GoldenQuery, title: str, before: int, after: int) -> str:
    values = {
        "question": golden.query,
        "locale": golden.locale,
        "article": title,
        "before": before,
        "after": after,
        "within": golden.within,
    }
    if after:
        message = gettext(
            "The golden query “%(question)s” (%(locale)s) would be lost: %(article)s goes from"
            " place %(before)d to %(after)d, and is wanted among the first %(within)d."
        )
    else:
        message = gettext(
            "The golden query “%(question)s” (%(locale)s) would be lost: %(article)s, now at place"
            " %(before)d, would not be found."
        )
    return message % values
