"""Celery's tasks: thin names for operations."""

from celery import shared_task

from channels.operations.outbox import drain
from channels.search.indexing import bring_index_to_current, index_needs_care


@shared_task
def drain_outbox() -> int:
    """Do what is due; returns the number of rows done."""
    if index_needs_care():
        bring_index_to_current()
    return drain()
