"""Publishing a release that was checked renders only what is not as it was checked."""

from __future__ import annotations

from typing import Any

import pytest

from articles.operations.audit import system_user
from articles.operations.writing import update_article
from channels.models import Edition, Entry, Release, Rendering
from channels.operations import preparing, rendered_ahead
from channels.operations.release_check import check_release
from channels.operations.release_publishing import publish_release
from tests.building import publish_texts, snippet, write_approved
from tests.releases.planning import release_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the texts that are rendered from now on."""
    titles: list[str] = []
    real = preparing.prepare_entry

    def noted(subject: Any, revision: Any, *args: Any, **options: Any) -> Any:
        titles.append(revision.title)
        return real(subject, revision, *args, **options)

    monkeypatch.setattr(preparing, "prepare_entry", noted)
    return titles


def check(release: Release) -> None:
    assert check_release(actor=system_user(), release=release).problems == []


def publish(release: Release) -> Edition:
    release.refresh_from_db()
    return publish_release(actor=system_user(), release=release, version=release.version)


def text(title: str) -> str:
    found = Rendering.objects.filter(entry__title=title, format="text", entry__until_edition=None)
    return bytes(found.get().blob.body).decode()


def test_what_was_checked_is_not_rendered_again(rendered: list[str]) -> None:
    release = release_of(write_approved("One", "Words."), write_approved("Two"))
    check(release)
    rendered.clear()
    publish(release)
    assert rendered == []
    assert "Words." in text("One")


def test_a_value_that_is_told_since_is_in_what_is_published(rendered: list[str]) -> None:
    name = snippet("name", "text", "Tidewave")
    publish_texts(write_approved("Zero", "{{ name }}"))
    release = release_of(write_approved("One", "{{ name }}"), write_approved("Two"))
    check(release)
    publish_texts(snippet("name", "text", "Tidewave Mobile"))
    rendered.clear()
    publish(release)
    assert rendered == ["One"]
    assert name.number == 1
    assert "Tidewave Mobile" in text("One")


def test_an_article_that_is_for_fewer_since_is_published_for_them(rendered: list[str]) -> None:
    revision = write_approved("One")
    release = release_of(revision, write_approved("Two"))
    check(release)
    article = revision.text.article
    article.refresh_from_db()
    update_article(
        actor=system_user(),
        article=article,
        based_on=article.version,
        kind=article.kind,
        topic=None,
        audience="agent",
    )
    rendered.clear()
    publish(release)
    assert rendered == ["One"]
    assert Entry.objects.live().get(title="One").audience == "agent"


def test_the_last_checks_are_kept_and_no_large_ones(
    rendered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendered_ahead, "MOST_CHECKS", 1)
    monkeypatch.setattr(rendered_ahead, "MOST_TEXTS", 1)
    first, last = release_of(write_approved("One")), release_of(write_approved("Two"))
    large = release_of(write_approved("Three"), write_approved("Four"))
    for release in (first, last, large):
        check(release)
    rendered.clear()
    publish(last)
    assert rendered == []
    publish(first)
    publish(large)
    assert sorted(rendered) == ["Four", "One", "Three"]
