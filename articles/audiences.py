"""Who may read: an ordered list, each audience reading all that those before it may read."""

from __future__ import annotations

PUBLIC, CUSTOMER, PARTNER, AGENT = "public", "customer", "partner", "agent"
AUDIENCES = (PUBLIC, CUSTOMER, PARTNER, AGENT)

# A new article is for the fewest people until an editor says otherwise.
NARROWEST = AGENT


def rank(audience: str) -> int:
    """Return 0 (public) to 3 (agent). Raises ValueError for an audience that does not exist."""
    return AUDIENCES.index(audience)


def may_read(viewer: str, audience: str) -> bool:
    """Whether somebody of audience `viewer` may read what is meant for `audience`."""
    return rank(viewer) >= rank(audience)
