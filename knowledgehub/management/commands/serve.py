"""Run the server and its background process until the server ends or the operator ends both."""

from __future__ import annotations

import ipaddress
import os
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from knowledgehub.checks import HOME
from knowledgehub.server import server_command

GRACE = 10  # seconds for a process to finish what it is doing
BETWEEN_STARTS = 5.0  # seconds from one start of the background process to the next


class Command(BaseCommand):
    help = "Serve all channels with granian, and drain the outbox beside it."
    # The others import every page; the server's own processes do that in a moment.
    requires_system_checks: tuple[str, ...] = (HOME,)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *args: Any, host: str, port: int, workers: int, **options: Any) -> None:
        if settings.DEMO:
            require_this_machine(host)
        require_free(host, port)
        stopping = False

        def stop(number: int, frame: FrameType | None) -> None:
            nonlocal stopping
            stopping = True

        # A terminal that is closed is one more way to end both.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, stop)
        # Readers come first: what follows a publish can wait for them.
        work = ["nice", "-n", "10", sys.executable, sys.argv[0], "work"]
        server = _begin(server_command(host=host, port=port, workers=workers))
        worker, begun = _begin(work), time.monotonic()
        try:
            while not stopping and server.poll() is None:
                # Reading goes on without it; what it left is in the outbox.
                if worker.poll() is not None and time.monotonic() - begun >= BETWEEN_STARTS:
                    self.stderr.write("The background process ended by itself; it starts again.")
                    worker, begun = _begin(work), time.monotonic()
                time.sleep(0.1)
        finally:
            self._end([server, worker])
        if not stopping:
            self.stderr.write("The server ended by itself; the background process was stopped.")
            sys.exit(1)

    def _end(self, processes: list[subprocess.Popen[bytes]]) -> None:
        """Ask all to end, wait, and end what does not, with all that it started."""
        for process in processes:
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + GRACE
        for process in processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            # A server that was asked to end while it was still starting may leave its workers.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _begin(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, start_new_session=True)


def require_this_machine(host: str) -> None:
    """Raise CommandError unless `host` is reached from this machine alone: everybody knows the
    demo's passwords."""
    try:
        alone = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        alone = False
    if not alone:
        raise CommandError(
            f"The demo's passwords are known to all; it is not served on {host}. "
            "Use 127.0.0.1, or the production settings with a home of their own."
        )


def require_free(host: str, port: int) -> None:
    """Raise CommandError where somebody listens already: granian shares a port with whoever has
    it (SO_REUSEPORT), and two hubs would take turns in answering."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(f"Port {port} of {host} can't be had: {error.strerror}.") from None
