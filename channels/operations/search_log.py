"""Keeping the search log: what is old goes, what is frequent is counted anew."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from channels.models import FrequentQuery, SearchOutcome, SearchRecord
from channels.search.unanswered import count_frequent

AT_ONCE = 2_000  # rows of a statement, so that no writer waits long for it


def keep_search_log(*, now: datetime | None = None) -> int:
    """Remove what is older than SEARCH_LOG_DAYS and count anew what readers ask often; return how
    many searches were removed."""
    now = now or timezone.now()
    end = now - timedelta(days=settings.SEARCH_LOG_DAYS)
    removed = 0
    while old := list(_ids(SearchRecord.objects.filter(asked_at__lt=end))):
        SearchRecord.objects.filter(pk__in=old).delete()
        removed += len(old)
    while old := list(_ids(SearchOutcome.objects.filter(at__lt=end))):
        SearchOutcome.objects.filter(pk__in=old).delete()
    frequent = count_frequent(now)
    with transaction.atomic():
        FrequentQuery.objects.all().delete()
        FrequentQuery.objects.bulk_create(frequent, batch_size=500)
    return removed


def _ids(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by().values_list("pk", flat=True)[:AT_ONCE]
