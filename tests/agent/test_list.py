"""The list on the left: filtered, searched, in pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Topic
from articles.operations.audit import system_user
from articles.operations.topics import save_topic
from channels.agent import listing
from channels.operations.outbox import drain
from channels.search.exceptions import SearchUnavailable
from channels.search.queries import Results
from tests.agent.conftest import Desk
from tests.building import publish_texts, write_approved

pytestmark = pytest.mark.django_db


@pytest.fixture
def four_texts(db: None) -> None:
    actor = system_user()
    phones = save_topic(actor=actor, slug="phones", names={"en": "Phones", "zh-hans": "手机"})
    tablets = save_topic(actor=actor, slug="tablets", names={"en": "Tablets"}, parent=phones)
    esim = write_approved("Activate an eSIM", "A.", public_id="esim", topic=phones)
    publish_texts(
        esim,
        write_approved("激活 eSIM", "甲。", article=esim.text.article, locale="zh-hans"),
        write_approved("Broken screen", "B.", public_id="screen", topic=tablets),
        write_approved("Margins", "C.", public_id="margins", kind="sales", audience="partner"),
        write_approved("Retention", "D.", public_id="keep", kind="sales", audience="agent"),
    )


NARROWED = {
    "": ["Activate an eSIM", "Broken screen", "Margins", "Retention"],
    "?kind=sales": ["Margins", "Retention"],
    "?topic=phones": ["Activate an eSIM", "Broken screen"],
    "?topic=tablets": ["Broken screen"],
    "?audience=agent": ["Retention"],
    "?locale=zh-hans": ["激活 eSIM"],
    "?kind=sales&topic=phones": [],
}


def test_each_filter_narrows_the_list(
    desk: Desk, four_texts: None, subtests: pytest.Subtests
) -> None:
    for query, titles in NARROWED.items():
        with subtests.test(query=query):
            page = desk.open(f"/agent/{query}")
            assert page.status == 200
            assert page.titles() == titles


def test_the_list_begins_in_the_language_of_the_browser(desk: Desk, four_texts: None) -> None:
    assert desk.open("/agent/", **{"Accept-Language": "zh-Hans"}).titles() == ["激活 eSIM"]


def test_a_filter_stays_while_articles_are_opened(desk: Desk, four_texts: None) -> None:
    page = desk.open("/agent/?kind=sales")
    (link,) = [link for link in page.links() if "/articles/margins/" in link]
    opened = desk.open(link)
    assert opened.titles() == ["Margins", "Retention"]
    assert (
        opened.tree.xpath("//a[@aria-current='page']//*[@class='line-title']/text()[1]")[0].strip()
        == "Margins"
    )


NO_FILTERS = (
    *("kind=cooking", "topic=nowhere", "topic=%00", "audience=all", "locale=xx"),
    *("page=0", "page=" + "9" * 31, "page=%ED%A0%80"),
)


def test_a_filter_that_can_not_be_is_said_and_the_rest_is_shown(
    desk: Desk, four_texts: None, subtests: pytest.Subtests
) -> None:
    for query in NO_FILTERS:
        with subtests.test(query):
            page = desk.open(f"/agent/?{query}")
            assert page.status == 400
            assert page.tree.xpath("//*[@role='alert']")
            assert len(page.titles()) == 4


def test_strange_questions_do_no_harm(
    desk: Desk, four_texts: None, subtests: pytest.Subtests
) -> None:
    for question in ("%00", "%ED%A0%80", "x" * 10_000, "'; DROP", "%3Cscript%3E", "*"):
        with subtests.test(question=question):
            page = desk.open(f"/agent/?q={question}")
            assert page.status == 200
            assert "<script>" not in page.response.content.decode().replace("<script src", "")


def test_a_search_shows_the_best_hit_first_with_the_words_marked(
    desk: Desk, index: None, four_texts: None
) -> None:
    publish_texts(write_approved("Repairs", "A broken screen costs more than glue. Screen!"))
    drain()
    page = desk.open("/agent/?q=screens")
    assert page.titles() == ["Broken screen", "Repairs"]
    assert page.tree.xpath("//ol[@class='lines']//mark/text()") == ["screen", "Screen"]


def test_what_is_searched_is_the_edition_that_the_page_tells(
    desk: Desk, four_texts: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int | None] = []

    def search(q: str, *, edition: int | None = None, **paging: object) -> Results:
        asked.append(edition)
        return Results([], 0, 1)

    monkeypatch.setattr(listing, "search", search)
    desk.open("/agent/?q=esim")
    assert asked == [1]


def test_a_filter_loses_no_hit_however_many_are_better(
    desk: Desk,
    index: None,
    four_texts: None,
    monkeypatch: pytest.MonkeyPatch,
    subtests: pytest.Subtests,
) -> None:
    discount = write_approved(
        "Our discount",
        "What we offer, after long talks, to those who would leave.",
        kind="sales",
        audience="agent",
        topic=Topic.objects.get(slug="tablets"),
    )
    publish_texts(discount, *(write_approved("Offers", "Offer. Offer.") for _ in range(3)))
    drain()
    monkeypatch.setattr(listing, "PAGE_SIZE", 2)
    for query, titles in {
        "": ["Offers", "Offers"],
        "&kind=sales": ["Our discount"],
        "&topic=tablets": ["Our discount"],
        "&audience=agent": ["Our discount"],
        "&kind=product": [],
    }.items():
        with subtests.test(query=query):
            assert desk.open(f"/agent/?q=offer{query}").titles() == titles


def test_what_no_text_of_the_agents_language_says_is_found_in_another(
    desk: Desk, index: None, four_texts: None
) -> None:
    drain()
    page = desk.open("/agent/?locale=zh-hans&q=screen")
    assert page.titles() == ["Broken screen"]
    (line,) = page.tree.xpath("//ol[@class='lines']/li")
    assert line.xpath(".//*[@class='line-title'][@lang='en']")
    assert "English" in line.text_content()
    assert not page.tree.xpath("//details[@id='ask'][@open]")


def test_hits_come_in_pages(
    desk: Desk, index: None, four_texts: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_texts(*(write_approved("Ink", "Ink. " * times) for times in (3, 2, 1)))
    drain()
    monkeypatch.setattr(listing, "PAGE_SIZE", 2)
    first = desk.open("/agent/?q=ink")
    assert len(first.titles()) == 2
    (following,) = first.tree.xpath("//a[@rel='next']/@href")
    assert len(desk.open(following).titles()) == 1
    beyond = desk.open("/agent/?q=ink&page=99")
    assert len(beyond.titles()) == 1
    assert "2 / 2" in beyond.text


def test_while_the_search_is_down_titles_are_searched_and_the_agent_is_told(
    desk: Desk, four_texts: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def search(*args: object, **kwargs: object) -> Results:
        raise SearchUnavailable

    monkeypatch.setattr(listing, "search", search)
    page = desk.open("/agent/?q=screen")
    assert page.status == 200
    assert page.titles() == ["Broken screen"]
    assert "The search is being repaired" in page.text


def test_who_finds_nothing_can_ask_for_it_in_the_words_they_searched(
    desk: Desk, index: None, four_texts: None
) -> None:
    drain()
    page = desk.open("/agent/?q=satellite+dishes")
    assert page.tree.xpath("string(//input[@name='sentence']/@value)") == "satellite dishes"


def test_a_long_list_comes_in_pages_that_keep_the_filters(
    desk: Desk, four_texts: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE_SIZE", 1)
    page = desk.open("/agent/?kind=sales")
    assert page.titles() == ["Margins"]
    (following,) = page.tree.xpath("//a[@rel='next']/@href")
    assert desk.open(following).titles() == ["Retention"]
    assert desk.open("/agent/?kind=sales&page=99").titles() == ["Retention"]


def test_before_the_first_edition_the_page_says_so(desk: Desk) -> None:
    page = desk.open("/agent/")
    assert page.status == 200
    assert "Nothing has been published yet." in page.text


def test_more_texts_take_no_more_statements(
    desk: Desk, four_texts: None, django_assert_max_num_queries: Any
) -> None:
    with CaptureQueriesContext(connection) as few:
        desk.open("/agent/articles/esim/")
    publish_texts(*(write_approved(f"T{n}", "T.", public_id=f"text-{n}") for n in range(5)))
    with django_assert_max_num_queries(len(few)):
        desk.open("/agent/articles/esim/")
    assert len(few) <= 17  # four of them for the session, the account and its permissions
