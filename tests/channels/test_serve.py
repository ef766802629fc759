"""The server's command: it shares its port with nobody, and the demo with no other machine."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django import Settings

from channels.demo.people import SIGN_INS
from knowledgehub.management.commands import serve
from knowledgehub.management.commands.serve import require_free
from tests.server import QUICK, ROOT, end, free_port, installation, wait_until_it_answers


def test_a_port_that_somebody_has_is_refused() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CommandError, match="can't be had"):
            require_free("127.0.0.1", taken.getsockname()[1])


def test_a_free_port_is_left_free() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    require_free("127.0.0.1", port)
    require_free("127.0.0.1", port)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "hub.example.com", ""])
def test_the_demo_is_served_to_this_machine_alone(settings: Settings, host: str) -> None:
    settings.DEMO = True
    with pytest.raises(CommandError, match="known to all"):
        call_command("serve", host=host)


def test_production_and_the_demo_are_served_on_this_machine(settings: Settings) -> None:
    """The port is taken: that is what ends the command here."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        for settings.DEMO in (True, False):
            with pytest.raises(CommandError, match="can't be had"):
                call_command("serve", host="127.0.0.1", port=taken.getsockname()[1])


def test_the_demo_runs_with_its_own_settings_alone(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match=r"settings\.demo only"):
        call_command("demo")


def run(home: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a Python command in production, in this home."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "knowledgehub.settings.prod",
            "KNOWLEDGEHUB_HOME": str(home),
            "DATABASE_URL": "",
        },
        capture_output=True,
        text=True,
        timeout=60,
    )


def refuses_the_home_of_a_demo(said: str) -> bool:
    return "the home of a demo" in said and "Set KNOWLEDGEHUB_HOME" in said


def test_production_is_not_served_from_the_home_of_a_demo(tmp_path: Path) -> None:
    (tmp_path / SIGN_INS).write_text("admin demo-admin")
    refused = run(tmp_path, "manage.py", "serve", "--port", "1")
    assert refused.returncode != 0
    assert "SystemCheckError" in refused.stderr
    assert refuses_the_home_of_a_demo(refused.stderr)


OWN_HOME_AND_A_DEMOS = f"""
import pathlib, sys
import knowledgehub.wsgi
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
print(settings.DEBUG)
pathlib.Path(settings.HOME, "{SIGN_INS}").write_text("admin demo-admin")
del sys.modules["knowledgehub.wsgi"]
try:
    import knowledgehub.wsgi
except ImproperlyConfigured as refusal:
    print(refusal)
"""


def test_productions_application_starts_in_a_home_of_its_own_alone(tmp_path: Path) -> None:
    started = run(tmp_path, "-c", OWN_HOME_AND_A_DEMOS)
    assert (started.returncode, started.stderr) == (0, "")
    debug, refusal = started.stdout.split("\n", 1)
    assert debug == "False"
    assert refuses_the_home_of_a_demo(refusal)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_whatever_ends_the_command_ends_all_its_processes(
    monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    """Here they are stand-ins that only wait; the next test has the real ones."""
    started: list[subprocess.Popen[bytes]] = []
    begin, sleep = subprocess.Popen, time.sleep
    handlers = {n: signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}

    def stand_in(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
        started.append(begin(["sleep", "60"], **options))
        return started[-1]

    def be_told_to_end(seconds: float) -> None:
        assert signal.getsignal(number) != handlers[number], "it would end this process"
        monkeypatch.setattr(time, "sleep", sleep)
        os.kill(os.getpid(), number)

    monkeypatch.setattr(subprocess, "Popen", stand_in)
    monkeypatch.setattr(time, "sleep", be_told_to_end)
    try:
        call_command("serve", port=free_port())
    finally:
        for restored, handler in handlers.items():
            signal.signal(restored, handler)
    ended = [process.poll() for process in started]
    for process in started:
        process.kill()  # where the command did not
    assert ended == [-signal.SIGTERM] * 2


def test_a_background_process_that_ends_is_started_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A stand-in that ends at once, beside a server that only waits."""
    begun: list[str] = []
    begin = subprocess.Popen
    handlers = {n: signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}

    def stand_in(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
        is_worker = command[-1] == "work"
        begun.append("worker" if is_worker else "server")
        if begun.count("worker") == 3:
            os.kill(os.getpid(), signal.SIGTERM)
        return begin(["true"] if is_worker else ["sleep", "60"], **options)

    monkeypatch.setattr(subprocess, "Popen", stand_in)
    monkeypatch.setattr(serve, "BETWEEN_STARTS", 0.0)
    try:
        call_command("serve", port=free_port())
    finally:
        for restored, handler in handlers.items():
            signal.signal(restored, handler)
    assert begun == ["server", "worker", "worker", "worker"]


def ask(port: int, path: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    said = connection.getresponse().read().decode()
    connection.close()
    return said


@pytest.mark.server
def test_the_demo_is_served_from_its_home_and_search_follows_each_publish() -> None:
    with installation(QUICK) as hub:
        (hub.home / SIGN_INS).write_text("admin demo-admin")
        port = free_port()
        process = hub.start("manage.py", "serve", "--port", str(port), "--workers", "1")
        children: list[str] = []
        try:
            hub.job("tests.channels.following")
            wait_until_it_answers(process, port)
            assert "About the Telex" in ask(port, "/en/search/?q=telex")
            assert "DEBUG" not in ask(port, "/en/nowhere/")
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
            process.terminate()
            assert process.wait(20) == 0
        finally:
            end(process)
            left = [pid for pid in children if Path(f"/proc/{pid}").exists()]
            for pid in left:
                os.killpg(int(pid), signal.SIGKILL)
    assert (len(children), left) == (2, [])
