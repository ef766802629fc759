"""Where a search goes into the log: what was answered, without who asked."""

from __future__ import annotations

from channels.search.queries import Results
from channels.search.recording import note


def noted(found: Results, *, query: str, locale: str, channel: str, rank: int) -> str:
    """Return the id by which what readers did with the hits is told. No statement, no error."""
    return note(
        query=query,
        locale=locale,
        channel=channel,
        audience_rank=rank,
        edition=found.edition,
        total=found.total,
        fits=found.fits,
        results=[hit.public_id for hit in found.hits],
        told_in=found.locale,
    )
