"""Texts are found at the desk by their words: drafts too, in any way of writing them."""

from __future__ import annotations

import string

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from articles.exceptions import InvalidInput
from articles.full_text import index
from articles.full_text.words import LONGEST_WORD, MOST_ASKED, MOST_BYTES, asked_words, index_words
from articles.models import ArticleText, TextWords
from articles.operations.audit import operation
from tests.building import write

HOSTILE = (
    '"',
    "'",
    "esim' OR '1'='1",
    'NEAR("a" "b")',
    "a AND NOT b",
    "title:esim*",
    "esim & !router | (phone)",
    "\\",
    "a\\' b",
    "\u202eesim\u202c",
    "a" * 10_000,
    "a " * 5_000,
    "激" * 10_000,
    "a\u0301" * 5_000,
    "\ud7ff\ufffd\ufdfa",
    "<->",
    ":*",
    "^esim",
)


def found(typed: str) -> list[str]:
    """The titles of the texts with all of the words typed."""
    texts = ArticleText.objects.filter(pk__in=index.texts_with(asked_words(typed)))
    return sorted(texts.values_list("head__title", flat=True))


@pytest.mark.django_db
def test_a_text_is_found_by_every_part_of_it() -> None:
    write(
        "Activate an eSIM",
        "Open **settings**, then `System.Radio`.",
        summary="For travellers",
        questions=["Where is my code?"],
    )
    write("Routers", "Switch it off.")

    for typed in ("esim", "setting", "RADIO", "system.radio", "traveller code", "activ settings"):
        assert found(typed) == ["Activate an eSIM"], typed
    assert found("esim off") == []
    assert found("o") == []  # one letter is a word, not the beginning of many


@pytest.mark.django_db
def test_a_chinese_word_of_one_character_or_more_is_found_in_both_ways_of_writing() -> None:
    write("启用软体", "打开手机的设置。", locale="zh-hans")

    for typed in ("启", "软体", "手机", "手機", "啟用", "設置", "打开手机的设置", "手机 软体"):
        assert found(typed) == ["启用软体"], typed
    assert found("机手") == []


@pytest.mark.django_db
def test_accents_width_and_case_make_no_difference() -> None:
    write("Café ＷｉＦｉ", "Straße, 5Ｇ, İstanbul")

    for typed in ("cafe", "CAFÉ", "wifi", "strasse", "5g", "istanbul"):
        assert found(typed) == ["Café ＷｉＦｉ"], typed


@pytest.mark.django_db
def test_a_text_is_found_by_its_newest_revision_alone() -> None:
    old = write("Roaming", "In Norway.")
    write("Roaming", "In Iceland.", article=old.text.article)

    assert found("iceland") == ["Roaming"]
    assert found("norway") == []


@pytest.mark.django_db
def test_what_was_not_saved_is_not_found() -> None:
    @operation()
    def fail() -> None:
        write("Unsaved")
        raise InvalidInput("Not like this.")

    with pytest.raises(InvalidInput):
        fail()

    assert found("unsaved") == []


@pytest.mark.django_db
def test_a_text_that_is_gone_is_found_no_more() -> None:
    write("Fleeting")
    TextWords.objects.all().delete()

    assert found("fleeting") == []


@pytest.mark.django_db
def test_words_written_while_the_index_was_away_are_found_after_the_next_migrate() -> None:
    config = apps.get_app_config("articles")
    index.remove_for_app(config, using="default", plan=["something"])
    write("Meanwhile")
    index.install_for_app(config, using="default")

    assert found("meanwhile") == ["Meanwhile"]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_typed_is_syntax(typed: str) -> None:
    write("Activate an eSIM")

    assert found(typed) in ([], ["Activate an eSIM"])


@pytest.mark.django_db
def test_a_text_with_more_words_than_an_index_holds_is_saved_and_found_by_the_first() -> None:
    many = " ".join(f"w{number:x}" for number in range(60_000))
    han = "".join(chr(0x4E00 + number * 7919 % 20_000) for number in range(20_000))

    write("Too many words", f"{many}\n\n{han}")

    words = TextWords.objects.get().words
    assert len(words.encode()) <= MOST_BYTES
    assert found("too many w1") == ["Too many words"]


@given(st.text(max_size=300))
def test_what_is_asked_is_letters_and_digits_and_bounded(typed: str) -> None:
    asked = asked_words(typed)

    assert len(asked.words) <= MOST_ASKED
    assert all(0 < len(word) <= LONGEST_WORD for word in asked.words)
    assert not set("".join(asked.words)).intersection(string.punctuation + string.whitespace)
    assert asked.begins <= set(asked.words)


@given(st.text(max_size=300))
def test_a_text_has_every_word_that_is_asked_in_its_own_words(text: str) -> None:
    stored = set(index_words([text]).split(" "))

    assert stored.issuperset(asked_words(text).words)


@given(st.text(alphabet=string.printable, max_size=300))
def test_stored_words_are_there_once_and_never_empty(text: str) -> None:
    words = index_words([text])
    stored = words.split(" ") if words else []

    assert "" not in stored
    assert len(stored) == len(set(stored))


@pytest.mark.django_db
def test_the_index_is_asked_and_not_every_text() -> None:
    raw = index.texts_with(asked_words("esim"))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # There are too few texts for it to be worth it.
            cursor.execute("SET LOCAL enable_seqscan = off")
        explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        cursor.execute(f"{explain} {raw.sql}", raw.params)
        plan = "\n".join(str(row) for row in cursor.fetchall())

    assert ("VIRTUAL TABLE INDEX" if connection.vendor == "sqlite" else index.INDEX) in plan
