"""The doorbell: tells whoever drains the outbox that there is something in it.

Without a broker there is nothing to ring: the worker looks into the outbox by itself, twice a
second. A broker that is down costs a log line, never a publish that has happened.
"""

from __future__ import annotations

import logging

from celery import current_app
from django.conf import settings

logger = logging.getLogger("knowledgehub.outbox")


def ring(edition: int) -> None:
    """Ask a Celery worker to drain the outbox now, where a broker is set."""
    if not settings.CELERY_BROKER_URL:
        return
    try:
        current_app.send_task("channels.tasks.drain_outbox", retry=False)
    except Exception:
        # Whatever the broker does, the edition is committed and the sweeper will come.
        logger.warning("The broker did not take the bell for edition %s.", edition)
