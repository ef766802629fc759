"""The telephone's menus: every public article can be reached, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from articles.models import Article
from articles.operations.audit import system_user
from channels.ivr import views
from channels.operations.items import Retirement
from channels.operations.publishing import publish
from tests.building import published
from tests.ivr.calling import call, walk

pytestmark = pytest.mark.django_db


def articles_in(heard: dict[str, Any]) -> set[str]:
    return {url.split("/")[4] for url in heard if "/articles/" in url}


def test_a_caller_reaches_every_public_article_by_keys(
    client: Client, large_company: set[str]
) -> None:
    assert articles_in(walk(client, "/ivr/en/")) == large_company


def test_a_caller_hears_only_articles_in_their_language(client: Client, company: set[str]) -> None:
    assert articles_in(walk(client, "/ivr/zh-hans/")) == {"esim", "screen", "hello"}


def test_another_script_of_the_same_language_is_understood(
    client: Client, company: set[str]
) -> None:
    heard = walk(client, "/ivr/zh-hant/")
    assert articles_in(heard) == {"esim", "screen", "hello"}
    assert "激活 eSIM" in heard["/ivr/zh-hant/articles/esim/"].words


def test_the_call_begins_with_a_choice_of_languages_each_in_its_own_words(
    client: Client, company: set[str]
) -> None:
    heard = call(client, "/ivr/")
    assert "For English, press 1." in heard.words
    assert "普通话，请按2。" in heard.words
    assert "國語，請按3。" in heard.words
    assert heard.leads_to() == ["/ivr/en/", "/ivr/zh-hans/", "/ivr/zh-hant/"]


def test_where_there_is_one_language_the_call_begins_with_its_menu(client: Client) -> None:
    published()
    assert call(client, "/ivr/").leads_to() == ["/ivr/en/other/"]


def test_the_main_menu_offers_only_topics_that_lead_to_something(
    client: Client, company: set[str]
) -> None:
    heard = call(client, "/ivr/en/")
    assert heard.leads_to() == ["/ivr/en/topics/phones/", "/ivr/en/topics/plans/", "/ivr/en/other/"]


def test_a_topic_offers_narrower_topics_then_its_articles_then_the_way_back(
    client: Client, company: set[str]
) -> None:
    heard = call(client, "/ivr/en/topics/phones/")
    assert heard.key("1") == "/ivr/en/topics/tablets/"
    assert heard.key("2") == "/ivr/en/articles/esim/"
    assert heard.key("*") == "/ivr/en/"
    assert call(client, "/ivr/en/topics/tablets/").key("*") == "/ivr/en/topics/phones/"


def test_the_ninth_key_leads_to_more(client: Client, large_company: set[str]) -> None:
    heard = call(client, "/ivr/en/topics/plans/")
    assert heard.key("9") == "#page-2"
    assert heard.key("2", page=2).startswith("/ivr/en/articles/plan-")


def test_a_menu_past_what_a_document_offers_goes_on_at_the_next_address(
    client: Client, large_company: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MOST_CHOICES", 4)
    first, second, third = (
        call(client, f"/ivr/en/topics/plans/{query}") for query in ("", "?page=2", "?page=3")
    )
    assert first.key("9") == "/ivr/en/topics/plans/?page=2"
    assert second.key("9") == "/ivr/en/topics/plans/?page=3"
    assert third.leads_to()[-1] == second.key("*") == "/ivr/en/"
    assert [len(heard.leads_to()) for heard in (first, second, third)] == [6, 6, 3]
    assert articles_in(walk(client, "/ivr/en/")) == large_company


def test_a_page_of_a_menu_that_there_is_not_is_regretted(
    client: Client, company: set[str], subtests: pytest.Subtests
) -> None:
    for page in ("0", "2", "-1", "x", "１", "%00", "9" * 5000):
        for menu in ("", "topics/plans/", "other/"):
            with subtests.test(menu=menu, page=page):
                heard = call(client, f"/ivr/en/{menu}?page={page}")
                assert heard.status == 404
                assert heard.leads_to() == ["/ivr/en/"]


def test_before_the_first_edition_the_caller_is_told_that_there_is_nothing(
    client: Client,
) -> None:
    heard = call(client, "/ivr/")
    assert heard.headers["Knowledge-Edition"] == "0"
    assert "What would you like to know about? There is nothing here" in heard.words


def test_a_retired_article_leaves_the_menu(client: Client, company: set[str]) -> None:
    retired = Retirement(Article.objects.get(public_id="esim"))
    publish(items=[retired], actor=system_user())
    assert articles_in(walk(client, "/ivr/en/")) == company - {"esim"}


def test_an_answer_takes_few_statements_however_much_is_told(
    client: Client,
    large_company: set[str],
    subtests: pytest.Subtests,
    django_assert_max_num_queries: Any,
) -> None:
    for path in ("", "en/", "en/topics/plans/", "en/other/", "en/articles/plan-1/"):
        with subtests.test(path), django_assert_max_num_queries(4):
            client.get(f"/ivr/{path}")


def test_who_has_the_document_is_told_so_and_gets_no_cookie(
    client: Client, company: set[str], subtests: pytest.Subtests
) -> None:
    for url in ("/ivr/", "/ivr/en/", "/ivr/en/articles/esim/"):
        with subtests.test(url):
            first = client.get(url)
            assert first.headers["Knowledge-Edition"] == "1"
            assert first.headers["Cache-Control"] == "no-cache"
            assert not first.cookies
            again = client.get(url, headers={"If-None-Match": first.headers["ETag"]})
            assert again.status_code == 304
            assert again.headers["Knowledge-Edition"] == "1"


def test_key_0_leads_to_a_person_where_there_is_one(
    client: Client, company: set[str], settings: Any
) -> None:
    person = "https://pbx.example.com/person.vxml"
    places = ["/ivr/en/", "/ivr/en/topics/phones/", "/ivr/en/articles/esim/"]
    assert [call(client, place).key("0") for place in places] == [""] * 3
    settings.IVR_PERSON_URL = person
    assert [call(client, place).key("0") for place in places] == [person] * 3
