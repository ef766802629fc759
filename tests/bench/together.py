"""Processes that begin together, and none while another still starts."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterable

READY = "ready\n"


def begin_when_told() -> float:
    """Say that this process has started, wait for the others; return the moment by the monotonic
    clock."""
    sys.stdout.write(READY)
    sys.stdout.flush()
    sys.stdin.readline()
    return time.monotonic()


def begin_together(processes: Iterable[subprocess.Popen[str]]) -> None:
    """Wait until each has started, then let all begin. Raises RuntimeError where one did not."""
    processes = list(processes)
    for process in processes:
        if process.stdout is None or process.stdout.readline() != READY:
            raise RuntimeError("One of the processes did not start.")
    for process in processes:
        if process.stdin:
            process.stdin.write(READY)
            process.stdin.flush()
