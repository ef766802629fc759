"""What a feed says, as programs that read feeds understand it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import feedparser
import jsonschema
import pytest
from lxml import etree

from articles.models import Article
from articles.operations.audit import system_user
from articles.operations.topics import save_topic
from articles.operations.writing import update_article
from channels.delivery.lookup import Found, find
from channels.models import Entry
from channels.operations.items import Retirement
from channels.operations.publishing import publish
from channels.registry import FORMATS
from tests.building import publish_texts, published, write_approved
from tests.feeds.conftest import NOON, Fetch

pytestmark = pytest.mark.django_db

NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "at": "http://purl.org/atompub/tombstones/1.0",
    "kh": "urn:knowledge-hub:feed",
}
# JSON Feed 1.1, those members that we promise, and our extension.
URL = {"type": "string", "pattern": "^http://testserver/"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"}
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "home_page_url", "feed_url", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string"},
        "home_page_url": URL,
        "feed_url": URL,
        "next_url": URL,
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": [
                    "id", "url", "title", "content_html", "date_published", "date_modified",
                    "_knowledge",
                ],
                "properties": {
                    "id": {"type": "string", "pattern": "^urn:knowledge-hub:"},
                    "url": URL,
                    "title": {"type": "string", "minLength": 1},
                    "summary": {"type": "string", "minLength": 1},
                    "content_html": {"type": "string", "minLength": 1},
                    "date_published": MOMENT,
                    "date_modified": MOMENT,
                    "_knowledge": {
                        "type": "object",
                        "required": ["edition", "digest"],
                        "properties": {
                            "edition": {"type": "integer", "minimum": 1},
                            "digest": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                        },
                    },
                },
            },
        },
    },
}  # fmt: skip


def retire(public_id: str) -> None:
    publish(items=[Retirement(Article.objects.get(public_id=public_id))], actor=system_user())


def ids(feed: dict[str, Any]) -> list[str]:
    return [item["id"].split(":")[2] for item in feed["items"]]


def test_a_feed_reader_understands_the_atom_feed(fetch: Fetch) -> None:
    first = write_approved("Old & new <sim>", "Text.", public_id="sim", summary="In short.")
    publish_texts(first, now=NOON)
    again = write_approved("Newer", "Better text.", article=first.text.article)
    publish_texts(again, now=NOON + timedelta(days=1))
    response = fetch("/feeds/en/atom.xml")
    feed = feedparser.parse(response.content)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.id == "urn:knowledge-hub:feed:en"
    assert feed.feed.updated == "2026-11-02T12:00:00Z"
    (entry,) = feed.entries
    assert entry.title == "Newer"
    assert entry.id == "urn:knowledge-hub:sim:en"
    assert entry.link == "http://testserver/en/articles/old-new-sim/"
    assert (entry.published, entry.updated) == ("2026-11-01T12:00:00Z", "2026-11-02T12:00:00Z")
    assert entry.kh_edition == "2"
    assert entry.kh_digest == Entry.objects.live().get().content_digest
    assert response.headers["Knowledge-Edition"] == "2"


def test_when_agents_alone_were_told_is_not_told_to_partners(fetch: Fetch) -> None:
    secret = write_approved("Later", "Text.", public_id="later", audience="agent")
    publish_texts(secret, now=NOON)
    article = secret.text.article
    update_article(
        actor=system_user(),
        article=article,
        kind=article.kind,
        topic=None,
        audience="public",
        based_on=article.version,
    )
    publish_texts(secret, now=NOON + timedelta(days=9))
    (item,) = fetch("/feeds/en/feed.json").json()["items"]
    assert item["date_published"] == "2026-11-10T12:00:00Z"


def test_the_json_feed_is_one(fetch: Fetch) -> None:
    published("Activate", "Text.", public_id="sim", summary="In short.")
    response = fetch("/feeds/en/feed.json")
    assert response.headers["Content-Type"] == "application/feed+json"
    feed = response.json()
    jsonschema.validate(feed, JSON_FEED)
    assert ids(feed) == ["sim"]
    assert feed["items"][0]["summary"] == "In short."


def test_both_feeds_carry_the_words_that_are_stored(fetch: Fetch) -> None:
    published("Plans", "1. One\n2. Two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", public_id="plans")
    stored = find(public_id="plans", locales=["en"], format="html", rank=2)
    assert isinstance(stored, Found)
    words = FORMATS["html"].words(stored.body or b"")
    (item,) = fetch("/feeds/en/feed.json").json()["items"]
    atom = etree.fromstring(fetch("/feeds/en/atom.xml").content)
    (content,) = atom.xpath("atom:entry/atom:content/text()", namespaces=NAMES)
    assert FORMATS["html"].words(item["content_html"].encode()) == words
    assert FORMATS["html"].words(content.encode()) == words
    assert item["_knowledge"]["digest"] == stored.content_digest


def test_links_to_other_articles_lead_to_our_site_from_elsewhere(fetch: Fetch) -> None:
    published("Target", "Text.", public_id="target")
    published("Source", "See [it](article:target).", public_id="source")
    feed = fetch("/feeds/en/feed.json").json()
    source = feed["items"][0]
    assert 'href="http://testserver/en/a/target/"' in source["content_html"]


def test_what_has_no_public_page_is_linked_to_where_a_key_opens_it(fetch: Fetch) -> None:
    published("Margins", "Ten.", public_id="margins", audience="partner")
    (item,) = fetch("/feeds/en/feed.json").json()["items"]
    address = item["url"].removeprefix("http://testserver")
    assert fetch(address).status_code == 200


def test_a_feed_tells_one_locale(fetch: Fetch) -> None:
    article = published("Hello", "Text.", public_id="hello")
    published("你好", "文字。", article=article, locale="zh-hans")
    feed = fetch("/feeds/zh-hans/feed.json").json()
    assert feed["language"] == "zh-Hans"
    assert [item["title"] for item in feed["items"]] == ["你好"]
    assert fetch("/feeds/zh-hant/feed.json").json()["items"] == []


def test_a_feed_can_be_narrowed_to_a_kind_and_a_topic_with_all_below_it(fetch: Fetch) -> None:
    actor = system_user()
    phones = save_topic(actor=actor, slug="phones", names={"en": "Phones"})
    tablets = save_topic(actor=actor, slug="tablets", names={"en": "Tablets"}, parent=phones)
    publish_texts(
        write_approved("A", "A.", public_id="aaa", topic=phones, kind="sales"),
        write_approved("B", "B.", public_id="bbb", topic=tablets),
        write_approved("C", "C.", public_id="ccc"),
    )
    assert ids(fetch("/feeds/en/feed.json?topic=phones").json()) == ["aaa", "bbb"]
    assert ids(fetch("/feeds/en/feed.json?topic=phones&kind=sales").json()) == ["aaa"]
    assert ids(fetch("/feeds/en/feed.json?kind=support").json()) == ["bbb", "ccc"]


def test_a_topic_with_nothing_for_the_reader_is_missing(fetch: Fetch) -> None:
    inside = save_topic(actor=system_user(), slug="inside", names={"en": "Inside"})
    phones = save_topic(actor=system_user(), slug="phones", names={"en": "Phones"})
    published("Hush", "Hush.", topic=inside, audience="agent")
    published("Going", "Text.", topic=phones, public_id="going")
    hidden = fetch("/feeds/en/feed.json?topic=inside")
    assert hidden.status_code == 400
    assert hidden.content == fetch("/feeds/en/feed.json?topic=nowhere").content
    # Who follows a topic until nothing is left in it still learns what went.
    retire("going")
    feed = fetch("/feeds/en/feed.json?topic=phones").json()
    assert [gone["id"] for gone in feed["_knowledge"]["removed"]] == ["urn:knowledge-hub:going:en"]


def test_what_is_retired_is_a_tombstone_until_it_comes_back(fetch: Fetch) -> None:
    published("Going", "Text.", public_id="going")
    published("Staying", "Text.", public_id="staying")
    retire("going")
    feed = fetch("/feeds/en/feed.json").json()
    assert ids(feed) == ["staying"]
    assert [gone["id"] for gone in feed["_knowledge"]["removed"]] == ["urn:knowledge-hub:going:en"]
    atom = etree.fromstring(fetch("/feeds/en/atom.xml").content)
    (tombstone,) = atom.xpath("at:deleted-entry", namespaces=NAMES)
    assert tombstone.get("ref") == "urn:knowledge-hub:going:en"
    assert feedparser.parse(etree.tostring(atom)).bozo is False


def test_a_new_text_of_an_article_is_no_tombstone_and_a_narrowed_audience_is(fetch: Fetch) -> None:
    article = published("Prices", "Old.", public_id="prices")
    published("Prices", "New.", article=article)
    assert "_knowledge" not in fetch("/feeds/en/feed.json").json()
    Article.objects.filter(pk=article.pk).update(audience="agent")
    published("Prices", "Newest.", article=article)
    feed = fetch("/feeds/en/feed.json").json()
    assert feed["items"] == []
    assert [gone["id"] for gone in feed["_knowledge"]["removed"]] == ["urn:knowledge-hub:prices:en"]
