"""How the server is started: one place for the command and for the tests that measure it."""

from __future__ import annotations

import sys


def server_command(*, host: str, port: int, workers: int) -> list[str]:
    """granian over WSGI: measured at a fraction of ASGI's cost for a view that reads a row."""
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(port),
        "--workers",
        str(workers),
        # Enough that a long request holds nobody up; more of them only wait for each other, since
        # one at a time runs Python. Further requests wait in line.
        "--blocking-threads",
        "4",
        "--workers-kill-timeout",
        "5",
        "--log-level",
        "warning",
        "--no-ws",
        "knowledgehub.wsgi:application",
    ]
