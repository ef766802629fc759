"""Home, topics and the list of all articles."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from articles.models import Article, Topic
from articles.operations.audit import system_user
from articles.operations.topics import save_topic
from channels.website import listing
from tests.building import publish_texts, published, write_approved
from tests.website.conftest import hrefs, page, words


def test_before_the_first_edition_the_site_says_that_there_is_nothing(
    client: Client, db: None
) -> None:
    response = client.get("/en/")
    assert response.status_code == 200
    assert response["Knowledge-Edition"] == "0"
    assert "Nothing has been published yet." in words(response)


def test_home_counts_the_articles_of_each_topic_with_those_below_it(
    client: Client, esim: Article, phones: Topic
) -> None:
    below = save_topic(actor=system_user(), slug="watches", names={"en": "Watches"}, parent=phones)
    published("Wear it", "On the wrist.", topic=below)
    response = client.get("/en/")
    card = page(response).find_class("card")[0].text_content()
    assert "Phones" in card
    assert "2 articles" in card
    assert {"/en/topics/phones/", "/en/topics/watches/"} <= set(hrefs(response))


def test_what_is_hidden_is_neither_listed_nor_counted(client: Client, secret: Article) -> None:
    for address in ("/en/", "/en/topics/phones/", "/en/articles/"):
        response = client.get(address)
        assert "Retention offers" not in words(response)
        assert "1 article" not in words(response)


def test_a_topic_lists_its_articles_and_where_it_stands(client: Client, phones: Topic) -> None:
    below = save_topic(actor=system_user(), slug="watches", names={"en": "Watches"}, parent=phones)
    published("Wear it", "On the wrist.", topic=below, slug="wear-it")
    response = client.get("/en/topics/watches/")
    assert page(response).xpath("string(//h1)") == "Watches"
    assert {"/en/topics/phones/", "/en/articles/wear-it/"} <= set(hrefs(response))


def test_a_topic_has_its_name_in_the_readers_language(client: Client, esim: Article) -> None:
    assert page(client.get("/zh-hans/topics/phones/")).xpath("string(//h1)") == "手机"


def test_a_topic_with_nothing_public_at_or_below_it_is_missing(
    client: Client, secret: Article, phones: Topic
) -> None:
    below = save_topic(actor=system_user(), slug="watches", names={"en": "Watches"}, parent=phones)
    published("For colleagues", "Hush.", topic=below, audience="agent")
    for locale in ("en", "zh-hans"):
        hidden = client.get(f"/{locale}/topics/phones/")
        missing = client.get(f"/{locale}/topics/phoney/")
        assert hidden.status_code == missing.status_code == 404
        assert words(hidden) == words(missing)
    published("Wear it", "On the wrist.", topic=below)
    for slug in ("phones", "watches"):
        assert client.get(f"/en/topics/{slug}/").status_code == 200


def test_a_list_can_be_narrowed_to_a_kind(client: Client, tariff: Article) -> None:
    shown = words(client.get("/en/topics/phones/?kind=sales"))
    assert "Our tariffs" in shown
    assert "Activate an eSIM" not in shown


def test_an_article_without_a_topic_is_among_all_articles(client: Client, db: None) -> None:
    published("Alone", "Without a topic.", slug="alone")
    assert "/en/articles/alone/" in hrefs(client.get("/en/articles/"))


def test_a_list_takes_as_many_statements_for_many_articles_as_for_one(
    client: Client,
    esim: Article,
    phones: Topic,
    subtests: pytest.Subtests,
    django_assert_max_num_queries: Any,
) -> None:
    publish_texts(*(write_approved(f"More {n}", "Words.", topic=phones) for n in range(10)))
    for address in ("/en/", "/en/articles/", "/zh-hans/topics/phones/"):
        with subtests.test(address), django_assert_max_num_queries(5):
            client.get(address)


def test_a_long_list_goes_on_on_further_pages(
    client: Client, phones: Topic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE_SIZE", 2)
    publish_texts(*(write_approved(f"More {n}", "Words.", topic=phones) for n in range(3)))
    first, second = client.get("/en/topics/phones/"), client.get("/en/topics/phones/?page=2")
    assert "More 0" in words(first)
    assert "?page=2" in hrefs(first)
    assert "More 2" not in words(first)
    assert "More 2" in words(second)
    assert "More 0" not in words(second)


def test_a_page_that_has_not_changed_is_not_sent_again(client: Client, esim: Article) -> None:
    etag = client.get("/en/")["ETag"]
    again = client.get("/en/", headers={"If-None-Match": etag})
    assert again.status_code == 304
    published("News", "Something new.")
    assert client.get("/en/", headers={"If-None-Match": etag}).status_code == 200


def test_a_topic_without_a_text_for_the_reader_says_in_which_language_it_has_some(
    client: Client, db: None
) -> None:
    tea = save_topic(actor=system_user(), slug="tea", names={"en": "Tea", "zh-hans": "茶"})
    published("泡茶", "用热水。", topic=tea, locale="zh-hans")
    missing = client.get("/en/topics/tea/")
    assert missing.status_code == 404
    assert "/zh-hans/topics/tea/" in hrefs(missing)
    for locale in ("zh-hans", "zh-hant"):
        there = page(client.get(f"/{locale}/topics/tea/"))
        assert there.xpath("//link[@rel='alternate']/@hreflang") == ["zh-Hans", "zh-Hant"]
        switch = there.xpath("//nav[@class='languages']/a/@href")
        assert [client.get(href).status_code for href in switch] == [200, 200, 200]
