"""GET /api/v1/articles/: what an edition tells a caller, page by page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from articles.operations.audit import system_user
from articles.operations.topics import save_topic
from channels.operations.items import Retirement
from channels.operations.publishing import publish
from tests.api.asserting import assert_problem, read
from tests.api.conftest import KeyMaker, with_key
from tests.building import publish_texts, published, write_approved

pytestmark = pytest.mark.django_db
PATH = "/api/v1/articles/"


def titles(answer: dict[str, Any]) -> list[str]:
    return sorted(item["title"] for item in answer["results"])


def walk(client: Client, path: str) -> list[dict[str, Any]]:
    """Return the answers from `path` along `next`."""
    pages = []
    while path:
        pages.append(read(client.get(path)))
        path = pages[-1]["next"]
    return pages


def test_before_the_first_edition_the_list_is_empty(client: Client) -> None:
    assert read(client.get(PATH)) == {
        "edition": 0,
        "results": [],
        "next": None,
        "previous": None,
    }


def test_an_item_says_what_the_allowlist_says_and_no_more(client: Client) -> None:
    article = published("Activate an eSIM", summary="In five steps.")
    answer = read(client.get(PATH))
    (item,) = answer["results"]
    detail = client.get(item["url"])
    assert item == {
        "id": article.public_id,
        "locale": "en",
        "converted_from": None,
        "slug": "activate-an-esim",
        "title": "Activate an eSIM",
        "summary": "In five steps.",
        "kind": "support",
        "topic": "",
        "products": [],
        "digest": detail["Knowledge-Digest"],
        "url": f"/api/v1/articles/{article.public_id}/?locale=en",
        "website_url": "/en/articles/activate-an-esim/",
    }
    assert answer["edition"] == 1


def test_a_visitor_sees_only_what_is_for_everybody(client: Client, key: KeyMaker) -> None:
    published("For all", audience="public")
    published("For partners", audience="partner")
    published("For agents", audience="agent")
    assert titles(read(client.get(PATH))) == ["For all"]
    partner = with_key(key("partner"))
    assert titles(read(partner.get(PATH))) == ["For all", "For partners"]
    assert titles(read(partner.get(PATH + "?audience=public"))) == ["For all"]
    assert titles(read(partner.get(PATH + "?channel=website"))) == ["For all"]
    for above in ("audience=agent", "channel=agent"):
        assert titles(read(partner.get(f"{PATH}?{above}"))) == ["For all", "For partners"]


def test_what_is_not_for_everybody_has_no_address_on_the_website(key: KeyMaker) -> None:
    published("For partners", audience="partner")
    (item,) = read(with_key(key("partner")).get(PATH))["results"]
    assert item["website_url"] is None


def test_the_list_is_filtered_by_kind_and_locale(client: Client) -> None:
    article = published("A plan", kind="sales")
    published("A fault", kind="support")
    publish_texts(write_approved("一個方案", "內容", article=article, locale="zh-hant"))
    assert titles(read(client.get(PATH + "?kind=sales"))) == ["A plan", "一個方案"]
    assert titles(read(client.get(PATH + "?kind=sales&locale=zh-Hant"))) == ["一個方案"]


def test_a_topic_includes_those_below_it(client: Client) -> None:
    actor = system_user()
    phones = save_topic(actor=actor, slug="phones", names={"en": "Phones"})
    esim = save_topic(actor=actor, slug="esim", names={"en": "eSIM"}, parent=phones)
    billing = save_topic(actor=actor, slug="billing", names={"en": "Billing"})
    published("A phone", topic=phones)
    published("An eSIM", topic=esim)
    published("A bill", topic=billing)
    assert titles(read(client.get(PATH + "?topic=phones"))) == ["A phone", "An eSIM"]
    assert titles(read(client.get(PATH + "?topic=esim"))) == ["An eSIM"]


def test_an_earlier_edition_is_listed_as_it_was(client: Client) -> None:
    article = published("First wording")
    publish_texts(write_approved("Second wording", article=article))
    published("Another")
    answer = client.get(PATH + "?edition=1")
    assert titles(read(answer)) == ["First wording"]
    assert answer["Knowledge-Edition"] == "1"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    (item,) = answer.json()["results"]
    assert client.get(item["url"])["Knowledge-Digest"] == item["digest"]
    assert titles(read(client.get(PATH))) == ["Another", "Second wording"]


def test_pages_follow_each_other_without_gap_or_repetition(client: Client) -> None:
    publish_texts(*(write_approved(f"Article {number}") for number in range(5)))
    pages = walk(client, PATH + "?limit=2")
    assert [len(page["results"]) for page in pages] == [2, 2, 1]
    told = [item["id"] for page in pages for item in page["results"]]
    assert told == sorted(set(told))
    assert pages[0]["previous"] is None
    assert read(client.get(pages[2]["previous"]))["results"] == pages[1]["results"]
    first = read(client.get(pages[1]["previous"]))
    assert first["results"] == pages[0]["results"]
    assert first["previous"] is None
    assert first["next"] == pages[0]["next"]


def test_all_pages_tell_the_edition_of_the_first(client: Client) -> None:
    old = [write_approved(f"Article {number}", "Old.") for number in range(4)]
    publish_texts(*old)
    articles = [revision.text.article for revision in old]
    before = [item for page in walk(client, PATH + "?limit=2") for item in page["results"]]
    first = read(client.get(PATH + "?limit=2"))
    publish_texts(*(write_approved(f"New {a.public_id}", "New.", article=a) for a in articles))
    publish(items=[Retirement(articles[0])], actor=system_user())
    second = client.get(first["next"])
    assert read(second)["results"] == before[2:]
    assert second.json()["edition"] == first["edition"] == 1
    assert second["Knowledge-Edition"] == "1"
    assert len(read(client.get(PATH))["results"]) == 3


def test_a_cursor_belongs_to_its_question(client: Client) -> None:
    publish_texts(*(write_approved(f"Article {number}") for number in range(2)))
    following = read(client.get(PATH + "?limit=1"))["next"]
    assert_problem(client.get(following + "&kind=sales"), 400, "bad-cursor")
    cursor = following.split("cursor=")[1]
    assert_problem(client.get(f"/api/v1/editions/?limit=1&cursor={cursor}"), 400, "bad-cursor")


def test_a_cursor_opens_nothing_that_its_caller_may_not_read(client: Client, key: KeyMaker) -> None:
    publish_texts(*(write_approved(f"Article {n}", audience="partner") for n in range(3)))
    following = read(with_key(key("partner")).get(PATH + "?limit=2"))["next"]
    assert read(client.get(following))["results"] == []


def test_the_number_of_statements_does_not_grow_with_the_list(
    client: Client, key: KeyMaker, subtests: pytest.Subtests, django_assert_num_queries: Any
) -> None:
    topic = save_topic(actor=system_user(), slug="phones", names={"en": "Phones"})
    partner = with_key(key("partner"))
    for size in (1, 8):
        publish_texts(*(write_approved(f"Article {size} {n}", topic=topic) for n in range(size)))
        for question in ("", "?limit=100", "?topic=phones&locale=en&kind=support"):
            # The key, the pointer, the topics where they are asked for, and the page.
            statements = 4 if "topic" in question else 3
            with subtests.test(size=size, question=question), django_assert_num_queries(statements):
                partner.get(PATH + question)
