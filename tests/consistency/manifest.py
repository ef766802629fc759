"""What the database holds when all is published, as records for the checker."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from channels.models import Edition, Entry, OutboxRow
from channels.operations.verifying import broken_bytes, broken_editions
from tests.consistency import records
from tests.consistency.marks import state_of
from tests.consistency.records import Outbox, Told


class Broken(Exception):
    """Something was half published, lost, or left behind."""


def manifest() -> Iterator[Told]:
    """Yield what each edition tells, text by text, from the rows that readers are answered from."""
    numbers = list(Edition.objects.order_by("number").values_list("number", flat=True))
    for entry in Entry.objects.prefetch_related("renderings").order_by("pk"):
        until = entry.until_edition_id or numbers[-1] + 1
        for number in numbers:
            if entry.from_edition_id <= number < until:
                yield Told(
                    edition=number,
                    article=entry.public_id,
                    state=state_of(entry.public_id, entry.title),
                    digest=entry.content_digest,
                    renderings=[
                        (row.format, row.audience_rank, row.blob_id)
                        for row in entry.renderings.all()
                    ],
                )


def outbox() -> Iterator[Outbox]:
    for edition, kind in OutboxRow.objects.values_list("edition_id", "kind"):
        yield Outbox(edition, kind)


def write_manifest(log: TextIO) -> None:
    """Raises Broken where the chain of digests or a stored byte is broken."""
    for record in (*manifest(), *outbox()):
        records.write(log, record)
    for broken in (*broken_editions(), *broken_bytes()):
        raise Broken(str(broken))
