"""The suite's pass on PostgreSQL, where no server of it is installed: said plainly, and no pass
where it is required."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

# As `python -m tests.postgresql`, on a machine that has nothing where Debian puts PostgreSQL.
WITHOUT_A_SERVER = """
import pathlib, runpy
pathlib.Path.glob = lambda *_: iter(())
runpy.run_module("tests.postgresql", run_name="__main__")
"""


@pytest.mark.parametrize(("required", "status"), [("", 0), ("0", 0), ("1", 1)])
def test_without_a_server_nothing_is_run_and_that_is_said(
    tmp_path: Path, required: str, status: int
) -> None:
    tests = [sys.executable, "-c", "print('tests were run')"]
    said = subprocess.run(
        [sys.executable, "-c", WITHOUT_A_SERVER, *tests],
        cwd=settings.BASE_DIR,
        env={**os.environ, "PATH": str(tmp_path), "KNOWLEDGEHUB_REQUIRE_SERVICES": required},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert said.stdout == (
        "PostgreSQL's server is not installed: its pass of the suite was NOT run.\n"
    )
    assert (said.returncode, said.stderr) == (status, "")
