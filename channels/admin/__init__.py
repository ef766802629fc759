"""The editors' pages on what we tell: publishing, editions, releases, keys, readers' requests, agents'
calls, and what search finds by."""

from channels.admin import (
    api_keys,
    audit,
    best_bets,
    calls,
    editions,
    golden_queries,
    knowledge,
    releases,
    requests,
    search_log,
    synonyms,
)

__all__ = [
    "api_keys",
    "audit",
    "best_bets",
    "calls",
    "editions",
    "golden_queries",
    "knowledge",
    "releases",
    "requests",
    "search_log",
    "synonyms",
]
