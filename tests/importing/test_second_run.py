"""A second run: nothing new changes nothing, a moved file is the same article, and what people
did in the hub is theirs."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Article, ArticleText, FormerAddress, Revision
from articles.operations.audit import system_user
from articles.operations.writing import save_revision, update_article
from channels.models import Edition
from channels.operations.items import Retirement
from channels.operations.publishing import publish
from tests.importing.folder import Folder, all_counts, article, head, text_at

pytestmark = pytest.mark.django_db


def edit(slug: str, body: str, actor: User) -> Revision:
    text = text_at(slug)
    return save_revision(
        actor=actor,
        article=text.article,
        locale="en",
        title="Edited",
        body=body,
        based_on=text.head.number if text.head else 0,
    )


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
    folder.write("a.md", "One.\n", title="A", id="the-a")
    folder.load()
    (folder.root / "a.md").unlink()
    folder.write("b.md", "Two.\n", title="B", id="the-a")
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


def test_what_was_edited_in_the_hub_is_not_overwritten(folder: Folder, author: User) -> None:
    folder.write("a.md", "One.\n", title="A")
    folder.load("--publish")
    edit("a", "By hand.", author)
    assert "1 unchanged" in folder.load("--publish").counts

    folder.write("a.md", "Two.\n", title="A")
    said = folder.load("--publish")
    assert said.failed
    assert "refused a.md: was edited by ada in the hub since it was imported" in said.err
    assert head("a").body == "By hand.\n"
    assert text_at("a").state == "draft"

    assert "1 changed" in folder.load("--publish", "--overwrite").counts
    assert head("a").body == "Two.\n"


def test_what_was_retired_in_the_hub_stays_retired(folder: Folder) -> None:
    folder.write("a.md", "One.\n", title="A")
    folder.load("--publish")
    publish(items=[Retirement(article("a"))], actor=system_user())
    said = folder.load("--publish")
    assert "1 unchanged" in said.counts
    assert text_at("a").state == "retired"
    folder.write("a.md", "Two.\n", title="A")
    assert "was retired in the hub" in folder.load("--publish").err


def test_an_unchanged_file_does_not_undo_what_the_hub_says_of_its_article(folder: Folder) -> None:
    folder.write("a.md", title="A", kind="sales")
    folder.load()
    found = article("a")
    update_article(actor=system_user(), article=found, kind="support", topic=None, audience="agent")
    folder.load()
    assert (article("a").kind, article("a").audience) == ("support", "agent")


def test_a_changed_file_never_widens_who_may_read_without_saying_so(folder: Folder) -> None:
    folder.write("a.md", "One.\n", title="A")
    folder.load(audience="agent")
    folder.write("a.md", "Two.\n", title="A")
    folder.load(audience="public")
    assert article("a").audience == "agent"
    folder.write("a.md", "Two.\n", title="A", audience="public")
    assert "1 changed" in folder.load().counts
    assert article("a").audience == "public"


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
