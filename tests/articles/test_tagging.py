"""Tags: editors' own words, written alike everywhere, and one change among all that is said."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from articles.exceptions import InvalidInput, NotAllowed, Stale
from articles.models import Article, ArticleTag, AuditRecord
from articles.models.tag import MAX_FOLDED, MAX_TAG
from articles.operations.audit import system_user
from articles.operations.saying import assign, retag, tags_after
from articles.operations.tagging import MAX_TAGS, folded, split_tags, tagged
from articles.operations.writing import create_article


def article(*tags: str, **said: Any) -> Article:
    return create_article(actor=system_user(), kind="support", tags=tags, **said)


def found(tag: str) -> set[Article]:
    return set(Article.objects.filter(tagged(tag)))


@pytest.mark.django_db
def test_an_article_is_found_by_its_tag_in_any_case_and_width() -> None:
    one = article("eSIM", "设置")
    article("roaming")

    assert found("ESIM") == found("ｅＳＩＭ") == found(" esim ") == found("设置") == {one}
    assert found("es") == set()


@pytest.mark.django_db
def test_a_tag_is_one_with_or_without_what_nobody_sees() -> None:
    one = article("e\u200bSIM", "esim", "\u200b")

    assert one.tags == ["e\u200bSIM"]
    assert found("esim") == found("\u2060esim") == {one}


@pytest.mark.django_db
def test_a_tag_that_others_have_is_written_as_there() -> None:
    article("eSIM")

    assert article("ＥＳＩＭ", "New", "esim").tags == ["eSIM", "New"]


@pytest.mark.django_db
def test_who_alone_has_a_tag_may_write_it_in_another_way(author: User) -> None:
    one = article("esim")

    changed = retag(actor=author, article=one, add=["eSIM"], remove=["esim"], based_on=1)

    assert changed.tags == ["eSIM"]
    assert list(ArticleTag.objects.values_list("name", "folded")) == [("eSIM", "esim")]


@pytest.mark.django_db
def test_adding_and_removing_tags_leaves_all_else_and_writes_one_audit_row(author: User) -> None:
    one = article("old", "eSIM", audience="partner", owner=author)
    rows = AuditRecord.objects.count()

    changed = retag(actor=author, article=one, add=["new", "ESIM"], remove=["OLD"], based_on=1)

    assert changed.tags == ["eSIM", "new"]
    assert (changed.audience, changed.owner, changed.version) == ("partner", author, 2)
    assert found("old") == set()
    assert found("new") == {one}
    assert AuditRecord.objects.count() == rows + 1
    record = AuditRecord.objects.order_by("pk").last()
    assert record is not None
    assert record.subject == f"article {one.public_id}"
    assert (record.detail["before"]["tags"], record.detail["after"]["tags"]) == (
        ["old", "eSIM"],
        ["eSIM", "new"],
    )


@pytest.mark.django_db
def test_a_tag_that_is_there_already_changes_nothing(author: User) -> None:
    one = article("eSIM")
    rows = AuditRecord.objects.count()

    assert retag(actor=author, article=one, add=["esim"], based_on=1).version == 1
    assert AuditRecord.objects.count() == rows


@pytest.mark.django_db
def test_assigning_leaves_all_else_that_is_said(author: User, reviewer: User) -> None:
    one = article("eSIM", audience="agent", owner=author)

    changed = assign(actor=author, article=one, owner=reviewer, based_on=1)

    assert (changed.owner, changed.tags, changed.audience) == (reviewer, ["eSIM"], "agent")
    assert assign(actor=author, article=changed, owner=None, based_on=2).owner is None


@pytest.mark.django_db
def test_an_article_is_not_given_to_who_left(author: User, reviewer: User) -> None:
    reviewer.is_active = False
    with pytest.raises(InvalidInput, match="no longer active"):
        assign(actor=author, article=article(), owner=reviewer, based_on=1)


@pytest.mark.django_db
def test_what_was_changed_meanwhile_is_not_overwritten(author: User) -> None:
    seen = article("one")
    retag(actor=author, article=Article.objects.get(pk=seen.pk), add=["two"], based_on=1)

    with pytest.raises(Stale):
        retag(actor=author, article=seen, add=["three"], based_on=1)
    with pytest.raises(Stale):  # What was read is older than what it is said to be based on.
        retag(actor=author, article=seen, add=["three"], based_on=2)
    with pytest.raises(Stale):
        assign(actor=author, article=Article.objects.get(), owner=author, based_on=1)
    assert Article.objects.get().tags == ["one", "two"]


@pytest.mark.django_db
def test_who_may_not_write_neither_tags_nor_assigns(agent: User) -> None:
    one = article("one")
    with pytest.raises(NotAllowed):
        retag(actor=agent, article=one, add=["two"], based_on=1)
    with pytest.raises(NotAllowed):
        assign(actor=agent, article=one, owner=agent, based_on=1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "tags", [["x" * (MAX_TAG + 1)], [f"tag {number}" for number in range(MAX_TAGS + 1)]]
)
def test_too_many_or_too_long_tags_are_refused_and_nothing_is_made(tags: list[str]) -> None:
    with pytest.raises(InvalidInput, match="At most 30 tags of 60 characters"):
        article(*tags)
    assert not Article.objects.exists()


def test_what_hides_in_a_tag_is_taken_out() -> None:
    assert split_tags(["\u202eevil\u202c", " a \x00 b\n", "", " , ,"]) == ["evil", "a b"]


def test_commas_of_every_script_part_tags() -> None:
    assert split_tags(["a, b，c、d"]) == ["a", "b", "c", "d"]


@given(st.lists(st.text(max_size=20), max_size=MAX_TAGS))
def test_tags_are_clean_after_one_cleaning_and_each_is_there_once(typed: list[str]) -> None:
    try:
        tags = split_tags(typed)
    except InvalidInput:
        return
    assert split_tags(tags) == tags
    assert split_tags([", ".join(tags)]) == tags  # as the article's form shows and reads them
    assert len({folded(tag) for tag in tags}) == len(tags)
    assert all(len(folded(tag)) <= MAX_FOLDED for tag in tags)
    assert tags_after(tags, remove=tags) == []
    assert tags_after(tags, add=tags) == tags
