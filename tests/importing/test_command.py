"""The command itself: who may use it, what it publishes, what it says."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.importing.approving import approve_imported
from articles.importing.options import Options
from articles.importing.passages import Passages, passages_of
from articles.importing.run import run_import
from articles.models import AuditRecord
from articles.operations.audit import system_user
from channels.models import Edition, Entry
from tests.building import snippet, write_approved
from tests.importing.folder import Folder, article, text_at

pytestmark = pytest.mark.django_db


def test_all_files_go_live_in_one_edition(folder: Folder) -> None:
    for name in "abc":
        folder.write(f"{name}.md", "[a](a.md) [b](b.md) [c](c.md)\n", title=name)
    said = folder.load("--publish")
    assert "3 published in edition 1" in said.counts
    assert Entry.objects.live().count() == 3
    assert Edition.objects.get().note == "Import of handbook"


def test_drafts_go_in_and_are_not_published(folder: Folder) -> None:
    folder.write("a.md", title="A", draft="true")
    folder.write("b.md", title="B", published="false")
    folder.write("c.md", title="C", draft="false")
    folder.load("--publish")
    assert [text_at(slug).state for slug in "abc"] == ["draft", "draft", "published"]


def test_what_cannot_be_published_is_named_and_the_rest_is_published(folder: Folder) -> None:
    folder.write("secret.md", title="Secret", audience="agent")
    folder.write("a.md", "[secret](secret.md)\n", title="A")
    folder.write("b.md", "[a](a.md)\n", title="B")
    folder.write("c.md", "Words.\n", title="C")
    said = folder.load("--publish")
    target = article("secret").public_id
    assert f"refused a.md: cannot be published: the link to article {target} is dead" in said.err
    assert "refused b.md: cannot be published" in said.err
    assert "2 published in edition 1" in said.counts
    assert "2 of 4 files were refused" in said.err
    assert {entry.slug for entry in Entry.objects.live()} == {"secret", "c"}


def test_a_snippet_without_a_value_in_the_locale_is_named(folder: Folder) -> None:
    snippet("company.name", "text", {"en": "Tidewave"})
    folder.write("en/a.md", "{{ company.name }}\n", title="A")
    folder.write("zh-hans/a.md", "{{ company.name }}\n", title="甲")
    said = folder.load("--publish")
    assert "refused zh-hans/a.md: cannot be published" in said.err
    assert "1 published" in said.counts


def test_without_publish_what_would_stop_one_is_a_warning(folder: Folder) -> None:
    folder.write("a.md", "Words[^1].\n", title="A")
    said = folder.load()
    assert not said.failed
    assert "warning a.md:4: cannot be published as it stands: There is no footnote" in said.out


def test_what_others_approved_is_not_published_along(folder: Folder) -> None:
    write_approved("Waiting")
    folder.write("a.md", title="A")
    folder.load("--publish")
    assert text_at("waiting").state == "approved"
    assert Entry.objects.live().count() == 1


def test_who_imports_is_on_record(folder: Folder, publisher: User) -> None:
    folder.write("a.md", title="A")
    folder.load("--publish", actor="paul")
    actors = AuditRecord.objects.values_list("actor__username", flat=True)
    assert set(actors) == {"paul"}


def test_who_may_not_publish_publishes_nothing(folder: Folder, author: User, agent: User) -> None:
    folder.write("a.md", title="A")
    for arguments in (("--actor", "ada", "--publish"), ("--actor", "ahmed"), ("--actor", "nobody")):
        assert folder.load(*arguments).failed
    assert not AuditRecord.objects.exists()
    assert not folder.load("--actor", "ada").failed


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"locale": "fr"}, "There is no such locale"),
        ({"topic": "none"}, "There is no topic “none”"),
        ({"collection": "手册"}, "Name the collection"),
    ],
)
def test_a_wrong_option_is_explained(folder: Folder, options: dict[str, Any], reason: str) -> None:
    said = folder.load(**options)
    assert said.failed
    assert reason in said.err


def test_a_folder_that_is_none_is_explained(folder: Folder) -> None:
    with pytest.raises(CommandError, match="is no folder"):
        call_command("import_articles", str(folder.root / "none"))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


PHASES = ("reading 1", "converting 1", "saving 1", "approving 1", "publishing 0")


def test_a_terminal_shows_how_far_each_phase_is(folder: Folder) -> None:
    folder.write("a.md", title="A")
    folder.write("b.md", title="B")
    shown = Terminal()
    call_command(
        "import_articles", str(folder.root), "--publish", stdout=io.StringIO(), stderr=shown
    )
    for phase in PHASES:
        assert f"{phase} of 2" in shown.getvalue()
    assert "\n" not in shown.getvalue()


def test_a_log_gets_a_line_every_few_seconds(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write("a.md", title="A")
    folder.write("b.md", title="B")
    assert folder.load("--dry-run").err == ""
    monkeypatch.setattr("channels.management.progress.SECONDS", 0)
    lines = folder.load("--publish").err.splitlines()
    for phase in PHASES:
        assert f"{phase} of 2" in lines


def test_many_warnings_are_cut_unless_all_are_asked_for(folder: Folder) -> None:
    folder.write("a.md", "[x](gone.md) " * 30 + "\n", title="A")
    assert "and 10 more warnings" in folder.load().out
    assert folder.load("-v", "2").out.count("is no page of this folder") == 30


def test_a_page_is_scanned_once(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.raw("a.md", b"# A\n\n## Part {#p}\n\n[a](#p)\n")
    scanned = []

    def scan(source: str) -> Passages:
        scanned.append(source)
        return passages_of(source)

    for module in ("pages", "conversion"):
        monkeypatch.setattr(f"articles.importing.{module}.passages_of", scan, raising=False)
    folder.load()
    assert len(scanned) == 1


def test_a_snippet_is_looked_up_once_for_all_texts_in_review(folder: Folder) -> None:
    snippet("company.name", "text", "Tidewave")
    for name in "abc":
        folder.write(f"{name}.md", "Of {{ company.name }}.\n", title=name)
    report = run_import(Options(folder=folder.root, collection="handbook", actor=system_user))
    with CaptureQueriesContext(connection) as queries:
        approve_imported(report, actor=system_user())
    assert sum('FROM "articles_snippet"' in query["sql"] for query in queries) == 1
