"""Run a command against a PostgreSQL cluster of its own, which lives as long as the command.

    python -m tests.postgresql pytest -n2

The command finds the cluster in DATABASE_URL. Where no server binary is installed, this says so
and does nothing; with KNOWLEDGEHUB_REQUIRE_SERVICES=1 that is a failure.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Durability is not what these tests are about: a killed client must leave nothing, and the server
# itself is never killed.
SERVER_OPTIONS = (
    "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c max_connections=200"
)


def binaries() -> Path | None:
    """Return the folder of initdb and pg_ctl, the newest one; None where there is none."""
    on_path = shutil.which("pg_ctl")
    if on_path and shutil.which("initdb"):
        return Path(on_path).resolve().parent
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])
    )
    return found[-1].parent if found else None


def _account() -> pwd.struct_passwd | None:
    """The account to run the server as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("There is no account to run PostgreSQL as.")


@contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster in a temporary folder, reached by its socket alone; yield its address."""
    folder = binaries()
    if folder is None:
        raise FileNotFoundError("PostgreSQL's server is not installed.")
    account = _account()
    home = Path(tempfile.mkdtemp(prefix="kh-pg-"))
    if account:
        os.chown(home, account.pw_uid, account.pw_gid)

    def run(*command: str) -> None:
        subprocess.run(
            [str(folder / command[0]), *command[1:]],
            check=True,
            cwd=home,
            stdout=subprocess.DEVNULL,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        )

    data = str(home / "data")
    try:
        run(
            "initdb",
            "-D",
            data,
            "-U",
            "knowledgehub",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
            "--locale=C.UTF-8",
        )
        run(
            "pg_ctl",
            "-D",
            data,
            "-w",
            "-l",
            str(home / "log"),
            "-o",
            f"-k {home} {SERVER_OPTIONS}",
            "start",
        )
        try:
            yield f"postgresql://knowledgehub@/postgres?host={home}"
        finally:
            run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main(command: list[str]) -> int:
    if binaries() is None:
        print("PostgreSQL's server is not installed: its pass of the suite was NOT run.")
        return 1 if os.environ.get("KNOWLEDGEHUB_REQUIRE_SERVICES") == "1" else 0
    with cluster() as url:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
