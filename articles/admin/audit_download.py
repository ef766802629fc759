"""The audit rows that were found, to take away: exact as JSON Lines, or for a spreadsheet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from typing import Any

from django.http import StreamingHttpResponse

from articles.models import AuditRecord
from articles.spreadsheets import csv_lines

COLUMNS = ("number", "at", "actor", "action", "subject", "detail", "previous_digest", "digest")
MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl"}


def download(rows: Iterable[AuditRecord], *, form: str) -> StreamingHttpResponse:
    """Answer with the rows as `form`, a key of MEDIA_TYPES; they are read while they are sent."""
    lines = csv_lines(_cells(rows)) if form == "csv" else _json_lines(rows)
    return StreamingHttpResponse(
        lines,
        content_type=MEDIA_TYPES[form],
        headers={
            "Content-Disposition": f'attachment; filename="audit.{form}"',
            "Cache-Control": "private, no-store",
        },
    )


def _said(row: AuditRecord) -> dict[str, Any]:
    return {
        "number": row.number,
        "at": row.at.astimezone(UTC).isoformat(),
        "actor": row.actor.get_username(),
        "action": row.action,
        "subject": row.subject,
        "detail": row.detail,
        "previous_digest": row.previous_digest,
        "digest": row.digest,
    }


def _json_lines(rows: Iterable[AuditRecord]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(_said(row), ensure_ascii=False) + "\n"


def _cells(rows: Iterable[AuditRecord]) -> Iterator[Sequence[Any]]:
    yield COLUMNS
    for row in rows:
        detail = json.dumps(row.detail, ensure_ascii=False, sort_keys=True)
        yield list((_said(row) | {"detail": detail}).values())
