"""Celery's tasks: thin names for operations."""

from contextlib import suppress

from celery import shared_task

from articles.operations.freshness import remind_when_due
from channels.operations.due_releases import DueReleases
from channels.operations.outbox import drain
from channels.operations.release_mail import tell_owners
from channels.search.exceptions import IndexBusy
from channels.search.indexing import bring_index_to_current, index_needs_care
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
    if index_needs_care():
        with suppress(IndexBusy):
            bring_index_to_current(wait=0)
    done = drain()
    bring_vectors_to_current(seconds=SLICE)
    return done


@shared_task
def remind_owners() -> int:
    """Tell owners, once a day, what they are to review; returns how many messages went out."""
    return remind_when_due()
