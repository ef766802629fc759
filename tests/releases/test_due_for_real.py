"""With real workers and a real clock: within a second, and once."""

from __future__ import annotations

import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from articles.operations.audit import system_user
from channels.models import Edition, Release
from channels.operations.due_releases import DueReleases
from channels.operations.verifying import broken_editions
from tests.building import write_approved
from tests.releases.planning import scheduled
from tests.server import installation


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_publish_it_once() -> None:
    workers = 4
    at = timezone.now()
    release = scheduled(
        *[write_approved(f"Text {n}") for n in range(3)],
        local=at.strftime("%Y-%m-%dT%H:%M:%S"),
        now=at - timedelta(minutes=1),
    )
    barrier = Barrier(workers)

    def work(_: int) -> int:
        try:
            barrier.wait(timeout=20)
            return DueReleases().look()
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        published = list(pool.map(work, range(workers)))

    release.refresh_from_db()
    assert (sum(published), release.state, Edition.objects.count()) == (1, "published", 1)
    assert release.failure == ""
    assert list(broken_editions()) == []


def main(arguments: list[str]) -> None:
    """Schedule a release of some texts in the given number of seconds, or say when it went live,
    in seconds after it was due."""
    if arguments[0] == "late":
        release = Release.objects.get()
        assert release.edition, release.failure or release.state
        assert release.due_at
        print((release.edition.published_at - release.due_at).total_seconds())
        return
    now = timezone.now()
    due_at = (now + timedelta(seconds=int(arguments[0]))).replace(microsecond=0)
    texts = [write_approved(f"Text {n}") for n in range(5)]
    local = due_at.strftime("%Y-%m-%dT%H:%M:%S")
    scheduled(*texts, local=local, now=now, actor=system_user())


@pytest.mark.server
def test_a_real_worker_publishes_within_a_second() -> None:
    with installation() as hub:
        worker = hub.start("manage.py", "work")
        try:
            hub.job(__name__, "4")
            with pytest.raises(subprocess.TimeoutExpired):
                worker.wait(timeout=6)
            late = float(hub.job(__name__, "late"))
        finally:
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(timeout=10) == 0
    assert 0 <= late < 1
