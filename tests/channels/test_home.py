"""The home that an installation makes for itself: for its owner's eyes, whatever went before."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

from knowledgehub.secret_key import secret_key
from tests.server import ROOT


def load_settings(home: Path) -> None:
    subprocess.run(
        [sys.executable, "-c", "import knowledgehub.settings.prod"],
        cwd=ROOT,
        env=os.environ | {"KNOWLEDGEHUB_HOME": str(home), "DATABASE_URL": "", "SECRET_KEY": ""},
        check=True,
    )


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_home_is_open_to_its_owner_alone(tmp_path: Path) -> None:
    home = tmp_path / "srv" / "hub"
    load_settings(home)
    assert mode(home) == 0o700
    assert mode(home / "secret-key") == 0o600


def test_a_home_that_the_operator_made_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    load_settings(tmp_path)
    assert mode(tmp_path) == 0o750


def test_a_key_is_made_once_and_what_a_crash_left_behind_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / f".secret-key-{os.getpid()}").write_text("cut sh")
    key = secret_key("", home=tmp_path)
    assert len(key) > 50
    assert secret_key("", home=tmp_path) == key
    assert {path.name for path in tmp_path.iterdir()} == {
        "secret-key",
        f".secret-key-{os.getpid()}",
    }


def test_a_given_key_is_taken_and_written_nowhere(tmp_path: Path) -> None:
    assert secret_key("given", home=tmp_path) == "given"
    assert not list(tmp_path.iterdir())
