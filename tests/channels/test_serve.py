"""The server's command: it shares its port with nobody, and the demo with no other machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django import Settings

from knowledgehub.management.commands.serve import require_free
from tests.server import ROOT, free_port


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


def environment(home: Path, settings: str) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": f"knowledgehub.settings.{settings}",
        "KNOWLEDGEHUB_HOME": str(home),
        "DATABASE_URL": "",
    }


def run(home: Path, settings: str, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment(home, settings),
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("command", "error"),
    [
        (("manage.py", "serve", "--port", "1"), "SystemCheckError"),
        (("-c", "import knowledgehub.wsgi"), "ImproperlyConfigured"),
    ],
    ids=["serve", "wsgi"],
)
def test_production_does_not_start_in_the_home_of_a_demo(
    tmp_path: Path, command: tuple[str, ...], error: str
) -> None:
    (tmp_path / "demo-sign-ins.txt").write_text("admin demo-admin")
    refused = run(tmp_path, "prod", *command)
    assert refused.returncode != 0
    assert error in refused.stderr
    assert "the home of a demo" in refused.stderr
    assert "Set KNOWLEDGEHUB_HOME" in refused.stderr


@pytest.mark.parametrize(("settings", "marked"), [("demo", True), ("prod", False)])
def test_the_demo_starts_in_its_home_and_production_in_one_of_its_own(
    tmp_path: Path, settings: str, marked: bool
) -> None:
    if marked:
        (tmp_path / "demo-sign-ins.txt").write_text("admin demo-admin")
    code = "import knowledgehub.wsgi; from django.conf import settings; print(settings.DEBUG)"
    started = run(tmp_path, settings, "-c", code)
    assert (started.returncode, started.stdout, started.stderr) == (0, "False\n", "")


@pytest.mark.server
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_whatever_ends_the_command_ends_all_its_processes(
    tmp_path: Path, number: signal.Signals
) -> None:
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(free_port()), "--workers", "1"],
        cwd=ROOT,
        env=environment(tmp_path, "demo"),
        stderr=subprocess.DEVNULL,
    )
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    deadline = time.monotonic() + 30
    while len(started := children.read_text().split()) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(number)
    assert process.wait(20) == 0
    assert len(started) == 2
    assert not [pid for pid in started if Path(f"/proc/{pid}").exists()]
