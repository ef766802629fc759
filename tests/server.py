"""A whole installation of its own for tests: a home, a database and the real server's processes.

    with installation() as hub, serving(hub) as address: ...

The database is a SQLite file, or one of its own in the PostgreSQL cluster that DATABASE_URL names.
"""

from __future__ import annotations

import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from knowledgehub.server import server_command

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 1800.0  # seconds that a command may take
START = 60.0  # seconds within which a server must answer
GRACE = 10.0  # seconds for a process to end when asked
JOB = ("-m", "tests.job")


@dataclass(frozen=True, slots=True)
class Installation:
    home: Path
    environment: dict[str, str] = field(repr=False)

    @property
    def vendor(self) -> str:
        return "PostgreSQL" if self.environment["DATABASE_URL"] else "SQLite"

    def run(self, *command: str) -> str:
        """Run a Python command to its end; return what it printed. Raises where it fails."""
        process = self.start(*command, stdout=subprocess.PIPE)
        printed, _ = process.communicate(timeout=LONGEST)
        if process.returncode:
            raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
        return printed

    def job(self, module: str, *arguments: str) -> str:
        """Run the `main` of a module with Django set up; return what it printed."""
        return self.run(*JOB, module, *arguments)

    def start(
        self, *command: str, stdout: int | None = None, **environment: str
    ) -> subprocess.Popen[str]:
        """Start a Python command in a process of its own."""
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.environment | environment,
            stdout=stdout,
            text=True,
            start_new_session=True,
        )


@contextmanager
def installation(
    settings: str = "knowledgehub.settings.demo", *, cluster: str | None = None
) -> Iterator[Installation]:
    """Yield a migrated, empty installation; take it away afterwards.

    `cluster`: the address of a PostgreSQL cluster, "" for SQLite, None for what DATABASE_URL says.
    """
    if cluster is None:
        cluster = os.environ.get("DATABASE_URL", "")
    with tempfile.TemporaryDirectory(prefix="kh-") as home, _database(cluster) as url:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": settings,
            "KNOWLEDGEHUB_HOME": home,
            "DATABASE_URL": url,
            "PYTHONWARNINGS": "ignore",
        }
        hub = Installation(Path(home), environment)
        hub.run("manage.py", "migrate", "--verbosity", "0")
        yield hub


@contextmanager
def _database(cluster: str) -> Iterator[str]:
    """The address of a database of its own in the cluster; "" for SQLite."""
    if not cluster:
        yield ""
        return
    name = f"kh_{secrets.token_hex(6)}"
    with psycopg.connect(cluster, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield urlunsplit(urlsplit(cluster)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(cluster, autocommit=True) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )


@contextmanager
def serving(hub: Installation, *, workers: int = 2, settings: str = "") -> Iterator[str]:
    """Start the server on a free port of this machine; yield its address, `http://host:port`."""
    port = free_port()
    command = server_command(host="127.0.0.1", port=port, workers=workers)[1:]
    process = hub.start(*command, **({"DJANGO_SETTINGS_MODULE": settings} if settings else {}))
    try:
        _wait_until_it_answers(process, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        end(process)
        # A server that was asked to end while it was still starting may leave its workers.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def end(process: subprocess.Popen[str]) -> None:
    """Ask a process to end, wait, and end it where it does not."""
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait_until_it_answers(process: subprocess.Popen[str], port: int) -> None:
    deadline = time.monotonic() + START
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"The server ended with {process.returncode} while starting.")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=START)
        try:
            connection.request("GET", "/robots.txt")
            if connection.getresponse().status == http.HTTPStatus.OK:
                return
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    raise RuntimeError(f"The server did not answer within {START:.0f} seconds.")
