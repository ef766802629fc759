"""Performs `make run` as README says, in this clone: all faces answer with one edition, a second
start is quick and loses nothing, and Ctrl-C ends every process."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

FACES = ("/en/", "/zh-hans/", "/zh-hant/", "/ivr/en/", "/api/v1/editions/current/", "/sign-in/")
LONGEST_FIRST_START = 600  # seconds; it installs everything
LONGEST_SECOND_START = 5
# On a machine that is slow or busy: so many times what `manage.py check` takes beside it.
MOST_CHECKS = 2.5


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(port: int) -> subprocess.Popen[bytes]:
    # A session of its own, so that the interrupt goes to all of it, as a terminal's does.
    return subprocess.Popen(["make", "run", f"PORT={port}"], start_new_session=True)


def wait_for(port: int, process: subprocess.Popen[bytes], limit: float) -> float:
    began = time.monotonic()
    while time.monotonic() - began < limit:
        if process.poll() is not None:
            sys.exit("make run ended by itself")
        try:
            get(port, "/api/v1/editions/current/")
        except OSError:
            time.sleep(0.05)
        else:
            return time.monotonic() - began
    sys.exit(f"make run did not answer within {limit} s")


def get(port: int, path: str) -> tuple[int, str]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        answer.read()
        return answer.status, answer.headers.get("Knowledge-Edition", "")


def check() -> float:
    """Return the seconds that one process of the hub takes to start and look at its settings."""
    began = time.monotonic()
    home = {"KNOWLEDGEHUB_HOME": str(Path("var").resolve())}
    settings = {"DJANGO_SETTINGS_MODULE": "knowledgehub.settings.demo"}
    subprocess.run(
        [".venv/bin/python", "manage.py", "check"],
        env=os.environ | home | settings,
        check=True,
        capture_output=True,
    )
    return time.monotonic() - began


def interrupt(process: subprocess.Popen[bytes]) -> None:
    os.killpg(os.getpgid(process.pid), signal.SIGINT)
    process.wait(timeout=30)
    for _ in range(50):
        if not (left := processes_here()):
            return
        time.sleep(0.1)
    sys.exit(f"these outlived Ctrl-C: {left}")


def processes_here() -> list[str]:
    """The hub's processes that were started in this clone, by their command lines."""
    here = os.getcwd()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            if str((process / "cwd").readlink()) == here and ".venv" in command:
                found.append(command)
        except OSError:
            continue  # It ended while we looked, or it is none of ours.
    return found


def main() -> None:
    port = free_port()
    process = start(port)
    first = wait_for(port, process, LONGEST_FIRST_START)
    for face in FACES:
        print(face, *get(port, face))
    interrupt(process)
    again: list[float] = []
    allowed = 0.0
    # The machine may be busy with something else: the quickest of three counts.
    while len(again) < 3 and min(again, default=LONGEST_FIRST_START) > allowed:
        before = check()
        process = start(port)
        again.append(wait_for(port, process, LONGEST_FIRST_START))
        for face in FACES:
            assert get(port, face)[1] in ("1", ""), f"{face}: the edition was lost"
        interrupt(process)
        allowed = max(allowed, LONGEST_SECOND_START, MOST_CHECKS * before, MOST_CHECKS * check())
    print(f"first start {first:.1f} s, further starts", ", ".join(f"{s:.1f} s" for s in again))
    print(f"allowed {allowed:.1f} s")
    if min(again) > allowed:
        sys.exit("no second start was quick enough")
    changed = subprocess.run(
        ["git", "status", "--porcelain"], capture_output=True, text=True, check=True
    ).stdout
    if changed:
        sys.exit(f"make run wrote outside var/:\n{changed}")
    print("files in", Path("var").resolve(), ":", len(list(Path("var").rglob("*"))))


if __name__ == "__main__":
    main()
