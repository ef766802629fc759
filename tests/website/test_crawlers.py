"""What crawlers are told: sitemap.xml and robots.txt."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from lxml import etree

from articles.models import Article
from articles.operations.audit import system_user
from articles.operations.topics import save_topic
from channels.website import sitemap
from tests.building import published

NAMES = {"s": sitemap.SITEMAP, "x": sitemap.XHTML}


def locations(response: HttpResponse) -> list[str]:
    root = etree.fromstring(response.content)
    return [str(found) for found in root.xpath("//s:loc/text()", namespaces=NAMES)]


def test_the_sitemap_lists_every_public_text_and_nothing_hidden(
    client: Client, tariff: Article, secret: Article
) -> None:
    listed = locations(client.get("/sitemap.xml"))
    assert "http://testserver/en/articles/activate-esim/" in listed
    assert "http://testserver/zh-hans/articles/%E6%BF%80%E6%B4%BB-esim/" in listed
    assert "http://testserver/en/articles/tariffs/" in listed
    assert not [address for address in listed if "retention" in address]
    assert len(listed) == len(set(listed))


def test_a_topic_with_nothing_public_is_not_in_the_sitemap(client: Client, secret: Article) -> None:
    topic = "http://testserver/en/topics/phones/"
    assert topic not in locations(client.get("/sitemap.xml"))
    published("Our tariffs", "Three of them.", topic=secret.topic)
    assert topic in locations(client.get("/sitemap.xml"))


def test_every_address_of_the_sitemap_answers(client: Client, tariff: Article) -> None:
    for address in locations(client.get("/sitemap.xml")):
        assert client.get(address.removeprefix("http://testserver")).status_code == 200


def test_an_entry_has_its_alternates_and_the_date_of_its_edition(
    client: Client, esim: Article
) -> None:
    root = etree.fromstring(client.get("/sitemap.xml").content)
    (url,) = root.xpath("//s:url[contains(s:loc, '/en/articles/activate')]", namespaces=NAMES)
    languages = url.xpath("x:link/@hreflang", namespaces=NAMES)
    assert languages == ["en", "zh-Hans"]
    assert url.xpath("string(s:lastmod)", namespaces=NAMES).endswith("+00:00")


def test_a_large_site_has_an_index_of_parts_that_together_list_all(
    client: Client, tariff: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = locations(client.get("/sitemap.xml"))
    monkeypatch.setattr(sitemap, "ARTICLES_PER_PART", 1)
    parts = locations(client.get("/sitemap.xml"))
    assert parts == ["http://testserver/sitemap-1.xml", "http://testserver/sitemap-2.xml"]
    listed = [
        address
        for part in parts
        for address in locations(client.get(part.removeprefix("http://testserver")))
    ]
    assert sorted(listed) == sorted(whole)
    assert client.get("/sitemap-3.xml").status_code == 404


def test_robots_are_led_to_the_sitemap_and_kept_from_what_is_not_theirs(
    client: Client, db: None
) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert "Disallow: /agent/" in lines


def test_a_topic_is_in_the_sitemap_where_it_has_a_text_or_one_that_stands_in(
    client: Client, db: None
) -> None:
    tea = save_topic(actor=system_user(), slug="tea", names={"en": "Tea", "zh-hans": "茶"})
    published("泡茶", "用热水。", topic=tea, locale="zh-hans")
    topics = [address for address in locations(client.get("/sitemap.xml")) if "topics" in address]
    assert topics == [
        f"http://testserver/{locale}/topics/tea/" for locale in ("zh-hans", "zh-hant")
    ]
