"""Celery's tasks: thin names for operations."""

from celery import shared_task

from channels.operations.outbox import drain


@shared_task
def drain_outbox() -> int:
    """Do what is due; returns the number of rows done."""
    return drain()
