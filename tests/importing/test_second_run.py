"""A second run: nothing new changes nothing, and a moved file is the same article."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from articles.models import Article, ArticleText, FormerAddress
from channels.models import Edition
from tests.importing.folder import Folder, all_counts, article, head, text_at

pytestmark = pytest.mark.django_db


def test_a_second_run_changes_nothing(folder: Folder) -> None:
    folder.picture("a.png")
    folder.write(
        "a.md", "![A](a.png) [b](b.md) [gone](c.md)\n", title="A", aliases="/old", tags="[x]"
    )
    folder.write("b.md", title="B", draft="true")
    folder.load("--publish")
    before = all_counts()
    said = folder.load("--publish")
    assert all_counts() == before
    assert "2 unchanged" in said.counts
    assert "Nothing to publish" in said.counts
    assert Edition.objects.count() == 1


def test_a_changed_file_is_a_new_revision_of_its_text_alone(folder: Folder) -> None:
    folder.write("a.md", "One.\n", title="A")
    folder.write("b.md", title="B")
    folder.load("--publish")
    folder.write("a.md", "Two.\n", title="A")
    said = folder.load("--publish")
    assert "1 changed" in said.counts
    assert "1 published in edition 2" in said.counts
    assert (head("a").number, head("a").body) == (2, "Two.\n")
    assert head("b").number == 1


def test_without_publish_everything_stays_a_draft_until_asked(folder: Folder) -> None:
    folder.write("a.md", title="A")
    folder.load()
    assert text_at("a").state == "draft"
    assert not Edition.objects.exists()
    said = folder.load("--publish")
    assert "1 unchanged" in said.counts
    assert text_at("a").state == "published"


def test_a_moved_file_is_the_same_article_under_a_new_address(
    folder: Folder, client: Client
) -> None:
    folder.write("old/name.md", "Same words.\n", title="A")
    folder.load("--publish")
    public_id = article("name").public_id
    (folder.root / "new").mkdir()
    (folder.root / "old/name.md").rename(folder.root / "new/title.md")
    said = folder.load("--publish")
    assert "1 renamed" in said.counts
    assert article("title").public_id == public_id
    assert article("title").source == "handbook:new/title"
    assert FormerAddress.objects.get(address="name").text == text_at("title")
    answer = client.get("/en/articles/name/")
    assert (answer.status_code, answer["Location"]) == (301, "/en/articles/title/")
    assert "1 unchanged" in folder.load("--publish").counts


def test_a_moved_and_changed_file_is_known_by_its_id(folder: Folder) -> None:
    folder.write("a.md", "One.\n", title="A", article_id="the-a")
    folder.load()
    (folder.root / "a.md").unlink()
    folder.write("b.md", "Two.\n", title="B", article_id="the-a")
    assert "1 renamed" in folder.load().counts
    assert Article.objects.count() == 1
    assert head("b").number == 2


def test_a_new_file_under_the_old_name_of_a_moved_one_is_a_new_article(folder: Folder) -> None:
    folder.write("a.md", "One.\n", title="A")
    folder.load()
    moved = article("a").public_id
    (folder.root / "a.md").rename(folder.root / "b.md")
    folder.load()
    folder.write("a.md", "Quite another.\n", title="A")
    said = folder.load()
    assert not said.failed
    assert article("b").public_id == moved
    assert article("a").public_id != moved
    assert "2 unchanged" in folder.load().counts


def test_two_files_may_change_addresses_in_one_run(folder: Folder) -> None:
    folder.write("a.md", title="A", slug="one")
    folder.write("b.md", title="B", slug="two")
    folder.load()
    folder.write("a.md", title="A", slug="two")
    folder.write("b.md", title="B", slug="three")
    said = folder.load()
    assert not said.failed
    assert head("two").title == "A"
    assert head("three").title == "B"


def test_a_file_that_is_gone_leaves_its_article_and_is_named(folder: Folder) -> None:
    folder.write("a.md", title="A")
    folder.write("b.md", title="B")
    folder.load("--publish")
    (folder.root / "a.md").unlink()
    said = folder.load("--publish")
    assert "1 articles of earlier imports have no file any more" in said.out
    assert "handbook:a" in said.out
    assert text_at("a").state == "published"


def test_a_file_that_is_broken_today_is_not_gone(folder: Folder) -> None:
    folder.write("a.md", "Same.\n", title="A")
    folder.load()
    folder.raw("b.md", (folder.root / "a.md").read_bytes())
    folder.raw("a.md", b"\xff")
    said = folder.load()
    assert "no file any more" not in said.out
    assert Article.objects.count() == 2


def test_a_dry_run_says_all_and_writes_nothing(folder: Folder) -> None:
    folder.picture("a.png", "green")
    folder.write("guides/a.md", "![A](../a.png)\n", title="A")
    folder.write("zh-hans/guides/a.md", title="甲")
    folder.raw("bad.md", b"\xff")
    before = all_counts()
    media = sorted(Path(settings.MEDIA_ROOT).rglob("*"))
    said = folder.load("--dry-run", "--publish")
    assert all_counts() == before
    assert sorted(Path(settings.MEDIA_ROOT).rglob("*")) == media
    assert "2 created" in said.counts
    assert "this was a dry run" in said.counts
    assert "bad.md:1: is not UTF-8" in said.err
    assert said.failed
    assert not ArticleText.objects.exists()


def test_a_dry_run_takes_what_the_real_run_takes(folder: Folder) -> None:
    folder.write("a.md", title="A", slug="one")
    folder.load()
    folder.write("a.md", title="A", slug="two")
    folder.write("b.md", title="B", slug="one")
    before = all_counts()
    said = folder.load("--dry-run")
    assert not said.failed
    assert "1 created, 1 changed" in said.counts
    assert all_counts() == before
    assert head("one").title == "A"
    assert "1 created, 1 changed" in folder.load().counts
