"""Editions and the topic tree by API."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from articles.operations.audit import system_user
from articles.operations.topics import save_topic
from channels.models import Edition
from tests.api.asserting import assert_problem, read
from tests.api.conftest import KeyMaker, with_key
from tests.building import published

pytestmark = pytest.mark.django_db


def test_before_the_first_edition_none_is_current(client: Client) -> None:
    assert_problem(client.get("/api/v1/editions/current/"), 404, "not-found")
    assert read(client.get("/api/v1/editions/"))["results"] == []


def test_an_edition_says_its_place_in_the_chain(client: Client) -> None:
    published("One")
    published("Two")
    first, second = Edition.objects.order_by("number")
    answer = read(client.get("/api/v1/editions/current/"))
    assert answer == {
        "number": 2,
        "cause": "publish",
        "published_at": second.published_at.isoformat().replace("+00:00", "Z"),
        "manifest_digest": second.manifest_digest,
        "previous_digest": first.manifest_digest,
        "counts": {"added": 1, "changed": 0, "removed": 0, "live": 2},
    }
    assert read(client.get("/api/v1/editions/2/")) == answer


def test_what_is_said_of_an_edition_may_be_kept_and_what_is_current_may_not(
    client: Client,
) -> None:
    published()
    assert "immutable" in client.get("/api/v1/editions/1/")["Cache-Control"]
    assert client.get("/api/v1/editions/current/")["Cache-Control"] == "no-cache"


def test_editions_are_listed_newest_first_and_stay_pinned(client: Client) -> None:
    for number in range(3):
        published(f"Article {number}")
    first = read(client.get("/api/v1/editions/?limit=2"))
    published("Late")
    second = read(client.get(first["next"]))
    numbers = [item["number"] for page in (first, second) for item in page["results"]]
    assert numbers == [3, 2, 1]
    assert second["edition"] == 3


def test_there_is_no_such_edition(client: Client, subtests: pytest.Subtests) -> None:
    published()
    for number in ("0", "2", "-1", "01", "1.0", "x", "1" + "0" * 30, "%00", "１"):
        with subtests.test(number):
            assert_problem(client.get(f"/api/v1/editions/{number}/"), 404, "not-found")


def test_the_tree_is_told_in_reading_order_in_the_readers_language(client: Client) -> None:
    actor = system_user()
    phones = save_topic(actor=actor, slug="phones", names={"en": "Phones", "zh-hant": "手機"})
    esim = save_topic(actor=actor, slug="esim", names={"en": "eSIM"}, parent=phones)
    billing = save_topic(actor=actor, slug="billing", names={"en": "Billing"})
    published("Activate", topic=esim)
    published("Bills", topic=billing)
    answer = read(client.get("/api/v1/topics/?locale=zh-hant"))
    told = {item["slug"]: item for item in answer["results"]}
    assert told["phones"] == {"slug": "phones", "name": "手機", "parent": "", "depth": 0}
    assert told["esim"] == {"slug": "esim", "name": "eSIM", "parent": "phones", "depth": 1}
    slugs = [item["slug"] for item in answer["results"]]
    assert slugs.index("esim") == slugs.index("phones") + 1
    by_header = client.get("/api/v1/topics/", headers={"Accept-Language": "zh-TW"})
    assert read(by_header)["results"] == answer["results"]
    assert by_header["Content-Language"] == "zh-Hant"


def test_a_renamed_topic_keeps_its_name_in_earlier_editions(client: Client) -> None:
    actor = system_user()
    phones = save_topic(actor=actor, slug="phones", names={"en": "Phones"})
    published("One", topic=phones)
    save_topic(actor=actor, slug="phones", names={"en": "Telephones"})
    published("Two")
    names = [
        read(client.get(f"/api/v1/topics/?locale=en{asked}"))["results"][0]["name"]
        for asked in ("&edition=1", "")
    ]
    assert names == ["Phones", "Telephones"]


def test_a_topic_is_told_to_whoever_can_read_something_at_or_below_it(
    client: Client, key: KeyMaker
) -> None:
    actor = system_user()
    deals = save_topic(actor=actor, slug="deals", names={"en": "Deals"})
    fraud = save_topic(actor=actor, slug="fraud", names={"en": "Fraud"}, parent=deals)
    save_topic(actor=actor, slug="empty", names={"en": "Empty"})
    published("Margins", topic=deals, audience="partner")
    published("Warnings", topic=fraud, audience="agent")

    def told(caller: Client, asked: str = "") -> list[str]:
        answer = read(caller.get(f"/api/v1/topics/{asked}"))
        return [item["slug"] for item in answer["results"]]

    assert told(client) == []
    assert told(with_key(key("partner"))) == ["deals"]
    assert told(with_key(key("agent"))) == ["deals", "fraud"]
    assert told(with_key(key("agent")), "?edition=1") == ["deals"]
    for slug in ("fraud", "empty", "nowhere"):
        answer = client.get(f"/api/v1/articles/?topic={slug}")
        assert_problem(answer, 400, "unknown-topic")


def test_few_statements(
    client: Client, subtests: pytest.Subtests, django_assert_max_num_queries: Any
) -> None:
    published()
    for path in ("editions/", "topics/", "editions/current/"):
        with subtests.test(path), django_assert_max_num_queries(2):
            client.get(f"/api/v1/{path}")
