"""What is told no more leaves its mark on what was told, and on nobody's work in progress."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from articles.exceptions import Stale
from articles.models import Article, ArticleText, AuditRecord, Revision
from articles.operations.audit import system_user
from articles.operations.reviewing import approve, reject, submit
from articles.workflow import State
from channels.models import Entry
from channels.operations.items import Retirement
from channels.operations.publishing import publish
from channels.operations.rollback import go_back
from tests.building import publish_texts, published, write, write_approved
from tests.importing.folder import Folder
from tests.importing.folder import article as imported

pytestmark = pytest.mark.django_db


def retire(article: Article) -> None:
    publish(items=[Retirement(article)], actor=system_user())


def go_back_before(article: Article) -> None:
    began = Entry.objects.live().get(article=article).from_edition_id
    go_back(number=began - 1, actor=system_user())


def state(article: Article) -> tuple[str, Revision | None]:
    text = ArticleText.objects.get(article=article)
    return text.state, text.approved


gone = pytest.mark.parametrize("take_away", [retire, go_back_before])


@pytest.fixture
def article(db: None) -> Article:
    """An article of edition 2, where edition 1 told another one alone."""
    published("Another")
    return published("Old offer")


@gone
def test_what_was_told_is_retired(article: Article, take_away: Callable[[Article], None]) -> None:
    take_away(article)
    assert state(article) == (State.RETIRED, None)


@gone
def test_a_newer_draft_stays_a_draft(
    article: Article, take_away: Callable[[Article], None]
) -> None:
    told = article.texts.get().approved
    assert told
    write("Old offer", "Not ready.", article=article)

    take_away(article)

    assert state(article) == (State.DRAFT, None)
    with pytest.raises(Stale):  # What was taken away comes back by a decision alone.
        publish_texts(told)


@gone
def test_a_review_under_way_goes_on_and_its_outcome_can_be_told(
    article: Article, take_away: Callable[[Article], None]
) -> None:
    revision = write("New offer", "Better.", article=article)
    submit(actor=system_user(), text=revision.text, revision=2)

    take_away(article)

    assert state(article) == (State.IN_REVIEW, None)
    approve(actor=system_user(), text=revision.text, revision=2)
    publish_texts(revision)
    assert Entry.objects.live().get(article=article).revision == revision


@gone
def test_what_a_reviewer_sent_back_stays_with_its_author(
    article: Article, take_away: Callable[[Article], None]
) -> None:
    revision = write("New offer", "Better.", article=article)
    submit(actor=system_user(), text=revision.text, revision=2)
    reject(actor=system_user(), text=revision.text, revision=2, reason="Not better.")

    take_away(article)

    assert state(article) == (State.REJECTED, None)


@gone
def test_a_newer_revision_that_was_approved_and_never_told_stays_approved(
    article: Article, take_away: Callable[[Article], None]
) -> None:
    newer = write_approved("New offer", "Better.", article=article)

    take_away(article)

    assert state(article) == (State.APPROVED, newer)
    assert not Entry.objects.live().filter(article=article).exists()


@gone
def test_the_next_import_does_not_bring_back_what_was_taken_away(
    tmp_path: Path, take_away: Callable[[Article], None]
) -> None:
    published("Another")
    folder = Folder(tmp_path)
    folder.write("offer.md", "Old words.", title="Old offer")
    folder.load("--publish")
    folder.write("offer.md", "New words.", title="Old offer")
    folder.load()  # A draft.
    article = imported("offer")

    take_away(article)
    folder.load("--publish")

    assert state(article) == (State.RETIRED, None)
    assert not Entry.objects.live().filter(article=article).exists()


@gone
def test_an_import_that_was_approved_and_could_not_be_told_does_not_bring_it_back_either(
    tmp_path: Path, take_away: Callable[[Article], None]
) -> None:
    published("Another")
    folder = Folder(tmp_path)
    folder.write("offer.md", "Old words.", title="Old offer")
    folder.load("--publish")
    article = imported("offer")
    folder.write("offer.md", "See [this](article:nowhere99).", title="Old offer")
    folder.load("--publish")
    assert state(article)[0] == State.APPROVED

    take_away(article)
    published("Now it is somewhere", public_id="nowhere99")
    folder.load("--publish")

    assert state(article) == (State.RETIRED, None)


def test_each_article_that_is_retired_has_an_audit_row_and_what_going_back_ends_has_none() -> None:
    articles = [published("One"), published("Two")]
    publish(items=[Retirement(article) for article in articles], actor=system_user())
    published("Three")
    go_back(number=2, actor=system_user())

    rows = AuditRecord.objects.filter(action="retire")

    assert sorted(rows.values_list("subject", flat=True)) == sorted(
        f"article {article.public_id}" for article in articles
    )
    assert {row.detail["edition"] for row in rows} == {3}
