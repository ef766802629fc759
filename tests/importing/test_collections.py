"""A collection is one site's: another folder of the same name is not taken for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.folder import Folder, all_counts, head

pytestmark = pytest.mark.django_db


def test_a_folder_of_the_same_name_does_not_take_over_what_another_brought(
    folder: Folder, tmp_path: Path
) -> None:
    folder.write("index.md", title="Site one", slug="one")
    folder.write("x.md", title="X")
    folder.load()
    before = all_counts()
    (tmp_path / "two" / "handbook").mkdir(parents=True)
    other = Folder(tmp_path / "two" / "handbook")
    other.write("index.md", title="Site two", slug="two")
    other.write("y.md", title="Y")
    said = other.load()
    assert said.failed
    assert "2 articles were imported as “handbook” before, and this folder holds only 0" in said.err
    assert all_counts() == before

    assert "2 created" in other.load(collection="two").counts
    assert head("one").title == "Site one"


def test_a_folder_that_was_moved_and_worked_on_is_the_same(folder: Folder, tmp_path: Path) -> None:
    for name in "abcd":
        folder.write(f"{name}.md", name, title=name)
    folder.load()
    (tmp_path / "elsewhere").mkdir()
    moved = Folder(folder.root.rename(tmp_path / "elsewhere" / "handbook"))
    moved.write("a.md", "Changed.\n", title="a")
    (moved.root / "b.md").rename(moved.root / "e.md")
    (moved.root / "c.md").unlink()
    moved.raw("d.md", b"\xff")
    said = moved.load()
    assert "0 created, 1 changed, 1 renamed, 0 unchanged, 1 refused" in said.counts


def test_a_folder_that_lost_most_of_its_files_is_asked_about(folder: Folder) -> None:
    for name in "abc":
        folder.write(f"{name}.md", title=name)
    folder.load()
    for name in "ab":
        (folder.root / f"{name}.md").unlink()
    assert "say --collection handbook" in folder.load().err
    assert "1 unchanged" in folder.load(collection="handbook").counts
