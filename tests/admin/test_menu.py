"""The desk's frame: its menu, how days are written, what names are shown in whose language."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.utils import translation
from django.utils.formats import date_format

from articles.operations.topics import save_topic
from channels.operations.releases import create_release
from channels.release_workflow import ReleaseState
from channels.request_workflow import RequestState
from tests.admin.desk import Desk, words
from tests.building import write

pytestmark = pytest.mark.django_db


def menu(page: str) -> dict[str, str]:
    """What the menu leads to, and what is said of where the person is."""
    (nav,) = re.findall(r'<nav class="desk-nav".*?</nav>', page, re.DOTALL)
    links = re.findall(r'<a href="[^"]*"(?: aria-current="(\w+)")?>([^<]+)</a>', nav)
    return {name: current for current, name in links}


@pytest.mark.parametrize(
    ("page", "name", "current"),
    [
        ("articles_my_work", "My work", "page"),
        ("articles_article_changelist", "Articles", "page"),
        ("articles_article_add", "Articles", "true"),
        ("channels_release_add", "Releases", "true"),
        ("channels_publish", "Publish", "page"),
    ],
)
def test_the_menu_says_where_the_person_is(
    publisher_desk: Desk, page: str, name: str, current: str
) -> None:
    shown = menu(words(publisher_desk.open(page)))
    assert {link: said for link, said in shown.items() if said} == {name: current}


def test_nobody_is_led_where_they_may_not_go(
    author_desk: Desk, publisher_desk: Desk, administrator_desk: Desk
) -> None:
    author, publisher, administrator = (
        set(menu(words(desk.open("index"))))
        for desk in (author_desk, publisher_desk, administrator_desk)
    )
    assert publisher - author == {"Publish"}
    assert administrator - publisher == {"Review rules", "Calls", "API keys", "Audit"}


def test_the_front_page_finds_and_begins_an_article(author_desk: Desk) -> None:
    page = words(author_desk.open("index"))
    assert 'action="/admin/articles/article/" role="search"' in page
    assert 'href="/admin/articles/article/add/"' in page


def test_a_list_without_a_hit_says_what_to_do(author_desk: Desk) -> None:
    assert "There are no articles yet." in words(author_desk.open("articles_article_changelist"))
    write("Roaming", actor=author_desk.user)
    page = words(author_desk.open("articles_article_changelist", query="?q=qxzvbk"))
    assert "Use fewer words or filters" in page
    assert "Use fewer words" not in words(author_desk.open("articles_article_changelist"))


def test_an_empty_release_asks_for_items_before_it_offers_to_publish(publisher_desk: Desk) -> None:
    release = create_release(actor=publisher_desk.user, name="Autumn")
    page = words(publisher_desk.open("channels_release_change", release.pk))
    assert "Choose from what is approved" in page
    assert "Publish now" not in page
    assert "Check without publishing" not in page


def test_days_and_times_are_written_so_that_no_month_is_taken_for_a_day() -> None:
    moment = datetime(2026, 3, 2, 15, 4)
    assert date_format(moment, "SHORT_DATE_FORMAT") == "2 Mar 2026"
    assert date_format(moment, "SHORT_DATETIME_FORMAT") == "2 Mar 2026, 15:04"
    with translation.override("zh-hans"):
        assert date_format(moment, "SHORT_DATETIME_FORMAT") == "2026年3月2日 15:04"


def test_a_topic_is_called_as_in_the_language_of_who_looks(author_desk: Desk) -> None:
    save_topic(actor=author_desk.user, slug="roaming", names={"en": "Roaming", "zh-hans": "漫游"})
    save_topic(actor=author_desk.user, slug="bills", names={"en": "Bills"})
    author_desk.client.cookies["django_language"] = "zh-hans"
    page = words(author_desk.open("articles_topic_changelist"))
    assert "漫游" in page
    assert "Roaming" not in page
    assert "Bills" in page


def test_an_open_release_is_not_called_as_an_open_request_is_in_chinese() -> None:
    for language in ("zh-hans", "zh-hant"):
        with translation.override(language):
            assert str(ReleaseState.OPEN.label) != str(RequestState.OPEN.label)
