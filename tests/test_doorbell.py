"""Ringing for a Celery worker: a publisher waits for no broker."""

from __future__ import annotations

import gc
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from celery import current_app
from django.conf import LazySettings
from redis.retry import Retry

from channels import doorbell
from channels.doorbell import ring

PATIENCE = 30.0  # seconds


@pytest.fixture
def broker(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """A broker that takes calls and never says a word, as behind a firewall that drops packets."""
    monkeypatch.setattr(Retry, "call_with_retry", once)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"redis://127.0.0.1:{listener.getsockname()[1]}/0"
        settings.CELERY_BROKER_URL = current_app.conf.broker_url = url
        yield listener
    current_app.conf.broker_url = None
    for bell in bells():
        bell.join(PATIENCE)
        assert not bell.is_alive()
    gc.collect()


def once(retry: Retry, do: Callable[[], Any], *args: Any, **kwargs: Any) -> Any:
    """Redis's client calls again for a quarter of a minute."""
    return do()


def bells() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "doorbell"]


def test_a_broker_that_says_nothing_keeps_no_publisher_waiting(broker: socket.socket) -> None:
    start = time.monotonic()
    ring(1)
    assert time.monotonic() - start < doorbell.WAIT + 1


def test_a_bell_reaches_the_broker_before_a_command_ends(broker: socket.socket) -> None:
    broker.settimeout(5)
    ring(1)
    conversation, _ = broker.accept()
    with conversation:
        conversation.settimeout(5)
        assert conversation.recv(4)


def test_a_broker_that_hangs_up_is_called_twice(broker: socket.socket) -> None:
    broker.settimeout(PATIENCE)
    ring(1)
    for _ in range(2):
        conversation, _ = broker.accept()
        conversation.close()
    (bell,) = bells()
    bell.join(PATIENCE)
    assert not bell.is_alive()
    broker.settimeout(0)
    with pytest.raises(BlockingIOError):
        broker.accept()


def test_without_a_broker_nothing_is_rung(settings: LazySettings) -> None:
    settings.CELERY_BROKER_URL = ""
    before = bells()
    ring(1)
    assert bells() == before
