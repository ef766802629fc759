"""What came of it all: the net difference between two editions, for a reader of some rank."""

from __future__ import annotations

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from channels.models import Entry
from channels.queries import entries_at

ADDED, CHANGED, REMOVED = "added", "changed", "removed"


def net_changes(*, since: int, until: int, rank: int) -> QuerySet[Entry]:
    """Return a row, annotated with `change`, for each text that `until` tells readers of `rank`
    otherwise than `since` did, at most one a text.

    What went away meanwhile, or became for fewer readers than these, is `removed`, its row being
    the one that `since` told; what came and went between the two is not mentioned.
    """
    same_text = {"public_id": OuterRef("public_id"), "locale": OuterRef("locale")}
    before = entries_at(since, rank=rank)
    now = entries_at(until, rank=rank)
    new = Q(from_edition_id__gt=since, from_edition_id__lte=until) & (
        Q(until_edition=None) | Q(until_edition_id__gt=until)
    )
    gone = Q(from_edition_id__lte=since, until_edition_id__gt=since, until_edition_id__lte=until)
    told_before = Exists(before.filter(**same_text))
    told_alike = Exists(before.filter(**same_text, entry_digest=OuterRef("entry_digest")))
    still_told = Exists(now.filter(**same_text))
    return (
        Entry.objects.visible_to(rank)
        .filter((new & ~told_alike) | (gone & ~still_told))
        .annotate(
            change=Case(
                When(gone, then=Value(REMOVED)),
                When(told_before, then=Value(CHANGED)),
                default=Value(ADDED),
                output_field=CharField(),
            )
        )
    )
