"""What is asked is found by what it means, beside its words, and by nobody who may not read it."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import Settings

from articles.audiences import AGENT, AUDIENCES, PUBLIC
from articles.operations.audit import system_user
from channels.operations.items import Retirement
from channels.operations.publishing import publish
from channels.search.confidence import ENOUGH
from channels.search.engine import Record
from channels.search.judging import Judged
from channels.search.parts import sequence_of
from channels.search.queries import search
from channels.search.semantic.fusing import Meant, sureness_in_meaning
from channels.search.semantic.nearness import Likeness
from tests.building import publish_texts, published, write_approved
from tests.search.semantic.conftest import Asked, titles

WITH_NOTE = """Come to a shop.

::: agent "For agents"
A zorped customer gets a voucher.
:::
"""


def test_an_article_is_found_that_shares_no_word_with_the_question(asked: Asked) -> None:
    published("Stolen phone", "Lock it.")
    published("Opening hours", "We are open.")
    assert titles(asked("zorped"))[:1] == ["Stolen phone"]


def test_without_the_extra_it_is_not(asked: Asked, settings: Settings) -> None:
    published("Stolen phone", "Lock it.")
    assert titles(asked("zorped")) == ["Stolen phone"]
    settings.SEARCH_SEMANTIC = False
    assert titles(asked("zorped")) == []


def test_meaning_lifts_what_words_rank_low(asked: Asked, settings: Settings) -> None:
    published("Phone shops", "Buy a phone in our shops.")
    published("Stolen things", "If it was stolen: a stolen phone.")
    assert titles(asked("zorped phone")) == ["Stolen things", "Phone shops"]
    settings.SEARCH_SEMANTIC = False
    assert titles(asked("zorped phone")) == ["Phone shops", "Stolen things"]


def test_the_hit_leads_to_the_section_that_is_meant(asked: Asked) -> None:
    published("Your phone", "## Batteries\n\nCharge it.\n\n## Theft\n\nAll about stolen ones.")
    (hit,) = asked("zorped").hits
    assert (hit.heading, hit.anchor) == ("Theft", "theft")
    assert hit.snippet_html == "All about stolen ones."


def test_what_is_near_enough_fits_and_what_is_not_does_not(asked: Asked) -> None:
    published("Stolen", "Stolen.")
    assert asked("zorped").fits
    assert not asked("weather").fits


def test_a_question_is_answered_in_another_language_where_its_own_has_nothing(
    asked: Asked,
) -> None:
    published("Stolen", "Stolen.")
    published("天气", "今天很好。", locale="zh-hans")
    (hit,) = asked("被偷", locale="zh-hans").hits
    assert (hit.locale, hit.title) == ("en", "Stolen")


def test_more_is_asked_of_an_answer_in_another_language() -> None:
    record = Record(1, "phone", "", (), (), sequence_of([])[0])
    judged = [Judged(record, score=1.0, covered=0.5, together=0.5, alike=0.0, section=-1)]
    meant = Meant({"phone": Likeness(1, "phone", 0.3, 0)})
    assert sureness_in_meaning(0.5, judged, meant, stands_in=False) >= ENOUGH
    assert sureness_in_meaning(0.5, judged, meant, stands_in=True) < ENOUGH


def test_an_agents_note_is_near_for_agents_alone(asked: Asked) -> None:
    article = published("Shops", "Come to a shop.")
    published("Sales", "A voucher.")
    before = asked("zorped voucher")
    publish_texts(write_approved("Shops", WITH_NOTE, article=article))
    for audience in AUDIENCES:
        found = asked("zorped voucher", audience=audience)
        if audience == AGENT:
            assert titles(found)[0] == "Shops"
        else:
            assert (titles(found), found.total) == (titles(before), before.total)


def test_an_article_for_agents_is_near_for_nobody_else(asked: Asked) -> None:
    published("Stolen phone", "Lock it.", audience=AGENT)
    counted: dict[str, Any] = {"counted": ["kind", "audience"]}
    for audience in AUDIENCES:
        found = asked("zorped", audience=audience, **counted)
        expected = 1 if audience == AGENT else 0
        assert (len(found.hits), found.total) == (expected, expected)
        assert any(found.facets["audience"].values()) == (audience == AGENT)


def test_what_only_meaning_found_is_counted_and_narrowed(asked: Asked) -> None:
    published("Stolen phone", "Lock it.", kind="support")
    published("Zorped", "Insurance.", kind="product")
    found = asked("zorped", counted=["kind"])
    assert (found.total, found.facets) == (2, {"kind": {"product": 1, "support": 1}})
    assert titles(asked("zorped", chosen={"kind": ["support"]})) == ["Stolen phone"]


def test_what_was_taken_off_is_near_no_more(asked: Asked) -> None:
    article = published("Stolen phone", "Lock it.")
    assert titles(asked("zorped")) == ["Stolen phone"]
    publish(items=[Retirement(article)], actor=system_user())
    assert titles(asked("zorped")) == []


def test_a_former_text_is_near_no_more(asked: Asked) -> None:
    article = published("Stolen phone", "Lock it.")
    assert titles(asked("zorped")) == ["Stolen phone"]
    publish_texts(write_approved("Weather", "Rain.", article=article))
    assert titles(asked("zorped")) == []


@pytest.mark.parametrize("question", ["", " ", "?!", "\x00", "被" * 10_000, "🦊", "(((", "a OR"])
def test_no_question_is_too_odd(asked: Asked, question: str) -> None:
    published("Stolen phone", "Lock it.")
    asked(question, audience=PUBLIC)


def test_a_question_costs_no_statement_more(
    asked: Asked, settings: Settings, django_assert_num_queries: Any
) -> None:
    published("Stolen phone", "Lock it.")
    asked("zorped")
    with django_assert_num_queries(3):
        search("zorped phone", locale="en", rank=0)
    settings.SEARCH_SEMANTIC = False
    with django_assert_num_queries(3):
        search("zorped phone", locale="en", rank=0)
