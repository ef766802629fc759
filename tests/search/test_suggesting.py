"""What is suggested while a reader types: words of what they are told, and of nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from articles.audiences import AUDIENCES, rank
from articles.operations.audit import system_user
from channels.operations.items import Retirement
from channels.operations.outbox import drain
from channels.operations.publishing import publish
from channels.search.suggesting import Suggestion, suggest
from tests.building import publish_texts, published, write_approved

pytestmark = pytest.mark.django_db


def texts(text: str, *, locale: str = "en", audience: str = "public", limit: int = 8) -> list[str]:
    return [one.text for one in suggest(text, locale=locale, rank=rank(audience), limit=limit)]


def test_titles_and_questions_go_on_from_what_is_typed() -> None:
    article = published("Activate an eSIM", questions=["How do I set up my eSIM?"])
    published("Broken screen")
    drain()
    assert texts("act") == texts("Activate an e") == ["Activate an eSIM"]
    assert suggest("how do I s", locale="en", rank=0) == [
        Suggestion("How do I set up my eSIM?", "en", article.public_id)
    ]
    assert texts("settings") == []


def test_chinese_is_suggested_from_its_first_character_in_either_script() -> None:
    published("激活 eSIM", questions=["如何激活我的 eSIM？"], locale="zh-hans")
    drain()
    assert texts("激", locale="zh-hans") == ["激活 eSIM"]
    assert texts("如何激", locale="zh-hans") == ["如何激活我的 eSIM？"]


@pytest.mark.parametrize("typed", ["tide5", "TIDE 5", "tide5pr", "tide5pro"])
def test_a_name_and_its_number_may_be_typed_together(typed: str) -> None:
    published("Tide 5 Pro")
    published("Tide Pad")
    drain()
    assert texts(typed) == ["Tide 5 Pro"]


def test_an_article_is_suggested_once_and_a_text_once() -> None:
    published("Router", questions=["Router lights", "Router set-up"])
    published("router", slug="other")
    drain()
    assert [text.lower() for text in texts("rou")] == ["router"]


@pytest.mark.parametrize("typed", ["canary", "canaryword", "offer can", "x"])
def test_nobody_is_suggested_a_word_that_they_may_not_read(typed: str) -> None:
    published("Offer canaryword", questions=["x canaryword"], audience="agent")
    published("Refunds", "Words.\n\n::: agent\nOffer canaryword.\n:::")
    drain()
    for audience in AUDIENCES:
        told = " ".join(texts(typed, audience=audience))
        assert ("canaryword" in told) == (audience == "agent")


def test_nothing_is_suggested_that_the_edition_does_not_say_now() -> None:
    renamed = published("Fax line")
    retired = published("Fax number")
    drain()
    assert sorted(texts("fax")) == ["Fax line", "Fax number"]
    # The index does not know of it yet.
    publish_texts(write_approved("Faxes", article=renamed))
    publish(items=[Retirement(retired)], actor=system_user())
    assert texts("fax") == []


def test_where_a_locale_has_nothing_another_stands_in() -> None:
    published("Warranty")
    published("账单", locale="zh-hans")
    drain()
    assert suggest("war", locale="zh-hans", rank=0)[0].locale == "en"


def test_what_readers_often_ask_comes_after_and_once() -> None:
    published("Reset the router")
    drain()

    def often(locale: str, rank: int, text: str) -> list[str]:
        return ["reset the router", "Reset my PIN", "Reset all"]

    found = suggest("reset", locale="en", rank=0, limit=2, frequent=often)
    assert [one.text for one in found] == ["Reset the router", "Reset my PIN"]


@pytest.mark.parametrize("typed", ["", " ", "?", "*", '"', "audience:agent", "\0", "\ud800", "🔌"])
def test_what_says_nothing_suggests_nothing(typed: str) -> None:
    published("Offers", audience="agent")
    drain()
    assert texts(typed) == []


def test_suggesting_takes_two_statements_however_much_there_is(
    django_assert_num_queries: Any,
) -> None:
    published("Fax 1")
    drain()
    for number in range(2, 5):
        with django_assert_num_queries(2):
            texts("fa")
        published(f"Fax {number}")
        drain()
