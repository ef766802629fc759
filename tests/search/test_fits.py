"""Whether anything fits is said honestly."""

from __future__ import annotations

import pytest

from channels.search.queries import search
from tests.building import publish_texts, published, write_approved
from tests.search.conftest import Titles


@pytest.fixture
def centre(found: Titles) -> None:
    published("Restart the router", "Press the red button for ten seconds.")
    published("Pay your bill", "By card or by bank transfer, within ten days.")
    published("Lost phone", "Call us and we block the SIM card.", questions=["My phone is gone"])
    found("")


def fits(q: str) -> bool:
    return search(q, locale="en", rank=0).fits


@pytest.mark.parametrize("q", ["restart the router", "how can I pay my bill?", "my phone is gone"])
def test_what_an_article_answers_fits(centre: None, q: str) -> None:
    assert fits(q)


@pytest.mark.parametrize(
    "q",
    [
        "who won the football match last night",
        "a recipe for ten pancakes",
        "what is the capital of France",
        "",
        "?!",
    ],
)
def test_what_no_article_is_about_does_not_fit(centre: None, q: str) -> None:
    assert not fits(q)


@pytest.mark.parametrize("q", ["a", "the", "how do I", "what is"])
def test_words_that_say_nothing_fit_nothing(centre: None, found: Titles, q: str) -> None:
    published("The PAC", "A code.", questions=["What is a PAC, and how do I get it?"])
    found("")
    assert not fits(q)


def test_words_that_say_nothing_fit_what_is_called_so(found: Titles) -> None:
    published("How to", "We show you.")
    found("")
    assert fits("how to")


def test_the_section_that_answers_is_named(found: Titles) -> None:
    published(
        "Your router",
        "A router is a box.\n\n## Lights\n\nGreen is good.\n\n## Restart it\n\nPress the button.\n",
    )
    found("")
    (hit,) = search("button to restart", locale="en", rank=0).hits
    assert (hit.anchor, hit.heading) == ("restart-it", "Restart it")
    assert hit.snippet_html == "Press the <mark>button</mark>."


def test_facets_count_what_was_found(found: Titles) -> None:
    published("Router one", "A router.")
    published("Router two", "A router.")
    published("Bill", "A bill.")
    found("")
    results = search("router", locale="en", rank=0, counted=("kind", "audience"))
    assert results.facets["audience"] == {"public": 2}
    (kind,) = results.facets["kind"]
    assert search("router", locale="en", rank=0, chosen={"kind": [kind]}).total == 2
    assert search("router", locale="en", rank=0, chosen={"kind": ["no such"]}).total == 0


def test_pages_follow_each_other_without_a_gap_or_a_repetition(found: Titles) -> None:
    publish_texts(*(write_approved(f"Router {n}", f"A router, {n} of them.") for n in range(70)))
    found("")
    pages = [search("router", locale="en", rank=0, limit=10, offset=at) for at in range(0, 80, 10)]
    titles = [hit.title for page in pages for hit in page.hits]
    assert len(titles) == len(set(titles)) == 70
    assert {page.total for page in pages} == {70}
