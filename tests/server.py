"""A whole installation of its own for tests: a home, a database and the real server's processes.

    with installation(QUICK) as hub, serving(hub) as address: ...

The database is a SQLite file, or one of its own in the PostgreSQL cluster that DATABASE_URL names.
Each is a copy of one that was migrated once: migrating takes seconds.
"""

from __future__ import annotations

import atexit
import functools
import http.client
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
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
QUICK = "tests.server_settings"


@dataclass(frozen=True, slots=True)
class Installation:
    home: Path
    environment: dict[str, str] = field(repr=False)

    @property
    def database(self) -> str:
        """The database's name: a file in the home, or one in the cluster."""
        url = self.environment["DATABASE_URL"]
        return urlsplit(url).path[1:] if url else str(self.home / "knowledgehub.sqlite3")

    @property
    def vendor(self) -> str:
        return "PostgreSQL" if self.environment["DATABASE_URL"] else "SQLite"

    def run(self, *command: str, longest: float = LONGEST) -> str:
        """Run a Python command to its end; return what it printed. Raises where it fails."""
        process = self.start(*command, stdout=subprocess.PIPE)
        printed, _ = process.communicate(timeout=longest)
        if process.returncode:
            raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
        return printed

    def job(self, module: str, *arguments: str, longest: float = LONGEST) -> str:
        """Run the `main` of a module with Django set up; return what it printed."""
        return self.run(*JOB, module, *arguments, longest=longest)

    def start(
        self,
        *command: str,
        stdin: int | None = None,
        stdout: int | None = None,
        **environment: str,
    ) -> subprocess.Popen[str]:
        """Start a Python command in a process of its own."""
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.environment | environment,
            stdin=stdin,
            stdout=stdout,
            text=True,
            start_new_session=True,
        )


@contextmanager
def installation(
    settings: str = "knowledgehub.settings.demo", *, cluster: str | None = None, content: str = ""
) -> Iterator[Installation]:
    """Yield a migrated installation; take it away afterwards.

    `cluster`: the address of a PostgreSQL cluster, "" for SQLite, None for what DATABASE_URL says.
    `content`: the job that filled it; without one it is empty.
    """
    if cluster is None:
        cluster = os.environ.get("DATABASE_URL", "")
    with _copy(_template(cluster, content), settings, cluster) as hub:
        yield hub


@functools.cache
def _template(cluster: str, content: str) -> Installation:
    """The installation that others are copies of, until this process ends."""
    if content:
        hub = _until_the_end.enter_context(installation(QUICK, cluster=cluster))
        hub.job(content)
    else:
        hub = _until_the_end.enter_context(_copy(None, QUICK, cluster))
        hub.run("manage.py", "migrate", "--verbosity", "0", "--skip-checks")
    return hub


_until_the_end = ExitStack()
atexit.register(_until_the_end.close)


@contextmanager
def _copy(template: Installation | None, settings: str, cluster: str) -> Iterator[Installation]:
    with (
        tempfile.TemporaryDirectory(prefix="kh-") as home,
        _database(cluster, template) as url,
    ):
        if template:
            shutil.copytree(template.home, home, dirs_exist_ok=True)
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": settings,
            "KNOWLEDGEHUB_HOME": home,
            "DATABASE_URL": url,
            "PYTHONWARNINGS": "ignore",
        }
        yield Installation(Path(home), environment)


@contextmanager
def _database(cluster: str, template: Installation | None) -> Iterator[str]:
    """The address of a database of its own in the cluster; "" for SQLite."""
    if not cluster:
        yield ""
        return
    name = f"kh_{secrets.token_hex(6)}"
    like = template.database if template else "template1"
    with psycopg.connect(cluster, autocommit=True) as connection:
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(create.format(sql.Identifier(name), sql.Identifier(like)))
    try:
        yield urlunsplit(urlsplit(cluster)._replace(path=f"/{name}"))
    finally:
        # A cluster that is gone has taken its databases along.
        with (
            suppress(psycopg.OperationalError),
            psycopg.connect(cluster, autocommit=True) as connection,
        ):
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
        wait_until_it_answers(process, port)
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


def wait_until_it_answers(process: subprocess.Popen[str], port: int) -> None:
    """Raises RuntimeError where it does not."""
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
