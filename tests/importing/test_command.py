"""The command itself: who may use it, what it publishes, what it says."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from articles.models import AuditRecord
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


def test_progress_is_shown_on_a_terminal_only(folder: Folder) -> None:
    folder.write("a.md", title="A")
    folder.write("b.md", title="B")
    shown = Terminal()
    call_command("import_articles", str(folder.root), stdout=io.StringIO(), stderr=shown)
    assert "2 of 2" in shown.getvalue()
    assert "of 2" not in folder.load().err


def test_many_warnings_are_cut_unless_all_are_asked_for(folder: Folder) -> None:
    folder.write("a.md", "[x](gone.md) " * 30 + "\n", title="A")
    assert "and 10 more warnings" in folder.load().out
    assert folder.load("-v", "2").out.count("is no page of this folder") == 30
