"""One bad file is named with its line and reason; the others go in."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from articles.models import Article, ArticleText, Attachment, Topic
from articles.operations import writing
from tests.importing.folder import Folder, all_counts, head

pytestmark = pytest.mark.django_db


def test_bad_files_are_named_with_line_and_reason_and_the_others_go_in(
    folder: Folder, tmp_path: Path
) -> None:
    folder.write("good.md", title="Good")
    folder.raw("latin.md", b"---\ntitle: Caf\xe9\n---\n")
    folder.raw("yaml.md", b"---\ntitle: A\nsummary: 'x\n---\nWords\n")
    folder.raw("untitled.md", b"Only words.\n")
    folder.raw("nul.md", b"# A\n\nb\0c\n")
    folder.raw("huge.md", b"# A\n" + b"x" * 20_000_000)
    folder.write("fr.md", title="Bonjour", lang="fr")
    folder.write("who.md", title="Who", audience="everybody")
    folder.write("id.md", title="Id", article_id="NOT AN ID")
    folder.write("long.md", title="x" * 201)
    folder.write("tags.md", title="Tags", tags="[" + "x" * 61 + "]")
    folder.write("a/one.md", title="First", slug="same")
    folder.write("b/two.md", title="Second", slug="same")
    outside = tmp_path / "outside.md"
    outside.write_text("# Secret\n")
    (folder.root / "out.md").symlink_to(outside)
    (folder.root / "loop.md").symlink_to(folder.root / "loop.md")
    os.mkfifo(folder.root / "pipe.md")

    said = folder.load()

    assert said.failed
    for name in (
        "latin.md:2: is not UTF-8 (byte 15)",
        "yaml.md:3: has broken YAML",
        "untitled.md:1: has no title",
        "nul.md:3: holds a NUL",
        "huge.md: is too large: 20.0 MB; 1 MB is the most",
        "fr.md:3: There is no locale “fr” here",
        "who.md:3: There is no audience “everybody”",
        "id.md:3: “NOT AN ID” cannot be an article's id",
        "long.md:2: The title is longer than 200 characters",
        "tags.md:3: At most 30 tags of 60 characters",
        "b/two.md:3: says the same slug in en, “same”, as a/one.md",
        "out.md: is a link out of the folder",
        "loop.md: is a link out of the folder",
        "pipe.md: is no regular file",
    ):
        assert f"refused {name}" in said.err
    assert "14 of 16 files were refused" in said.err
    assert "16 files: 2 created, 0 changed, 0 renamed, 0 unchanged, 14 refused" in said.counts
    assert set(ArticleText.objects.values_list("slug", flat=True)) == {"good", "same"}
    assert head("same").title == "First"


def test_a_folder_that_is_linked_in_from_elsewhere_is_named(folder: Folder, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "secret.md").write_text("# Secret\n")
    (folder.root / "in").symlink_to(elsewhere)
    folder.write("good.md", title="Good")
    said = folder.load()
    assert "in: is a link out of the folder" in said.err
    assert ArticleText.objects.count() == 1


def test_hidden_files_and_node_modules_are_passed_over(folder: Folder) -> None:
    folder.write(".git/x.md", title="X")
    folder.write("node_modules/y/README.md", title="Y")
    folder.write(".hidden.md", title="Z")
    assert "0 files" in folder.load().counts


def test_files_that_are_no_markdown_are_counted_by_ending(folder: Folder) -> None:
    folder.write("a.md", title="A")
    for name in ("b.mdx", "c/d.MDX", "e.rst", "CNAME"):
        folder.raw(name, b"# Words\n")
    folder.picture("f.png")
    said = folder.load()
    assert "Passed over, being no Markdown: 2 .mdx, 1 .rst, 1 without ending." in said.out
    assert "1 created" in said.counts


def test_no_article_is_half_imported(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write("guides/a.md", title="A", aliases="[/" + "x" * 299 + "]")
    folder.write("guides/b.md", title="B", article_id="b-b-b")
    before = all_counts()

    def break_at_the_end(*args: object, **kwargs: object) -> None:
        raise writing.InvalidInput("Broken.")

    monkeypatch.setattr("articles.importing.saving.save_revision", break_at_the_end)
    assert folder.load().failed
    after = all_counts()
    # The system user is made once, whoever succeeds later.
    after.pop("auth.User"), before.pop("auth.User")
    assert after == before
    assert not Topic.objects.exists()


def test_two_files_of_one_article_in_one_locale_are_told_apart(folder: Folder) -> None:
    folder.write("en/a.md", title="First", slug="one")
    folder.write("a.en.md", title="Second", slug="two")
    said = folder.load()
    assert "en/a.md: is the same article in en as a.en.md" in said.err
    assert Article.objects.count() == 1


def test_an_address_that_the_hub_gave_to_another_article_is_named(folder: Folder) -> None:
    folder.write("roaming.md", title="Roaming", slug="abroad")
    folder.load(collection="one")
    said = folder.load(collection="two")
    assert "roaming.md:3: Another article has the address “abroad”" in said.err


def test_an_id_of_an_article_that_is_not_of_this_collection_is_named(folder: Folder) -> None:
    folder.write("roaming.md", title="Roaming", article_id="roaming-id")
    folder.load(collection="one")
    folder.write("roaming.md", title="Roaming", article_id="roaming-id", slug="other")
    said = folder.load(collection="two")
    assert "roaming.md:3: names the id roaming-id" in said.err


def test_control_characters_are_left_out_and_said(folder: Folder) -> None:
    folder.raw("a.md", b"# A\n\nbell\x07 and \xef\xbb\xbfmark\r\n")
    said = folder.load()
    assert "a.md: Characters that no channel can carry are left out" in said.out
    assert head("a").body == "bell and mark\n"


def test_a_picture_that_is_none_is_told_by_its_words(folder: Folder) -> None:
    folder.raw("fake.png", b"not a picture")
    folder.write("a.md", "![The tray](fake.png)\n", title="A")
    said = folder.load()
    assert "a.md:4: The picture “fake.png” cannot be taken" in said.out
    assert head("a").body == "The tray\n"
    assert not Attachment.objects.exists()


def test_names_and_refusals_are_told_so_that_a_terminal_shows_them_as_they_are(
    folder: Folder,
) -> None:
    folder.write("invoice\u202efdp.md", title="激活　eSIM", kind='"\\e[2J"')

    said = folder.load()

    assert r"refused invoice\u202efdp.md:3: " in said.err
    assert "\x1b" not in said.err
    assert "\u202e" not in said.err


def test_an_exports_knowledge_that_is_cut_short_is_named(folder: Folder) -> None:
    folder.write("good.md", title="Good")
    folder.raw("knowledge.json", b'{\n"format": "knowledge-hub-export",\n"version": 1,\n"topi')

    said = folder.load()

    assert "refused knowledge.json: is cut short or broken" in said.err
    assert ArticleText.objects.filter(slug="good").exists()


def test_anothers_file_of_that_name_is_passed_over(folder: Folder) -> None:
    folder.write("good.md", title="Good")
    folder.raw("knowledge.json", b'{"topics": [')

    said = folder.load()

    assert not said.failed
    assert "Passed over, being no Markdown: 1 .json" in said.out


def test_half_a_surrogate_pair_in_an_export_is_told(folder: Folder) -> None:
    knowledge = {
        "format": "knowledge-hub-export",
        "version": 1,
        "topics": [{"slug": "travel", "parent": None, "names": {"\ud800": "Travel"}}],
        "snippets": [],
        "attachments": [],
    }
    folder.raw("knowledge.json", json.dumps(knowledge).encode())

    said = folder.load()

    assert r"There is no locale “\ud800”" in said.err
    assert "1 files: 0 created, 0 changed, 0 renamed, 0 unchanged, 1 refused" in said.counts
