"""Every face tells converted words like others, and says beside them that they were converted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Article
from channels.operations.api_keys import create_api_key
from channels.registry import FORMATS
from channels.search.indexing import bring_index_to_current
from tests.building import publish_texts, published, write_approved
from tests.converting.told import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("converting")]


@pytest.fixture
def article() -> Article:
    return published("软件", "打开软件。", locale="zh-hans", slug="software", public_id="software1")


def read(path: str, **query: str) -> Any:
    response = Client().get(path, query)
    assert response.status_code == 200, response.content
    return json.loads(response.content)


def test_the_document_and_the_headers_name_the_locale_it_was_converted_from(
    article: Article,
) -> None:
    path = f"/api/v1/articles/{article.public_id}/"
    assert read(path, locale="zh-hant")["converted_from"] == "zh-hans"
    assert "converted_from" not in read(path, locale="zh-hans")
    response = Client().get(path, {"locale": "zh-hant", "format": "ssml"})
    assert response["Knowledge-Converted-From"] == "zh-Hans"
    assert "Knowledge-Fallback" not in response
    assert "Knowledge-Converted-From" not in Client().get(path, {"locale": "zh-hans"})


def test_lists_and_changes_name_it_too(article: Article) -> None:
    for path in ("/api/v1/articles/", "/api/v1/changes/?since=0"):
        found = {item["locale"]: item["converted_from"] for item in read(path)["results"]}
        assert found == {"zh-hans": None, "zh-hant": "zh-hans"}


def test_its_own_text_comes_before_it_and_it_before_what_stands_in(article: Article) -> None:
    publish_texts(write_approved("Software", "Open it.", article=article))
    assert "開啟軟體。" in words(article)
    publish_texts(write_approved("軟體", "自己的。", article=article, locale="zh-hant"))
    assert "自己的。" in words(article)


def test_readers_of_another_language_are_told_no_conversion(article: Article) -> None:
    response = Client().get(f"/api/v1/articles/{article.public_id}/", {"locale": "en"})
    assert response.status_code == 404


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_the_same_converted_words(article: Article, name: str) -> None:
    asked = {"locale": "zh-hant", "format": "json" if name == "document" else name}
    response = Client().get(f"/api/v1/articles/{article.public_id}/", asked)
    text = Client().get(
        f"/api/v1/articles/{article.public_id}/", {"locale": "zh-hant", "format": "text"}
    )
    assert FORMATS[name].words(response.content) == FORMATS["text"].words(text.content)
    assert response["Knowledge-Digest"] == text["Knowledge-Digest"]


def test_the_website_says_it_above_the_text_and_not_in_it(article: Article) -> None:
    page = Client().get("/zh-hant/articles/software/").content.decode()
    assert "简体中文" in page.split('class="notice"')[1].split("</p>")[0]
    assert "開啟軟體。" in page
    assert 'rel="canonical" href="http://testserver/zh-hant/articles/software/"' in page
    own = Client().get("/zh-hans/articles/software/").content.decode()
    assert 'class="notice"' not in own


def test_the_agents_page_says_it(article: Article, agent: User) -> None:
    client = Client()
    client.force_login(agent)
    page = client.get(f"/agent/articles/{article.public_id}/", {"locale": "zh-hant"})
    assert 'role="note"' in page.content.decode()
    own = client.get(f"/agent/articles/{article.public_id}/", {"locale": "zh-hans"})
    assert 'role="note"' not in own.content.decode()


def test_feeds_name_it_beside_the_text(article: Article, administrator: User) -> None:
    _, secret = create_api_key(actor=administrator, name="Phone shop", audience="partner")

    def feed(path: str) -> str:
        headers = {"Authorization": f"Bearer {secret}"}
        return Client().get(path, headers=headers).content.decode()

    (item,) = json.loads(feed("/feeds/zh-hant/feed.json"))["items"]
    assert item["_knowledge"]["converted_from"] == "zh-hans"
    atom = feed("/feeds/zh-hant/atom.xml")
    assert "<kh:converted-from>zh-hans</kh:converted-from>" in atom
    own = feed("/feeds/zh-hans/feed.json") + feed("/feeds/zh-hans/atom.xml")
    assert "software" in own
    assert "converted" not in own


def test_search_finds_its_words_and_names_it(article: Article, index: Path) -> None:
    bring_index_to_current()
    (hit,) = read("/api/v1/search/", q="軟體", locale="zh-hant")["results"]
    assert (hit["locale"], hit["converted_from"]) == ("zh-hant", "zh-hans")


def test_the_sitemap_lists_both_as_each_others_alternates(article: Article) -> None:
    sitemap = Client().get("/sitemap.xml").content.decode()
    assert "<loc>http://testserver/zh-hant/articles/software/</loc>" in sitemap


def test_what_was_converted_then_is_answered_for_that_edition(article: Article) -> None:
    then = words(article, edition="1")
    publish_texts(write_approved("軟體", "自己的。", article=article, locale="zh-hant"))
    assert words(article, edition="1") == then
    asked = {"locale": "zh-hant", "edition": "1"}
    told = Client().get(f"/api/v1/articles/{article.public_id}/", asked)
    assert told["Knowledge-Converted-From"] == "zh-Hans"
