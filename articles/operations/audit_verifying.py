"""Proving that no audit row was changed, added or taken out: the chain, recomputed."""

from __future__ import annotations

from enum import Enum

from articles.audit_chain import digest_of
from articles.models import AuditRecord


def first_broken_row() -> tuple[int, str] | None:
    """Return (number, what is wrong) of the first row that is not what it was; None where all
    are. What was cut off at the end cannot be seen here: keep the last digest elsewhere."""
    digest = ""
    for number, row in enumerate(AuditRecord.objects.order_by("number").iterator(), start=1):
        if row.number != number:
            return number, "it is missing"
        if row.previous_digest != digest:
            return number, "it does not follow the row before it"
        if digest_of(row) != row.digest:
            return number, "it was changed"
        digest = row.digest
    return None


class Fault(Enum):
    """What can be wrong with a row, seen with the row before it."""

    CHANGED = "changed"
    ALONE = "alone"  # the row before it is missing
    ELSEWHERE = "elsewhere"  # it continues another row than the one before it


def fault_of(row: AuditRecord) -> Fault | None:
    """Return what is wrong with this row; None where it is what it was and continues the row
    before it. That the rows before are what they were is not asked here. One statement."""
    if digest_of(row) != row.digest:
        return Fault.CHANGED
    digests = AuditRecord.objects.filter(number=row.number - 1).values_list("digest", flat=True)
    digest = "" if row.number == 1 else digests.first()
    if digest is None:
        return Fault.ALONE
    return None if digest == row.previous_digest else Fault.ELSEWHERE


def end_of_chain() -> tuple[int, str]:
    """Return the last row's number and digest, (0, "") before the first."""
    last = AuditRecord.objects.order_by("-number").values_list("number", "digest").first()
    return last or (0, "")
