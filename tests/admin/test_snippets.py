"""Snippets at the desk: a value is typed by its kind, once or by language."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import Settings

from articles.admin import editor_completion as completion
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
        {f"all-{day}": "08:00-20:00" for day in ("mon", "tue", "wed", "thu", "fri")}
        | {"all-sun": "closed", "all-holidays": "10:00-12:00, 13:00-15:00"},
        {"mon-fri": "08:00-20:00", "sun": "closed", "holidays": "10:00-12:00, 13:00-15:00"},
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
        assert words_typed in page or words_typed.upper() in page


REFUSED: list[tuple[str, dict[str, str], str]] = [
    ("money", {"all-amount": "much", "all-currency": "GBP"}, "amount"),
    ("money", {"all-amount": "5", "all-currency": "QQQ"}, "a code like GBP"),
    ("money", {"all-amount": "5.005", "all-currency": "GBP"}, "GBP has 2 decimals"),
    ("phone", {"all-number": "0800"}, "say the country"),
    ("phone", {"all-number": "0800", "all-country": "XX"}, "is no country"),
    ("phone", {"all-number": "+999 12345"}, "no such country code"),
    ("phone", {"all-number": "call us", "all-country": "GB"}, "no phone number"),
    ("hours", {"all-mon": "someday"}, "hours are written"),
    ("hours", {"all-mon": "20:00-08:00"}, "does not come after"),
    ("hours", {"all-sat": "08:00-12:00, 11:00-13:00"}, "does not come after"),
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
    assert ">Call us</a>" in page
    assert "since edition 1" in page
    assert "live since edition 1" in page


def test_numbers_and_amounts_are_typed_as_people_write_them(author_desk: Desk) -> None:
    typed: list[tuple[str, dict[str, str], Any]] = [
        ("phone", {"all-number": "+44 (808) 157-0101"}, "+448081570101"),
        ("phone", {"all-number": "0808 157 0101", "all-country": "gb"}, "+448081570101"),
        ("phone", {"all-number": "0044 808 157 0101"}, "+448081570101"),
        ("money", {"all-amount": "1,200.50", "all-currency": "usd"}, _money("1200.50", "USD")),
        ("hours", {"all-mon": "08:00 – 12:00、13:00–18:00"}, {"mon": "08:00-12:00, 13:00-18:00"}),
        ("hours", {"all-sat": "休息", "all-sun": "Closed"}, {"sat-sun": "closed"}),
    ]
    for number, (kind, fields, value) in enumerate(typed):
        about = {"key": f"fact.{number}", "based_on": 0}
        author_desk.send("articles_snippet_add", query=f"?kind={kind}", **about, **fields)
        assert Snippet.objects.get(key=about["key"]).head.value == value


def test_a_value_is_typed_for_a_region_beside_the_one_for_everywhere(
    author_desk: Desk, settings: Settings
) -> None:
    settings.REGIONS = {"tw": {"en": "Taiwan"}, "hk": {"en": "Hong Kong"}}
    typed = {
        "all-amount": "10",
        "all-currency": "GBP",
        "tw.en-amount": "380",
        "tw.en-currency": "TWD",
    }
    author_desk.send("articles_snippet_add", query="?kind=money", key="price", based_on=0, **typed)

    made = Snippet.objects.get()
    assert made.head.value == {
        "everywhere": _money("10", "GBP"),
        "regions": {"tw": {"en": _money("380", "TWD")}},
    }
    author_desk.send("articles_snippet_change", made.pk, based_on=1, **typed)
    made.refresh_from_db()
    assert made.head.number == 1
    page = words(author_desk.open("articles_snippet_change", made.pk))
    assert "{{ price@tw }}" in page
    assert "NT$380" in page
    wrong = author_desk.send(
        "articles_snippet_change", made.pk, based_on=1, **typed, **{"hk.all-amount": "9"}
    )
    assert "a code like GBP" in words(wrong)


def test_the_page_offers_currencies_and_countries_by_name(author_desk: Desk) -> None:
    money = words(author_desk.open("articles_snippet_add", query="?kind=money"))
    assert '<option value="HKD">Hong Kong Dollar</option>' in money
    assert 'value="ADP"' not in money
    phone = words(author_desk.open("articles_snippet_add", query="?kind=phone"))
    assert '<option value="GB">United Kingdom +44</option>' in phone


def _money(amount: str, currency: str) -> dict[str, str]:
    return {"amount": amount, "currency": currency}


@pytest.mark.django_db
def test_after_an_at_sign_the_regions_of_a_snippet_are_offered(settings: Settings) -> None:
    settings.REGIONS = {"tw": {"en": "Taiwan"}, "hk": {"en": "Hong Kong"}}
    regions = {"tw": _money("380", "TWD"), "hk": _money("98", "HKD")}
    snippet("price.plan", "money", {"everywhere": _money("10", "GBP"), "regions": regions})
    snippet("price.abroad", "money", {"regions": {"tw": _money("9", "TWD")}})

    def offered(typed: str) -> list[tuple[str, str]]:
        return [(found["key"], found["value"]) for found in completion.snippets(typed)]

    assert offered("price.p") == [("price.plan", "10 GBP (hk, tw)")]
    assert offered("price.plan@t") == [("price.plan@tw", "380 TWD")]
    assert offered("price.abr") == [("price.abroad@tw", "9 TWD (tw)")]
