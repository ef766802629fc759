"""A feed in pages: of one edition, in few statements, and not sent twice."""

from __future__ import annotations

from typing import Any

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from channels.feeds import reading
from channels.operations.items import Retirement
from tests.building import publish_texts, published, write_approved
from tests.feeds.conftest import Fetch

pytestmark = pytest.mark.django_db


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PAGE_SIZE", 2)


def publish_many(count: int, *, first: int = 0) -> None:
    numbers = range(first, first + count)
    publish_texts(*(write_approved(f"Text {n}", "Words.", public_id=f"t-{n}") for n in numbers))


def local(url: str) -> str:
    return url.removeprefix("http://testserver")


def test_all_pages_together_tell_every_text_once_the_newest_edition_first(
    fetch: Fetch, small_pages: None
) -> None:
    publish_many(4)
    published("Newest", "Words.", public_id="z-newest")
    url, told = "/feeds/en/feed.json", []
    while url:
        feed = fetch(url).json()
        told += [item["id"].split(":")[2] for item in feed["items"]]
        url = local(feed.get("next_url", ""))
    assert told == ["z-newest", "t-0", "t-1", "t-2", "t-3"]


def test_the_pages_that_follow_are_of_the_edition_that_the_first_was_of(
    fetch: Fetch, small_pages: None
) -> None:
    publish_many(3)
    first = feedparser.parse(fetch("/feeds/en/atom.xml?kind=support").content)
    (following,) = [link.href for link in first.feed.links if link.rel == "next"]
    published("Newest", "Words.", public_id="z-newest")
    second = fetch(local(following))
    assert second.headers["Knowledge-Edition"] == "1"
    entries = [entry.id for entry in feedparser.parse(second.content).entries]
    assert entries == ["urn:knowledge-hub:t-2:en"]


def test_all_pages_together_tell_what_went_once_the_newest_first(
    fetch: Fetch, small_pages: None
) -> None:
    published("Staying", "Words.", public_id="staying")
    publish_many(5)
    # A text that went several times over is still told once.
    publish_texts(write_approved("New words", "New.", article=Article.objects.get(public_id="t-4")))
    for goes in (range(4), [4]):
        publish_texts(*(Retirement(Article.objects.get(public_id=f"t-{n}")) for n in goes))
    url, removed, pages = "/feeds/en/feed.json", [], 0
    while url:
        feed = fetch(url).json()
        told = [gone["id"].split(":")[2] for gone in feed.get("_knowledge", {}).get("removed", [])]
        assert len(told) <= 2
        removed += told
        pages += 1
        url = local(feed.get("next_url", ""))
    assert removed == ["t-4", "t-0", "t-1", "t-2", "t-3"]
    assert pages == 3


def test_a_feed_of_many_texts_takes_no_more_statements_than_one_of_few(
    fetch: Fetch, django_assert_max_num_queries: Any
) -> None:
    publish_many(1)
    with CaptureQueriesContext(connection) as few:
        fetch("/feeds/en/feed.json?kind=support")
    publish_many(12, first=1)
    with django_assert_max_num_queries(len(few)):
        fetch("/feeds/en/feed.json?kind=support")
    assert len(few) <= 6


@pytest.mark.parametrize("path", ["/feeds/en/atom.xml", "/feeds/en/feed.json"])
def test_who_has_the_feed_of_this_edition_is_not_sent_it_again(
    fetch: Fetch, path: str, django_assert_max_num_queries: Any
) -> None:
    published()
    etag = fetch(path).headers["ETag"]
    with django_assert_max_num_queries(2):
        again = fetch(path, **{"If-None-Match": etag})
    assert again.status_code == 304
    assert again.headers["Knowledge-Edition"] == "1"
    published("Another", "Text.", public_id="another")
    assert fetch(path, **{"If-None-Match": etag}).status_code == 200


def test_another_page_or_filter_is_another_etag(fetch: Fetch, small_pages: None) -> None:
    publish_many(3)
    etags = {
        fetch(f"/feeds/en/feed.json{query}").headers["ETag"]
        for query in ("", "?kind=support", "?page=2", "?edition=1&page=2")
    }
    assert len(etags) == 4
