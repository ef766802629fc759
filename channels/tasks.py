"""Celery's tasks: thin names for operations."""

from contextlib import suppress

from celery import shared_task

from channels.operations.outbox import drain
from channels.search.exceptions import IndexBusy
from channels.search.indexing import bring_index_to_current, index_needs_care


@shared_task
def drain_outbox() -> int:
    """Do what is due, and mend the index where it is; returns the number of rows done."""
    if index_needs_care():
        with suppress(IndexBusy):
            bring_index_to_current(wait=0)
    return drain()
