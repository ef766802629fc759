"""A snippet's value is reviewed at the desk: what it says otherwise, and what it touches."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Snippet
from articles.operations.snippets import save_snippet, submit_snippet
from articles.workflow import State
from tests.admin.desk import Desk, words
from tests.building import publish_texts, published, snippet, write, write_approved

TEN = {"amount": "10", "currency": "GBP"}
TWELVE = {"amount": "12", "currency": "GBP"}


@pytest.fixture
def price(author_desk: Desk) -> Snippet:
    """A live price, with a newer value that is in review."""
    fact = snippet("price", "money", TEN).snippet
    published("Plans", "It costs {{ price }} a month.")
    save_snippet(actor=author_desk.user, key="price", kind="money", value=TWELVE, based_on=1)
    submit_snippet(actor=author_desk.user, snippet=fact, revision=2)
    fact.refresh_from_db()
    return fact


def test_the_review_page_shows_both_values_and_what_they_change(
    reviewer_desk: Desk, price: Snippet
) -> None:
    page = words(reviewer_desk.open("articles_snippet_review", price.pk))

    assert "The value beside what is live" in page
    assert "Used in 1 live text" in page
    assert "<del>£10</del><ins>£12</ins>" in page or "<del>10</del><ins>12</ins>" in page
    assert "website" in page
    assert "phone" in page
    assert "Speech:" in page


def test_taking_back_is_offered_to_the_author_and_reviewers_send_back(
    author_desk: Desk, reviewer_desk: Desk, price: Snippet
) -> None:
    for page in ("articles_snippet_review", "articles_snippet_change"):
        assert "Take back from review" in words(author_desk.open(page, price.pk))
        assert "Take back from review" not in words(reviewer_desk.open(page, price.pk))
    assert "Send back" in words(reviewer_desk.open("articles_snippet_review", price.pk))


def test_a_value_is_sent_back_with_a_reason_and_approved_when_it_is_mended(
    author_desk: Desk, reviewer_desk: Desk, price: Snippet
) -> None:
    def act(desk: Desk, **typed: object) -> str:
        return words(desk.send("articles_snippet_review", price.pk, **typed))

    assert "Say why" in act(reviewer_desk, act="reject", revision=2, reason="")
    assert "Sent back" in act(reviewer_desk, act="reject", revision=2, reason="Not yet agreed.")
    page = words(author_desk.open("articles_snippet_change", price.pk))
    assert "Not yet agreed." in page
    assert "Submitted" in act(author_desk, act="submit", revision=2)
    assert "may not do this" in act(author_desk, act="approve", revision=2)
    assert "newer value" in act(reviewer_desk, act="approve", revision=1)
    assert "not known" in act(reviewer_desk, act="dance", revision=2)
    assert "can be published now" in act(reviewer_desk, act="approve", revision=2)
    price.refresh_from_db()
    assert (price.state, price.approved.number) == (State.APPROVED, 2)


def test_waiting_values_are_a_filter_of_the_list(author_desk: Desk, price: Snippet) -> None:
    snippet("other", "text", "Tidewave")
    page = words(author_desk.open("articles_snippet_changelist", query="?state__exact=in_review"))
    assert f"/admin/articles/snippet/{price.pk}/change/" in page
    assert "other" not in page.split("result_list")[1]


def test_a_page_names_who_uses_it_directly_through_others_and_live(author_desk: Desk) -> None:
    fact = snippet("price", "money", TEN).snippet
    snippet("offer", "text", "Only {{ price }}.")
    live = published("Plans", "It costs {{ price }}.")
    published("Offers", "{{ offer }}")
    write("Plans", "Nothing is said of it.", article=live)
    write("Draft", "It may cost {{ price@tw }}.")

    page = words(author_desk.open("articles_snippet_change", fact.pk))

    assert "Used in 2 live texts" in page
    assert "<code>offer</code>" in page
    for title, how in (
        ("Plans", "only what is live"),
        ("Offers", "through offer"),
        ("Draft", "named in the text"),
    ):
        row = page.split(f">{title}</a>")[1].split("</tr>")[0]
        assert how in row


def test_a_text_that_could_not_be_told_with_the_value_is_named(author_desk: Desk) -> None:
    fact = snippet("name", "text", {"en": "Tidewave", "zh-hans": "潮讯"}).snippet
    published("About", "{{ name }}", locale="zh-hans")
    save_snippet(actor=author_desk.user, key="name", kind="text", value={"en": "Tw"}, based_on=1)

    page = words(author_desk.open("articles_snippet_review", fact.pk))

    assert "could not be told" in page
    assert "no value in the locale zh-hans" in page


def test_any_two_values_are_compared(author_desk: Desk, price: Snippet) -> None:
    page = words(author_desk.open("articles_snippet_compare", price.pk, query="?from=1&to=2"))
    assert "Revision 1 by" in page
    assert "Revision 2 by" in page
    for wrong in ("?from=9", "?to=x", "?from=" + "9" * 40):
        answer = author_desk.open("articles_snippet_compare", price.pk, query=wrong)
        assert answer.status_code == 404


def test_the_pages_cost_as_much_for_many_texts_as_for_one(
    reviewer_desk: Desk, price: Snippet
) -> None:
    def statements(page: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert reviewer_desk.open(page, price.pk).status_code == 200
        return len(captured)

    pages = ("articles_snippet_review", "articles_snippet_change", "articles_snippet_compare")
    few = [statements(page) for page in pages]
    snippet("offer", "text", "Only {{ price }}.")
    snippet("name", "text", "Tidewave")
    publish_texts(
        *(write_approved(f"Plan {n}", "{{ name }}: {{ price }}.\n\n{{ offer }}") for n in range(12))
    )

    many = [statements(page) for page in pages]

    assert many == few
    assert max(many) <= 25
