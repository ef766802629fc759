"""Requests per second and waiting times at an address: by wrk where it is installed, else by
processes of our own."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.bench.report import percentile

CONNECTIONS = 8
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}  # to milliseconds


@dataclass(frozen=True, slots=True)
class Load:
    per_second: float
    p50: float  # milliseconds
    p99: float


def measure(url: str, *, seconds: int, headers: dict[str, str] | None = None) -> Load:
    """Ask `url` again and again. Raises RuntimeError where an answer was neither 200 nor 304."""
    if wrk := shutil.which("wrk"):
        return _by_wrk(wrk, url, seconds, headers or {})
    return _by_clients(url, seconds, headers or {})


def _by_wrk(wrk: str, url: str, seconds: int, headers: dict[str, str]) -> Load:
    said = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", *said, url]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in printed:
        raise RuntimeError(printed)
    return Load(
        float(_found(r"Requests/sec:\s+([0-9.]+)", printed)[1]),
        _milliseconds(_found(r"50%\s+([0-9.]+)(us|ms|s)", printed)),
        _milliseconds(_found(r"99%\s+([0-9.]+)(us|ms|s)", printed)),
    )


def _found(pattern: str, printed: str) -> re.Match[str]:
    found = re.search(pattern, printed)
    if found is None:
        raise RuntimeError(f"wrk printed something else:\n{printed}")
    return found


def _milliseconds(found: re.Match[str]) -> float:
    return float(found[1]) * _UNITS[found[2]]


def _by_clients(url: str, seconds: int, headers: dict[str, str]) -> Load:
    command = [sys.executable, "-m", "tests.bench.load", url, str(seconds), json.dumps(headers)]
    clients = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        for _ in range(CONNECTIONS // 2)
    ]
    waited = [wait for client in clients for wait in json.loads(client.communicate()[0])]
    return Load(len(waited) / seconds, percentile(waited, 0.5), percentile(waited, 0.99))


def _ask(url: str, seconds: int, headers: dict[str, str]) -> list[float]:
    """Return the milliseconds that each answer took."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    waited = []
    deadline = time.monotonic() + seconds
    while (start := time.monotonic()) < deadline:
        connection.request("GET", f"{parts.path}?{parts.query}", headers=headers)
        response = connection.getresponse()
        response.read()
        if response.status not in (200, 304):
            raise RuntimeError(f"{url} answered {response.status}")
        waited.append((time.monotonic() - start) * 1000)
    return waited


if __name__ == "__main__":
    print(json.dumps(_ask(sys.argv[1], int(sys.argv[2]), json.loads(sys.argv[3]))))
