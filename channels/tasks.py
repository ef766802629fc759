"""Celery's tasks: thin names for operations."""

from contextlib import suppress

from celery import shared_task

from articles.operations.freshness import remind_when_due
from channels.operations.due_releases import DueReleases
from channels.operations.outbox import drain
from channels.operations.release_mail import tell_owners
from channels.search.exceptions import IndexBusy, SearchUnavailable
from channels.search.indexing import bring_index_to_current, index_needs_care

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
    return drain()


@shared_task
def remind_owners() -> int:
    """Tell owners, once a day, what they are to review; returns how many messages went out."""
    return remind_when_due()
