"""For whom a list is: the caller, or somebody whom the caller's channel tells it to."""

from __future__ import annotations

from collections.abc import Mapping

from articles.audiences import AGENT, PARTNER, PUBLIC, rank
from channels.delivery.viewer import Viewer

# The audience that each channel tells to.
CHANNELS = {"website": PUBLIC, "kiosk": PUBLIC, "ivr": PUBLIC, "feed": PARTNER, "agent": AGENT}


def rank_asked(asked: Mapping[str, str], viewer: Viewer) -> int:
    """Return the rank to list for: never above the viewer's own."""
    ranks = [viewer.rank]
    if "channel" in asked:
        ranks.append(rank(CHANNELS[asked["channel"]]))
    if "audience" in asked:
        ranks.append(rank(asked["audience"]))
    return min(ranks)
