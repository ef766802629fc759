"""The audit rows that were found, to take away: exact as JSON Lines, or for a spreadsheet."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Any

from django.http import StreamingHttpResponse

from articles.csv_cells import safe_cell
from articles.models import AuditRecord

COLUMNS = ("number", "at", "actor", "action", "subject", "detail", "previous_digest", "digest")
MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl"}
BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheets take Chinese for something else


def download(rows: Iterable[AuditRecord], *, form: str) -> StreamingHttpResponse:
    """Answer with the rows as `form`, a key of MEDIA_TYPES; they are read while they are sent."""
    lines = _csv(rows) if form == "csv" else _json_lines(rows)
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


class _Line:
    """A file of one line: the csv module writes to it, and we send it."""

    def write(self, line: str) -> str:
        return line


def _csv(rows: Iterable[AuditRecord]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield BYTE_ORDER_MARK + writer.writerow(COLUMNS)
    for row in rows:
        said = _said(row)
        detail = json.dumps(row.detail, ensure_ascii=False, sort_keys=True)
        yield writer.writerow([safe_cell(value) for value in (said | {"detail": detail}).values()])
