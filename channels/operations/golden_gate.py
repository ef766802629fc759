"""Golden queries that an edition would lose: an article that is among the first now, and would not
be any more."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext

from articles.audiences import rank
from articles.exceptions import InvalidInput
from channels.models import Blob, GoldenQuery
from channels.operations.candidate import Candidate
from channels.search.documents import documents_of_text
from channels.search.engine import Document, Readers
from channels.search.exceptions import SearchUnavailable
from channels.search.trial import Asked, Trial

logger = logging.getLogger("knowledgehub.search")

REFUSE = "refuse"  # settings.SEARCH_GATE; anything else shows what would be lost


def lost_queries(candidate: Candidate) -> list[str]:
    """Name the golden queries that hold now and would not with the candidate, in a line each.

    Raises SearchUnavailable where the index can't be asked.
    """
    golden = list(GoldenQuery.objects.select_related("article"))
    if not golden or not (candidate.entries or candidate.removed):
        return []
    ended = [entry.id for entry in (*candidate.replaced.values(), *candidate.removed)]
    now = Trial(ended=(), added=())
    then = Trial(ended=ended, added=list(_documents(candidate)))
    lines = []
    for one in golden:
        asked = Asked(one.query, Readers(one.locale, rank(one.audience)), one.article.public_id)
        before = now.place(asked)
        if not 0 < before <= one.within:
            continue
        after = then.place(asked)
        if not 0 < after <= one.within:
            lines.append(_line(one, before, after))
    return lines


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
    for entry in candidate.entries:
        told = [one for one in entry.renderings if one.format == "document"]
        bodies = Blob.objects.in_bulk([one.sha256 for one in told])
        texts = [(one.audience_rank, bytes(bodies[one.sha256].body)) for one in told]
        yield from documents_of_text(0, entry, sorted(texts))


def _line(golden: GoldenQuery, before: int, after: int) -> str:
    values = {
        "question": golden.query,
        "locale": golden.locale,
        "article": golden.article.public_id,
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
