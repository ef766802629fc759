"""Searching as the website shows it: every hit as the reader's own text where there is one."""

from __future__ import annotations

from dataclasses import dataclass

from channels.search.queries import Hit, search
from channels.website.listing import Teaser, teaser
from channels.website.reading import RANK, Reading


@dataclass(frozen=True, slots=True)
class Found:
    """`hits` are articles with the HTML, already escaped, of the passage that was found."""

    hits: list[tuple[Teaser, str]]
    total: int


def find_articles(reading: Reading, query: str, *, limit: int, offset: int = 0) -> Found:
    """Return what the reading's edition tells about `query`. Raises SearchUnavailable."""
    results = search(
        query,
        locale=reading.locale,
        rank=RANK,
        limit=limit,
        offset=offset,
        edition=reading.number,
    )
    return Found(_in_own_words(reading, results.hits), results.total)


def _in_own_words(reading: Reading, hits: list[Hit]) -> list[tuple[Teaser, str]]:
    """What was found in another language may have a text in the reader's, without the words."""
    foreign = [hit.public_id for hit in hits if hit.locale != reading.locale]
    texts = reading.texts().filter(locale=reading.locale, public_id__in=foreign) if foreign else []
    own = {text.public_id: text for text in texts}
    shown = []
    for hit in hits:
        text = own.get(hit.public_id)
        passage = "" if text else hit.snippet_html
        shown.append((teaser(text or hit, locale=reading.locale), passage))
    return shown
