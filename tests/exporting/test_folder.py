"""Where an export is written: whole, inside its folder, and over nothing but an export."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.exporting import run
from articles.exporting.folder import ExportFolder
from articles.models import Article
from tests.building import published, write
from tests.exporting.folder import export, files

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "export"


def test_the_same_knowledge_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    published("Plans")
    write("漫游", "说明。", locale="zh-hans")
    export(folder)
    export(tmp_path / "again")
    assert files(folder) == files(tmp_path / "again")
    before = files(folder)
    export(folder)
    assert files(folder) == before


def test_what_is_gone_is_gone_from_the_next_export(folder: Path) -> None:
    first = published("Plans")
    export(folder)
    path = f"articles/en/{first.public_id}.md"
    assert path in files(folder)
    export(folder, "--locale", "zh-hant")
    assert path not in files(folder)


def test_a_folder_with_something_else_in_it_is_left_alone(folder: Path) -> None:
    folder.mkdir()
    (folder / "letter.txt").write_text("Dear all")
    with pytest.raises(CommandError, match="not empty and no export"):
        export(folder)
    assert files(folder) == {"letter.txt": b"Dear all"}
    assert list(folder.parent.iterdir()) == [folder]
    with pytest.raises(CommandError, match="is no folder"):
        export(folder / "letter.txt")


def test_an_export_may_lie_in_a_repository(folder: Path) -> None:
    export(folder)
    (folder / ".git").mkdir()
    (folder / ".git" / "HEAD").write_text("main")
    (folder / "README.md").write_text("# Ours")
    export(folder)
    assert {".git/HEAD", "README.md", "knowledge.json"} == files(folder).keys()


def test_files_that_somebody_put_among_the_pages_stop_it(folder: Path, tmp_path: Path) -> None:
    published("Plans")
    export(folder)
    mine = folder / "articles" / "en" / "Mine.txt"
    mine.write_text("mine")
    before = files(folder)
    with pytest.raises(CommandError, match=r"Mine\.txt is of no export"):
        export(folder)
    assert files(folder) == before
    mine.unlink()
    elsewhere = tmp_path / "elsewhere"
    (folder / "articles").rename(elsewhere)
    (folder / "articles").symlink_to(elsewhere)
    with pytest.raises(CommandError, match="is a link"):
        export(folder)


def test_an_export_that_breaks_off_changes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published("Plans")
    export(folder)
    before = files(folder)
    published("Roaming")

    def broken(*_: object, **__: object) -> str:
        raise OSError("No space left on device")

    monkeypatch.setattr(run, "page", broken)
    with pytest.raises(CommandError, match="No space left"):
        export(folder)
    assert files(folder) == before
    assert list(folder.parent.iterdir()) == [folder]


@pytest.mark.parametrize(
    "path", ["../x.md", "/etc/x.md", "articles/../../x.md", "articles/en/..", "x.md", ""]
)
def test_nothing_is_written_outside(folder: Path, path: str) -> None:
    with ExportFolder(folder) as export, pytest.raises(ValueError, match="no file of an export"):
        export.path(path)


def test_a_hostile_id_in_the_database_writes_nothing(folder: Path) -> None:
    article = published("Plans")
    Article.objects.filter(pk=article.pk).update(public_id="../../../x")
    with pytest.raises(ValueError, match="no file of an export"):
        export(folder)
    assert not folder.exists()


def test_statements_do_not_grow_with_the_articles(folder: Path) -> None:
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            export(folder)
        return len(queries)

    published("First")
    few = statements()
    for number in range(5):
        write(f"Article {number}", "Words.")
    assert statements() == few


def test_a_missing_attachment_is_named_and_fails_the_command(folder: Path) -> None:
    from articles.operations.attachments import attachment_path
    from tests.exporting.test_round_trip import picture

    attachment_path(picture().name).unlink()
    with pytest.raises(CommandError, match="1 attachments are missing"):
        call_command("export_articles", str(folder))
    assert (folder / "knowledge.json").exists()
