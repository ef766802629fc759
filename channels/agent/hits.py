"""What a search says beside its hits, as the console uses it. What the engine in use doesn't say
is taken as nothing to say."""

from __future__ import annotations

from dataclasses import dataclass

from channels.renderers.html import ANCHOR_PREFIX
from channels.search.queries import Hit, Results


@dataclass(frozen=True, slots=True)
class AboutSearch:
    search_id: str = ""  # the log's name for it
    fits: bool = True  # whether any hit seems to answer
    did_you_mean: str = ""


SAYS_NOTHING = AboutSearch()


def about(results: Results) -> AboutSearch:
    return AboutSearch(
        search_id=str(getattr(results, "search_id", "") or ""),
        fits=bool(getattr(results, "fits", True)),
        did_you_mean=str(getattr(results, "did_you_mean", "") or ""),
    )


def anchor_of(hit: Hit) -> str:
    """Return the place in the article where the passage stands, as an address has it; "" for its
    beginning."""
    anchor = str(getattr(hit, "anchor", "") or "")
    if not anchor:
        return ""
    return f"#{anchor}" if anchor.startswith(ANCHOR_PREFIX) else f"#{ANCHOR_PREFIX}{anchor}"
