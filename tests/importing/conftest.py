"""Fixtures of the import's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.folder import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    root = tmp_path / "handbook"
    root.mkdir()
    return Folder(root)
