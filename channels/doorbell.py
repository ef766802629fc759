"""The doorbell: tells whoever drains the outbox that there is something in it.

Without a broker there is nothing to ring: the worker looks into the outbox by itself, twice a
second. A broker that is down or hangs costs a log line and a moment, never a publish that has
happened.
"""

from __future__ import annotations

import logging
from threading import Thread

from celery import current_app
from django.conf import settings

logger = logging.getLogger("knowledgehub.outbox")

WAIT = 0.5  # seconds that a publisher gives the bell: a command that ends at once still rings it

# Seconds; a broker that takes calls and says nothing would keep the thread for ever. It is called
# once more at once, no oftener: the sweeper will come.
PATIENCE = {
    "socket_connect_timeout": 5,
    "socket_timeout": 5,
    "max_retries": 1,
    "interval_start": 0,
}


def ring(edition: int) -> None:
    """Ask a Celery worker to drain the outbox now, where a broker is set.

    Returns after WAIT at the latest, whatever the broker does.
    """
    if not settings.CELERY_BROKER_URL:
        return
    bell = Thread(target=_ring, args=(edition,), name="doorbell", daemon=True)
    bell.start()
    bell.join(WAIT)


def _ring(edition: int) -> None:
    try:
        # A connection of its own: one of Celery's pool may be held by a bell that hangs.
        with current_app.connection_for_write(transport_options=PATIENCE) as connection:
            current_app.send_task("channels.tasks.drain_outbox", connection=connection, retry=False)
    except Exception:
        # Whatever the broker does, the edition is committed and the sweeper will come.
        logger.warning("The broker did not take the bell for edition %s.", edition)
