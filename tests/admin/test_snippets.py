"""Snippets at the desk: a value is typed by its kind, once or by language."""

from __future__ import annotations

from typing import Any

import pytest

from articles.models import Snippet
from tests.admin.desk import Desk, words
from tests.building import published, snippet

TYPED: list[tuple[str, dict[str, str], Any]] = [
    (
        "text",
        {"en-text": "30 days", "zh-hans-text": "30 天"},
        {"en": "30 days", "zh-hans": "30 天"},
    ),
    ("text", {"all-text": "Tidewave"}, "Tidewave"),
    (
        "money",
        {"all-amount": "12.50", "all-currency": "gbp"},
        {"amount": "12.50", "currency": "GBP"},
    ),
    ("phone", {"all-number": "+448081570101"}, "+448081570101"),
    ("phone", {"en-number": "+448081570101"}, {"en": "+448081570101"}),
    ("date", {"all-date": "2027-03-31"}, "2027-03-31"),
    (
        "hours",
        {"all-hours": "mon-fri 08:00-20:00\r\nsun closed\r\n"},
        {"mon-fri": "08:00-20:00", "sun": "closed"},
    ),
    (
        "link",
        {"all-url": "https://my.example/", "en-text": "Mine", "zh-hans-text": "我的"},
        {"url": "https://my.example/", "text": {"en": "Mine", "zh-hans": "我的"}},
    ),
]


@pytest.mark.parametrize(("kind", "typed", "value"), TYPED)
def test_each_kind_is_typed_in_its_own_fields_and_comes_back_as_typed(
    author_desk: Desk, kind: str, typed: dict[str, str], value: Any
) -> None:
    author_desk.send(
        "articles_snippet_add", query=f"?kind={kind}", key="a.fact", based_on=0, **typed
    )

    made = Snippet.objects.get()
    assert (made.kind, made.head.value) == (kind, value)
    # Saved as it comes back from the page, it is no new revision.
    author_desk.send("articles_snippet_change", made.pk, based_on=1, **typed)
    made.refresh_from_db()
    assert made.head.number == 1
    page = words(author_desk.open("articles_snippet_change", made.pk))
    for words_typed in typed.values():
        for line in words_typed.split("\r\n"):
            assert line in page or line.upper() in page


REFUSED: list[tuple[str, dict[str, str], str]] = [
    ("money", {"all-amount": "much", "all-currency": "GBP"}, "amount"),
    ("phone", {"all-number": "0800"}, "+448081570101 is needed"),
    ("hours", {"all-hours": "someday 08:00-20:00"}, "someday"),
    ("hours", {"all-hours": "mon 08:00-20:00\nmon closed"}, "twice"),
    ("date", {"all-date": "soon"}, "valid date"),
    ("link", {"all-url": "javascript:alert(1)", "all-text": "x"}, "https://"),
    ("text", {}, "Type a value"),
    ("text", {"all-text": "x", "en-text": "y"}, "not both"),
    ("text", {"all-text": "x\x00y"}, "Null characters"),
]


def test_a_value_that_cannot_be_is_refused_where_it_was_typed(
    author_desk: Desk, subtests: pytest.Subtests
) -> None:
    for kind, typed, message in REFUSED:
        with subtests.test(kind, typed=typed):
            answer = author_desk.send(
                "articles_snippet_add", query=f"?kind={kind}", key="a.fact", based_on=0, **typed
            )

            assert answer.status_code == 200
            assert message in words(answer)
            assert not Snippet.objects.exists()


def test_a_key_that_is_taken_is_not_written_over(author_desk: Desk) -> None:
    snippet("phone.care", "phone", "+448081570101")

    answer = author_desk.send(
        "articles_snippet_add",
        query="?kind=phone",
        key="phone.care",
        based_on=0,
        **{"all-number": "+448081570102"},
    )

    assert "There is a snippet with this key" in words(answer)
    assert Snippet.objects.get().head.value == "+448081570101"


def test_a_stale_value_is_kept_as_typed_beside_the_one_that_came_first(author_desk: Desk) -> None:
    snippet("phone.care", "phone", "+448081570101")
    snippet("phone.care", "phone", "+448081570102")
    fact = Snippet.objects.get()

    answer = author_desk.send(
        "articles_snippet_change", fact.pk, based_on=1, **{"all-number": "+448081570103"}
    )

    assert answer.status_code == 409
    assert "+448081570102" in words(answer)
    assert 'value="+448081570103"' in words(answer)
    assert 'name="based_on" value="2"' in words(answer)
    author_desk.send(
        "articles_snippet_change", fact.pk, based_on=2, **{"all-number": "+448081570103"}
    )
    fact.refresh_from_db()
    assert fact.head.value == "+448081570103"


def test_reviewers_approve_the_value_that_they_saw_and_authors_do_not(
    author_desk: Desk, reviewer_desk: Desk
) -> None:
    author_desk.send(
        "articles_snippet_add",
        query="?kind=phone",
        key="phone.care",
        based_on=0,
        **{"all-number": "+448081570101"},
    )
    fact = Snippet.objects.get()

    assert "Approve revision" not in words(author_desk.open("articles_snippet_change", fact.pk))
    refused = author_desk.send("articles_snippet_approve", fact.pk, revision=1)
    assert "may not do this" in words(refused)
    stale = reviewer_desk.send("articles_snippet_approve", fact.pk, revision="9" * 30)
    assert "newer value" in words(stale)
    reviewer_desk.send("articles_snippet_approve", fact.pk, revision=1)

    fact.refresh_from_db()
    assert fact.approved == fact.head


def test_a_snippets_page_names_the_live_texts_that_use_it(author_desk: Desk) -> None:
    fact = snippet("phone.care", "phone", "+448081570101").snippet
    published("Call us", "Ring {{ phone.care }}.")

    page = words(author_desk.open("articles_snippet_change", fact.pk))

    assert "Used in 1 live text" in page
    assert "Call us (en)" in page
    assert "live since edition 1" in page
