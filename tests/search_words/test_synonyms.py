"""Editors' synonyms: what a line may be, what it says, and that searches know it at once."""

from __future__ import annotations

import contextlib

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from articles.exceptions import InvalidInput, NotAllowed, WrongState
from articles.models import AuditRecord
from channels.models import Synonym
from channels.operations.synonyms import remove_synonym, save_synonym
from channels.search.editors_words import editors_words
from channels.search.synonym_line import SynonymLine, read_line
from channels.search.thesaurus import Thesaurus

KEPT = {"locale": "en"}


def others(thesaurus: Thesaurus, said: str) -> set[str]:
    """What the thesaurus also calls `said`, one term after the other."""
    return {" ".join(terms) for meaning in thesaurus.meanings(said) for terms in meaning.others}


@pytest.mark.django_db
def test_a_line_with_commas_leads_both_ways(publisher: User) -> None:
    save_synonym(actor=publisher, words="zorb, glimmer box", **KEPT)
    known = editors_words().thesaurus("en")
    assert "glimmer box" in others(known, "zorb")
    assert "zorb" in others(known, "my glimmer box")


@pytest.mark.django_db
def test_a_line_with_an_arrow_leads_one_way(publisher: User) -> None:
    save_synonym(actor=publisher, words="zorb -> glimmer", **KEPT)
    known = editors_words().thesaurus("en")
    assert Synonym.objects.get().words == "zorb > glimmer"
    assert others(known, "zorb") == {"glimmer"}
    assert others(known, "glimmer") == set()


@pytest.mark.django_db
def test_both_scripts_of_chinese_read_each_others_lines(publisher: User) -> None:
    save_synonym(actor=publisher, locale="zh-hant", words="飛梭盒，閃光機")
    for locale, asked in (("zh-hans", "飞梭盒"), ("zh-hant", "飛梭盒")):
        assert others(editors_words().thesaurus(locale), asked), locale
    assert not others(editors_words().thesaurus("en"), "飞梭盒")


@pytest.mark.django_db
def test_what_is_shipped_is_known_too(publisher: User) -> None:
    save_synonym(actor=publisher, words="zorb, glimmer", **KEPT)
    assert others(editors_words().thesaurus("en"), "zorb")
    shipped_only = Thesaurus(["refund, money back"])
    assert others(shipped_only.joined(editors_words().thesaurus("en")), "refund")


@pytest.mark.django_db
def test_a_search_asks_one_statement_and_two_more_after_a_change(
    publisher: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    kept = save_synonym(actor=publisher, words="zorb, glimmer", **KEPT)
    with django_assert_num_queries(3):
        editors_words()
    with django_assert_num_queries(1):
        words = editors_words()
        words.thesaurus("en")
        words.best_bets("zorb", "en")
    remove_synonym(actor=publisher, synonym=kept)
    assert not others(editors_words().thesaurus("en"), "zorb")


@pytest.mark.django_db
def test_a_change_is_known_to_the_next_search(publisher: User) -> None:
    kept = save_synonym(actor=publisher, words="zorb, glimmer", **KEPT)
    assert others(editors_words().thesaurus("en"), "zorb") == {"glimmer"}
    save_synonym(actor=publisher, synonym=kept, words="zorb, sparkle", **KEPT)
    assert others(editors_words().thesaurus("en"), "zorb") == {"sparkl"}


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "Type words"),
        (" \u200b ", "Type words"),
        ("refund", "One word alone"),
        ("refund, ", "One word alone"),
        ("Refund, refunds", "one and the same already"),
        ("手機，手机", "one and the same already"),
        ("refund >", "one side of it is empty"),
        ("> refund", "one side of it is empty"),
        ("a > b > c", "at most one"),
        ("refunds > refund", "both sides"),
        ("how to, refund", "says nothing"),
        ("…, refund", "says nothing"),
        ("one two three four five six seven eight nine, x1", "longer than 8"),
        ("x1, " + "y" * 300, "too long"),
        ("x, " * 5_000, "too long"),
        (", ".join(f"w{number}" for number in range(21)), "At most 20"),
        ("refund, money\x00back", "control character"),
        ("refund, \x9bback", "control character"),
        ("refund, money back\ncost, price", "more than one line"),
        ("C#, sharp", "ignored"),
    ],
)
def test_a_line_that_says_nothing_is_refused_in_words(typed: str, why: str) -> None:
    with pytest.raises(InvalidInput, match=why) as refused:
        read_line(typed)
    assert refused.value.field == "words"


