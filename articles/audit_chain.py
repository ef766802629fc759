"""How an audit row is hashed, so that none can be changed, added or taken out unseen."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any, Protocol


class Chained(Protocol):
    """A row of the chain; a migration's model is one as well."""

    number: int
    at: datetime
    actor_id: Any
    action: str
    subject: str
    detail: Any
    previous_digest: str


def digest_of(row: Chained) -> str:
    """SHA-256 (hex) of all that a row says and of the digest before it."""
    said = [
        "knowledge-hub-audit-1",
        row.number,
        row.previous_digest,
        row.at.astimezone(UTC).isoformat(),
        row.actor_id,
        row.action,
        row.subject,
        row.detail,
    ]
    # A JSON column may give its keys back in another order.
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
