"""Writing: every save is a new, immutable revision on a named base."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from articles.exceptions import InvalidInput, NotAllowed, Stale
from articles.models import ArticleText, AuditRecord, FormerAddress, Revision
from articles.operations.writing import create_article, save_revision
from tests.building import write

pytestmark = pytest.mark.django_db


def test_an_article_is_for_the_fewest_until_somebody_says_otherwise(author: User) -> None:
    assert create_article(actor=author, kind="support").audience == "agent"


def test_a_save_makes_a_revision_that_names_the_one_it_is_based_on() -> None:
    first = write("Roaming", "Switch it on.")
    second = write("Roaming", "Switch it on abroad.", article=first.text.article)
    assert (second.number, second.based_on) == (2, first)
    assert second.text == first.text


@pytest.mark.parametrize("title", ["", "\u200b", "\u202e \u2060"])
def test_a_text_has_a_title_that_can_be_seen(title: str) -> None:
    with pytest.raises(InvalidInput, match="needs a title"):
        write(title, "Switch it on.")


def test_a_note_reads_in_its_own_direction() -> None:
    assert write(note="Price\u202e changed\n").note == "Price changed"


def test_saving_the_same_words_again_makes_no_revision() -> None:
    first = write("Roaming", "Switch it on.")
    assert write("Roaming", "Switch it on.", article=first.text.article) == first


def test_a_save_on_an_old_base_is_refused_and_told_what_came_first(author: User) -> None:
    first = write("Roaming", "Switch it on.")
    write("Roaming", "Switch it on abroad.", article=first.text.article)
    with pytest.raises(Stale) as refusal:
        save_revision(
            actor=author,
            article=first.text.article,
            locale="en",
            title="Roaming",
            body="Mine.",
            based_on=1,
        )
    assert refusal.value.current == 2


def test_a_save_that_names_no_base_is_refused(author: User) -> None:
    article = create_article(actor=author, kind="support")
    with pytest.raises(InvalidInput) as refusal:
        save_revision(
            actor=author, article=article, locale="en", title="T", body="b", based_on=None
        )
    assert refusal.value.field == "based_on"


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"body": "x" * 1_000_001}, "body"),
        ({"questions": ["q"] * 31}, "questions"),
        ({"locale": "xx"}, "locale"),
        ({"slug": "../etc"}, "slug"),
    ],
)
def test_what_no_channel_could_tell_is_refused(
    author: User, content: dict[str, object], field: str
) -> None:
    article = create_article(actor=author, kind="support")
    given = {"locale": "en", "title": "T", "body": "b", "based_on": 0} | content
    with pytest.raises(InvalidInput) as refusal:
        save_revision(actor=author, article=article, **given)  # type: ignore[arg-type]
    assert refusal.value.field == field
    assert not ArticleText.objects.exists()


def test_a_title_is_one_clean_line() -> None:
    revision = write("  A\u202e\x00 title\non two lines ")
    assert revision.title == "A title on two lines"


def test_a_first_text_gets_its_address_from_the_title_and_two_of_a_name_do_not_clash() -> None:
    assert write("Roaming in Europe").text.slug == "roaming-in-europe"
    assert write("Roaming in Europe").text.slug == "roaming-in-europe-2"
    assert write("激活 eSIM", locale="zh-hans").text.slug == "激活-esim"


def test_a_renamed_address_leads_on_for_ever(author: User) -> None:
    first = write("Roaming")
    second = write("Roaming", "New.", article=first.text.article, slug="travel")
    assert second.text.slug == "travel"
    assert FormerAddress.objects.get(locale="en", address="roaming").text == first.text
    # Back to the old one: it is the present address, no longer a former one.
    write("Roaming", "New.", article=first.text.article, slug="roaming")
    assert not FormerAddress.objects.filter(address="roaming").exists()
    assert FormerAddress.objects.filter(address="travel").exists()


def test_a_rename_alone_leaves_an_audit_record(author: User) -> None:
    article = write("Roaming").text.article
    write("Roaming", article=article, slug="travel", actor=author)
    renamed = AuditRecord.objects.first()
    assert renamed is not None
    assert (renamed.action, renamed.actor, renamed.subject) == (
        "rename",
        author,
        f"article {article.public_id}",
    )
    assert renamed.detail == {"locale": "en", "before": "roaming", "after": "travel"}
    count = AuditRecord.objects.count()
    write("Roaming", article=article, slug="travel", actor=author)
    assert AuditRecord.objects.count() == count


def test_an_address_that_another_article_has_is_refused() -> None:
    write("Roaming")
    with pytest.raises(InvalidInput):
        write("Other", slug="roaming")


def test_an_agent_writes_nothing(agent: User) -> None:
    with pytest.raises(NotAllowed):
        create_article(actor=agent, kind="support")


def test_every_save_leaves_an_audit_record(author: User) -> None:
    article = create_article(actor=author, kind="support")
    save_revision(actor=author, article=article, locale="en", title="T", body="b", based_on=0)
    assert list(AuditRecord.objects.values_list("action", "actor__username")) == [
        ("save", "ada"),
        ("create-article", "ada"),
    ]


def test_nobody_can_change_or_delete_a_revision() -> None:
    revision = write()
    for change in (
        lambda: Revision.objects.filter(pk=revision.pk).update(title="Forged"),
        lambda: Revision.objects.filter(pk=revision.pk)._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    revision.refresh_from_db()
    assert revision.title == "Activate an eSIM"
