"""What a search says beside its hits, as the console uses it."""

from __future__ import annotations

from dataclasses import dataclass

from channels.renderers.html import ANCHOR_PREFIX
from channels.search.hits import Hit
from channels.search.queries import Results


@dataclass(frozen=True, slots=True)
class AboutSearch:
    fits: bool = True  # whether any hit seems to answer
    did_you_mean: str = ""


SAYS_NOTHING = AboutSearch()


def about(results: Results) -> AboutSearch:
    return AboutSearch(results.fits, results.did_you_mean)


def anchor_of(hit: Hit) -> str:
    """Return the place in the article where the passage stands, as an address has it; "" for its
    beginning."""
    return f"#{ANCHOR_PREFIX}{hit.anchor}" if hit.anchor else ""
