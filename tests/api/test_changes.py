"""GET /api/v1/changes/: the net difference between two editions, and nothing left unsaid."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from articles.models import Article
from articles.operations.audit import system_user
from channels.operations.items import Retirement
from channels.operations.publishing import publish
from channels.operations.rollback import go_back
from tests.api.asserting import assert_problem, read
from tests.api.conftest import KeyMaker, with_key
from tests.building import publish_texts, published, write_approved

pytestmark = pytest.mark.django_db
PATH = "/api/v1/changes/"


def changes(client: Client, since: int) -> dict[str, str]:
    """Return the change by article id."""
    answer = read(client.get(f"{PATH}?since={since}"))
    assert answer["complete"]
    return {item["id"]: item["change"] for item in answer["results"]}


def retire(article: Article) -> None:
    publish(items=[Retirement(article)], actor=system_user())


def republish(article: Article, title: str) -> None:
    publish_texts(write_approved(title, f"About {title}.", article=article))


def narrow(article: Article, audience: str) -> None:
    Article.objects.filter(pk=article.pk).update(audience=audience)
    republish(Article.objects.get(pk=article.pk), f"For {audience}")


def test_since_zero_gives_everything(client: Client) -> None:
    one, two = published("One"), published("Two")
    assert changes(client, 0) == {one.public_id: "added", two.public_id: "added"}


def test_since_the_current_edition_gives_nothing(client: Client) -> None:
    published()
    assert read(client.get(PATH + "?since=1")) == {
        "edition": 1,
        "since": 1,
        "complete": True,
        "results": [],
        "next": None,
        "previous": None,
    }


def test_additions_changes_and_removals_are_told_apart(client: Client) -> None:
    stays, changes_, goes = published("Stays"), published("Changes"), published("Goes")
    republish(changes_, "Changed")
    retire(goes)
    comes = published("Comes")
    assert changes(client, 3) == {
        changes_.public_id: "changed",
        goes.public_id: "removed",
        comes.public_id: "added",
    }
    assert stays.public_id in changes(client, 0)


def test_a_changed_item_is_the_lists_item(client: Client) -> None:
    published()
    (item,) = read(client.get(PATH + "?since=0"))["results"]
    assert item.pop("change") == "added"
    assert [item] == read(client.get("/api/v1/articles/"))["results"]


def test_a_tombstone_tells_which_text_is_gone_and_no_more(client: Client) -> None:
    article = published()
    retire(article)
    (item,) = read(client.get(PATH + "?since=1"))["results"]
    told = {name: value for name, value in item.items() if value is not None}
    assert told == {"id": article.public_id, "locale": "en", "change": "removed"}
    assert item["digest"] is None


def test_what_came_and_went_in_between_is_not_mentioned(client: Client) -> None:
    published("Before")
    retire(published("Brief"))
    assert changes(client, 1) == {}


def test_what_is_told_alike_again_is_no_change(client: Client) -> None:
    article = published("First")
    republish(article, "Second")
    go_back(number=1, actor=system_user())
    assert changes(client, 1) == {}
    assert changes(client, 2) == {article.public_id: "changed"}


def test_what_became_for_fewer_readers_is_removed_for_the_rest(
    client: Client, key: KeyMaker
) -> None:
    article = published()
    narrow(article, "agent")
    assert changes(client, 1) == {article.public_id: "removed"}
    assert changes(with_key(key("agent")), 1) == {article.public_id: "changed"}
    assert changes(client, 0) == {}


def test_what_became_for_more_readers_is_added_for_them(client: Client, key: KeyMaker) -> None:
    article = published(audience="agent")
    narrow(article, "public")
    assert changes(client, 1) == {article.public_id: "added"}
    assert changes(with_key(key("agent")), 1) == {article.public_id: "changed"}


def test_what_a_reader_could_never_read_leaves_no_tombstone(client: Client) -> None:
    hidden = published(audience="agent")
    published("Public")
    retire(hidden)
    assert changes(client, 2) == {}


def test_folding_the_changes_gives_the_list(client: Client) -> None:
    articles = [published(f"Article {number}") for number in range(4)]
    mirror: dict[str, Any] = {}

    def catch_up(since: int) -> int:
        answer = read(client.get(f"{PATH}?since={since}"))
        for item in answer["results"]:
            if item.pop("change") == "removed":
                del mirror[item["id"]]
            else:
                mirror[item["id"]] = item
        return int(answer["edition"])

    edition = catch_up(0)
    republish(articles[0], "Again")
    retire(articles[1])
    edition = catch_up(edition)
    go_back(number=4, actor=system_user())
    catch_up(edition)
    listed = read(client.get("/api/v1/articles/"))["results"]
    assert [mirror[name] for name in sorted(mirror)] == listed


def test_a_part_of_an_edition_says_that_more_is_to_come(client: Client) -> None:
    articles = [published(f"Article {number}") for number in range(5)]
    first = read(client.get(PATH + "?since=0&limit=2"))
    assert not first["complete"]
    # What is published while a partner turns the pages belongs to the next time.
    published("Late")
    retire(articles[4])
    second = read(client.get(first["next"]))
    third = read(client.get(second["next"]))
    assert not second["complete"]
    assert third["complete"]
    assert third["next"] is None
    assert {page["edition"] for page in (first, second, third)} == {5}
    told = [item["id"] for page in (first, second, third) for item in page["results"]]
    assert told == sorted(article.public_id for article in articles)


def test_an_edition_that_is_yet_to_come_is_refused(client: Client) -> None:
    published()
    assert_problem(client.get(PATH + "?since=2"), 400, "unknown-edition")


def test_since_must_be_said(client: Client) -> None:
    problem = assert_problem(client.get(PATH), 400, "invalid")
    assert problem["errors"][0]["field"] == "since"


def test_the_number_of_statements_is_constant(
    client: Client, django_assert_num_queries: Any
) -> None:
    for size in (1, 8):
        publish_texts(*(write_approved(f"Article {size} {n}") for n in range(size)))
        with django_assert_num_queries(2):
            client.get(PATH + "?since=0")
