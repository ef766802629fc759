"""Every page says its language, and leads to itself in the others."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.models import Article
from tests.building import published
from tests.website.conftest import hrefs, page, structured_data, words


def alternates(response: object) -> dict[str, str]:
    head = page(response).head  # type: ignore[arg-type]
    links = head.xpath("link[@rel='alternate']")
    return {
        link.get("hreflang"): link.get("href").removeprefix("http://testserver") for link in links
    }


@pytest.mark.parametrize(
    ("asked", "locale"),
    [
        ("en-GB", "en"),
        ("zh-CN,zh", "zh-hans"),
        ("zh-TW", "zh-hant"),
        ("zh-HK", "zh-hant"),
        ("fr", "en"),
    ],
)
def test_the_root_leads_to_the_readers_language(
    client: Client, db: None, asked: str, locale: str
) -> None:
    response = client.get("/", headers={"Accept-Language": asked})
    assert response.status_code == 302
    assert response["Location"] == f"/{locale}/"


def test_a_page_names_its_language(client: Client, esim: Article) -> None:
    langs = {"en": "en", "zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}
    assert {locale: page(client.get(f"/{locale}/")).get("lang") for locale in langs} == langs


def test_an_article_names_its_texts_in_other_languages(client: Client, esim: Article) -> None:
    chinese = "/zh-hans/articles/%E6%BF%80%E6%B4%BB-esim/"
    assert alternates(client.get("/en/articles/activate-esim/")) == {
        "en": "/en/articles/activate-esim/",
        "zh-Hans": chinese,
        "x-default": "/en/articles/activate-esim/",
    }
    assert alternates(client.get(chinese)) == alternates(client.get("/en/articles/activate-esim/"))


def test_the_switch_leads_to_the_same_article(client: Client, esim: Article) -> None:
    switch = page(client.get("/en/articles/activate-esim/")).xpath("//nav[@class='languages']/a")
    for link in switch:
        response = client.get(link.get("href"), follow=True)
        assert response.status_code == 200
        assert esim.public_id in response.content.decode()


def test_a_text_that_stands_in_is_flagged_and_keeps_its_own_language(
    client: Client, tariff: Article
) -> None:
    address = f"/zh-hans/a/{tariff.public_id}/"
    response = client.get(address)
    assert response.status_code == 200
    parsed = page(response)
    assert parsed.get("lang") == "zh-Hans"
    assert parsed.xpath("//article")[0].get("lang") == "en"
    notice = parsed.find_class("notice")[0].text_content()
    assert "简体中文" in notice
    assert "English" in notice
    canonical = parsed.head.xpath("string(link[@rel='canonical']/@href)")
    assert canonical == "http://testserver/en/articles/tariffs/"
    assert structured_data(response)["inLanguage"] == "en"


def test_a_list_shows_each_article_once_in_the_best_language(
    client: Client, tariff: Article
) -> None:
    response = client.get("/zh-hans/articles/")
    shown = words(response)
    assert "激活 eSIM" in shown
    assert "Activate an eSIM" not in shown
    assert "Our tariffs" in shown
    assert f"/zh-hans/a/{tariff.public_id}/" in hrefs(response)


def test_a_slug_of_another_language_leads_to_the_readers_text(
    client: Client, esim: Article
) -> None:
    response = client.get("/zh-hans/articles/activate-esim/")
    assert response.status_code == 302
    assert response["Location"] == "/zh-hans/articles/%E6%BF%80%E6%B4%BB-esim/"


def test_two_languages_may_give_one_slug_to_two_articles(client: Client, tariff: Article) -> None:
    published("资费", "三种。", locale="zh-hans", slug="tariffs")
    assert "资费" in words(client.get("/zh-hans/articles/tariffs/"))
    assert "Our tariffs" in words(client.get("/en/articles/tariffs/"))
    assert "Our tariffs" in words(client.get(f"/zh-hans/a/{tariff.public_id}/"))
    assert "zh-Hans" not in alternates(client.get("/en/articles/tariffs/"))


def test_where_no_language_of_the_readers_has_the_text_the_page_says_which_has(
    client: Client, db: None
) -> None:
    article = published("资费", "三种。", locale="zh-hans", slug="资费")
    response = client.get(f"/en/a/{article.public_id}/")
    assert response.status_code == 404
    assert "/zh-hans/articles/%E8%B5%84%E8%B4%B9/" in hrefs(response)