@given(st.text(max_size=400))
def test_whatever_is_typed_is_a_line_or_refused_in_words(typed: str) -> None:
    with contextlib.suppress(InvalidInput):
        line = read_line(typed)
        assert read_line(str(line)) == line
        assert others(Thesaurus([str(line)]), line.said[0])


def test_a_line_is_said_in_words() -> None:
    assert read_line("refund,money back").in_words() == (
        "Who asks for one of “refund”, “money back” finds what says any of them."
    )
    assert read_line("died > bereavement").in_words() == (
        "Who asks for “died” also finds what says “bereavement”; not the reverse."
    )


@pytest.mark.parametrize(
    ("locale", "one", "same"),
    [
        ("en", "refund, money back", "Money Back, REFUNDS"),
        ("en", "died > bereavement", "Died → bereavement"),
        ("zh-hant", "飛梭盒、閃光機", "閃光機，飛梭盒"),
    ],
)
@pytest.mark.django_db
def test_a_line_that_says_what_another_says_is_refused(
    publisher: User, locale: str, one: str, same: str
) -> None:
    kept = save_synonym(actor=publisher, locale=locale, words=one)
    with pytest.raises(InvalidInput, match="says the same") as refused:
        save_synonym(actor=publisher, locale=locale, words=same)
    assert kept.words in str(refused.value)
    save_synonym(actor=publisher, synonym=kept, locale=locale, words=same)


@pytest.mark.django_db
def test_the_same_line_in_the_other_script_of_chinese_is_the_same(publisher: User) -> None:
    save_synonym(actor=publisher, locale="zh-hant", words="飛梭盒、閃光機")
    with pytest.raises(InvalidInput, match="says the same"):
        save_synonym(actor=publisher, locale="zh-hans", words="飞梭盒，闪光机")


@pytest.mark.django_db
def test_two_that_say_the_same_at_once_are_stopped_by_the_database(publisher: User) -> None:
    kept = save_synonym(actor=publisher, words="zorb, glimmer", **KEPT)
    kept.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        kept.save(force_insert=True)


@pytest.mark.django_db
def test_the_reverse_of_a_one_way_line_is_another_line(publisher: User) -> None:
    save_synonym(actor=publisher, words="zorb > glimmer", **KEPT)
    save_synonym(actor=publisher, words="glimmer > zorb", **KEPT)
    save_synonym(actor=publisher, words="glimmer, zorb", **KEPT)
    assert Synonym.objects.count() == 3


@pytest.mark.django_db
def test_publishers_and_administrators_keep_synonyms_and_nobody_else(
    author: User, reviewer: User, agent: User, administrator: User
) -> None:
    for person in (author, reviewer, agent):
        with pytest.raises(NotAllowed):
            save_synonym(actor=person, words="zorb, glimmer", **KEPT)
    kept = save_synonym(actor=administrator, words="zorb, glimmer", **KEPT)
    with pytest.raises(NotAllowed):
        remove_synonym(actor=author, synonym=kept)


@pytest.mark.django_db
def test_what_was_removed_stays_in_the_audit_and_is_not_changed(publisher: User) -> None:
    kept = save_synonym(actor=publisher, words="zorb, glimmer", **KEPT)
    gone = Synonym.objects.get()
    remove_synonym(actor=publisher, synonym=kept)
    row = AuditRecord.objects.latest("number")
    assert (row.action, row.detail["words"]) == ("remove-synonym", "zorb, glimmer")
    for again in (
        lambda: remove_synonym(actor=publisher, synonym=gone),
        lambda: save_synonym(actor=publisher, synonym=gone, words="a1, b1", **KEPT),
    ):
        with pytest.raises(WrongState):
            again()


@pytest.mark.django_db
def test_a_language_that_is_not_ours_and_a_long_note_are_refused(publisher: User) -> None:
    with pytest.raises(InvalidInput, match="no locale"):
        save_synonym(actor=publisher, locale="fr", words="zorb, glimmer")
    with pytest.raises(InvalidInput, match="at most 300"):
        save_synonym(actor=publisher, words="zorb, glimmer", note="x" * 301, **KEPT)


def test_a_line_is_written_as_the_thesaurus_reads_it() -> None:
    assert str(SynonymLine(("died",), ("bereavement", "estate"))) == "died > bereavement, estate"
