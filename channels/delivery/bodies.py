"""The stored bytes of many entries at once, for faces that put several on one page."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from channels.models import Rendering


def bodies(entry_ids: Iterable[int], *, format: str, rank: int) -> dict[int, bytes]:
    """Return entry id -> bytes, each as readers of `rank` get it. One statement."""
    for_reader = Rendering.objects.filter(format=format, audience_rank__lte=rank)
    closer = for_reader.filter(entry=OuterRef("entry"), audience_rank__gt=OuterRef("audience_rank"))
    rows = (
        for_reader.filter(entry__in=list(entry_ids))
        .exclude(Exists(closer))
        .values_list("entry_id", "blob__body")
    )
    return {entry: bytes(body) for entry, body in rows}
