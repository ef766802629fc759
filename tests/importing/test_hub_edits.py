"""What people did in the hub is theirs: no later import undoes it, unless a file says otherwise."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.models import Article, Revision
from articles.operations.audit import system_user
from articles.operations.topics import save_topic
from articles.operations.writing import save_revision, update_article
from channels.operations.items import Retirement
from channels.operations.publishing import publish
from tests.importing.folder import Folder, article, head, text_at

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


def rename(slug: str, to: str, actor: User) -> None:
    text, revision = text_at(slug), head(slug)
    save_revision(
        actor=actor,
        article=text.article,
        locale="en",
        title=revision.title,
        body=revision.body,
        slug=to,
        based_on=revision.number,
    )


def update(found: Article, **changes: Any) -> None:
    said = {
        "kind": found.kind,
        "topic": found.topic,
        "audience": found.audience,
        "tags": found.tags,
    } | changes
    update_article(actor=system_user(), article=found, based_on=found.version, **said)


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
    update_article(
        actor=system_user(),
        article=found,
        kind="support",
        topic=None,
        audience="agent",
        based_on=found.version,
    )
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


def test_a_file_that_changed_in_its_front_matter_alone_does_not_undo_the_hub_ever_after(
    folder: Folder, author: User
) -> None:
    folder.write("a.md", title="A", audience="public")
    folder.load()
    folder.write("a.md", title="A", audience="public", tags="[x]")
    folder.load()
    assert article("a").tags == ["x"]

    update(article("a"), audience="agent", tags=["hub"])
    rename("a", "by-hand", author)
    assert "1 unchanged" in folder.load().counts
    found = article("by-hand")
    assert (found.audience, found.tags) == ("agent", ["hub"])

    (folder.root / "a.md").rename(folder.root / "b.md")
    assert "1 renamed" in folder.load().counts
    moved = Article.objects.get()
    assert (moved.source, moved.audience, moved.tags) == ("handbook:b", "agent", ["hub"])
    assert text_at("by-hand").article == moved


def test_a_changed_front_matter_is_taken_where_the_hub_edited_the_text(
    folder: Folder, author: User
) -> None:
    folder.write("a.md", "One.\n", title="A")
    folder.load()
    edit("a", "By hand.", author)
    folder.write("a.md", "One.\n", title="A", audience="agent")
    assert "1 changed" in folder.load().counts
    assert (article("a").audience, head("a").body) == ("agent", "By hand.\n")
    assert "1 unchanged" in folder.load().counts


def test_a_new_translation_does_not_widen_who_may_read(folder: Folder) -> None:
    folder.write("en/a.md", title="A", audience="public")
    folder.load()
    update(article("a"), audience="agent")
    folder.write("zh-hans/a.md", title="甲")
    folder.load()
    assert article("a").audience == "agent"


def test_a_changed_file_keeps_the_topic_that_the_hub_gave(folder: Folder) -> None:
    folder.write("guides/a.md", "One.\n", title="A")
    folder.load()
    hub = save_topic(actor=system_user(), slug="hub", names={"en": "Hub"})
    update(article("a"), topic=hub)
    folder.write("guides/a.md", "Two.\n", title="A")
    folder.load()
    assert article("a").topic == hub
    folder.write("guides/a.md", "Two.\n", title="A", topic="Phones")
    folder.load()
    assert str(article("a").topic) == "Phones"


def test_a_revision_says_where_it_was_imported_from(folder: Folder) -> None:
    folder.write("guide/intro.md", title="Intro")
    folder.load()
    assert head("intro").note == "Imported from guide/intro.md"


def test_a_moved_file_is_known_though_its_text_was_edited_in_the_hub(
    folder: Folder, author: User
) -> None:
    folder.write("a.md", "One.\n", title="A")
    folder.load()
    edit("a", "By hand.", author)
    (folder.root / "a.md").rename(folder.root / "b.md")
    assert "1 renamed" in folder.load().counts
    assert article("a").source == "handbook:b"
    assert head("a").body == "By hand.\n"

    folder.write("b.md", "Two.\n", title="A")
    assert "refused b.md: was edited by ada in the hub" in folder.load().err
    assert Article.objects.count() == 1


def test_a_moved_file_keeps_an_address_that_is_not_of_its_path(
    folder: Folder, author: User
) -> None:
    folder.write("a.md", title="A")
    folder.load()
    rename("a", "by-hand", author)
    (folder.root / "a.md").rename(folder.root / "b.md")
    folder.load()
    assert article("by-hand").source == "handbook:b"
