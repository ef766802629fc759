"""Celery's tasks: thin names for operations."""

from contextlib import suppress

from celery import shared_task
from django.conf import settings

from articles.operations.freshness import remind_when_due
from channels.operations.calls import forget_old_calls
from channels.operations.due_releases import DueReleases
from channels.operations.outbox import drain
from channels.operations.release_mail import tell_owners
from channels.operations.search_log import keep_search_log as keep_log
from channels.search.exceptions import IndexBusy, SearchUnavailable
from channels.search.indexing import (
    bring_index_to_current,
    compact_index,
    index_needs_care,
)
from channels.search.semantic.following import bring_vectors_to_current

SLICE = 4.0  # seconds that vectors are made in one go

# Of this process: what it rendered ahead serves its later looks.
_due_releases = DueReleases()


@shared_task
def publish_due_releases() -> int:
    """Publish the releases that are due, and render ahead what will be; returns how many went
    live."""
    return _due_releases.look()


@shared_task
def drain_outbox() -> int:
    """Do what is due, and mend the index where it is; returns the number of rows done."""
    tell_owners()
    with suppress(IndexBusy, SearchUnavailable):
        if index_needs_care():
            bring_index_to_current(wait=0)
    done = drain()
    bring_vectors_to_current(seconds=SLICE)
    return done


@shared_task
def compact_search_index() -> bool:
    """Make the search index quick again where publishes have worn it; returns whether they had."""
    with suppress(IndexBusy, SearchUnavailable):
        return compact_index()
    return False


@shared_task
def remind_owners() -> int:
    """Tell owners, once a day, what they are to review; returns how many messages went out."""
    return remind_when_due()


@shared_task
def keep_search_log() -> int:
    """Remove old rows of the search log; returns how many searches went."""
    return keep_log()


@shared_task
def forget_calls() -> int:
    """Delete the calls that are older than settings.CALL_DAYS; returns how many."""
    return forget_old_calls(days=settings.CALL_DAYS)
