"""Atom and JSON Feed tell the same entries, with links that work anywhere."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import feedparser
import pytest
from lxml import etree

from articles.document.words import document_words
from channels.envelopes import atom, json_feed
from channels.envelopes.feed_item import timestamp
from channels.registry import FORMATS
from tests.renderers.samples import CONTEXT, ESIM, PICTURE, document, paragraph
from tests.renderers.wrapping import FEED, feed_item

HTML = FORMATS["html"].render(ESIM, CONTEXT)
NAMES = {"a": "http://www.w3.org/2005/Atom", "kh": "urn:knowledge-hub:feed"}


def test_an_atom_feed_has_what_rfc_4287_asks_for() -> None:
    root = etree.fromstring(atom.feed(FEED, [feed_item(HTML)]))
    assert root.findtext("a:id", namespaces=NAMES) == FEED.id
    assert root.findtext("a:title", namespaces=NAMES) == "What is new"
    assert root.findtext("a:updated", namespaces=NAMES) == "2026-03-01T09:30:00Z"
    assert root.findtext("a:author/a:name", namespaces=NAMES) == "Example Mobile"
    links = {link.get("rel"): link.get("href") for link in root.iterfind("a:link", NAMES)}
    assert links == {"self": FEED.self_url, "alternate": FEED.home_url, "next": FEED.next_url}


def test_a_feed_reader_understands_the_atom_feed() -> None:
    parsed = feedparser.parse(atom.feed(FEED, [feed_item(HTML)]))
    assert not parsed.bozo
    (entry,) = parsed.entries
    assert (entry.id, entry.title) == ("tag:help.example,2026:k3v9/en", "Activate an eSIM")
    assert entry.link == "https://help.example/en/articles/esim/"
    assert entry.published == "2026-01-05T08:00:00Z"
    assert entry.content[0].type == "text/html"


def test_an_atom_entry_names_its_edition_and_its_digest() -> None:
    entry = etree.fromstring(atom.feed(FEED, [feed_item(HTML)])).find("a:entry", NAMES)
    assert entry is not None
    assert entry.findtext("kh:edition", namespaces=NAMES) == "7"
    assert entry.findtext("kh:digest", namespaces=NAMES) == "5e" * 32


def test_a_json_feed_has_what_version_1_1_asks_for() -> None:
    parsed = json.loads(json_feed.feed(FEED, [feed_item(HTML)]))
    assert parsed["version"] == "https://jsonfeed.org/version/1.1"
    assert (parsed["title"], parsed["language"]) == ("What is new", "en")
    assert (parsed["feed_url"], parsed["next_url"]) == (FEED.self_url, FEED.next_url)
    (item,) = parsed["items"]
    assert item["id"] == "tag:help.example,2026:k3v9/en"
    assert item["date_modified"] == "2026-03-01T09:30:00Z"
    assert item["_knowledge"] == {"edition": 7, "digest": "5e" * 32}


def test_the_last_page_leads_nowhere() -> None:
    last = replace(FEED, next_url="")
    assert b'rel="next"' not in atom.feed(last, [])
    assert "next_url" not in json.loads(json_feed.feed(last, []))


def test_every_entry_says_the_words_of_its_article() -> None:
    items = [feed_item(HTML), feed_item(FORMATS["html"].render(document(), CONTEXT))]
    expected = [document_words(ESIM), document_words(document())]
    assert atom.content_words(atom.feed(FEED, items)) == expected
    assert json_feed.content_words(json_feed.feed(FEED, items)) == expected


def test_links_and_pictures_work_outside_our_site() -> None:
    (item,) = json.loads(json_feed.feed(FEED, [feed_item(HTML)]))["items"]
    assert 'href="https://help.example/en/a/roaming/#kh-eu"' in item["content_html"]
    assert f'src="https://help.example/media/{PICTURE}"' in item["content_html"]
    assert 'href="https://shop.example/esim"' in item["content_html"]


def test_text_that_looks_like_our_links_is_left_alone() -> None:
    lookalike = document(paragraph('<img src="/media/x"> href="/en/a/b/"'))
    html = FORMATS["html"].render(lookalike, CONTEXT)
    (item,) = json.loads(json_feed.feed(FEED, [feed_item(html)]))["items"]
    assert item["content_html"] == html.decode()


def test_moments_are_told_in_utc() -> None:
    moment = datetime(2026, 7, 1, 1, 0, tzinfo=timezone(timedelta(hours=2)))
    assert timestamp(moment) == "2026-06-30T23:00:00Z"


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        timestamp(datetime(2026, 7, 1))
