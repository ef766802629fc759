"""What the log tells: what is missing, and what may be suggested."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from channels.models import FrequentQuery
from channels.operations.search_log import keep_search_log
from channels.search.recording import note, note_outcome
from channels.search.unanswered import frequent_queries, unanswered
from tests.search_words.test_search_log import SEARCH

pytestmark = pytest.mark.django_db
Flush = Callable[[], int]
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def asked(query: str, *, days_ago: int = 1, what: str = "", **other: Any) -> None:
    at = NOW - timedelta(days=days_ago)
    search_id = note(**SEARCH | {"query": query} | other, now=at)
    if what:
        note_outcome(search_id=search_id, public_id="one", what=what, now=at)


def often(query: str, *, times: int = 5, days: int = 3, what: str = "opened", **other: Any) -> None:
    for number in range(times):
        asked(query, days_ago=1 + number % days, what=what if number == 0 else "", **other)


NOTHING = {"total": 0, "fits": False, "results": []}


def test_what_is_asked_most_and_finds_nothing_comes_first(search_log: Flush) -> None:
    for query in ("eSIM on a boat?", "ESIM on a boat", "esim  on a boat!"):
        asked(query, **NOTHING)
    asked("esim on a boat", days_ago=5, fits=False)
    asked("Lost hat", **NOTHING)
    asked("reset my pin")
    search_log()
    first, second = unanswered(since=NOW - timedelta(days=30))
    assert (first.folded, first.times, first.days) == ("esim on a boat", 4, 2)
    assert first.query in ("eSIM on a boat?", "ESIM on a boat")
    assert (second.folded, second.times) == ("lost hat", 1)


def test_both_scripts_of_chinese_are_one_question_in_each_language(search_log: Flush) -> None:
    asked("船上怎么用", locale="zh-hans", **NOTHING)
    asked("船上怎麼用？", locale="zh-hans", **NOTHING)
    asked("船上怎麼用", locale="zh-hant", **NOTHING)
    search_log()
    assert [(one.locale, one.times) for one in unanswered()] == [("zh-hans", 2), ("zh-hant", 1)]
    assert [one.locale for one in unanswered(locale="zh-hant")] == ["zh-hant"]


@pytest.mark.parametrize(("what", "left"), [("opened", 0), ("helped", 0), ("not_helped", 1)])
def test_who_opened_something_was_answered(search_log: Flush, what: str, left: int) -> None:
    asked("esim", fits=False, what=what)
    search_log()
    assert len(unanswered()) == left


def test_what_was_asked_before_the_period_is_left_out(search_log: Flush) -> None:
    asked("esim", days_ago=40, **NOTHING)
    search_log()
    assert unanswered(since=NOW - timedelta(days=30)) == []
    assert len(unanswered()) == 1


def test_it_is_one_statement(
    search_log: Flush, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        asked(f"esim {number}", **NOTHING)
    search_log()
    with django_assert_num_queries(1):
        assert len(unanswered(most=3)) == 3


def test_what_is_asked_often_and_well_may_be_suggested(
    search_log: Flush, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    often("Reset my PIN", times=5)
    often("Reset my router", times=7)
    often("Change my plan")
    search_log()
    keep_search_log(now=NOW)
    with django_assert_num_queries(1):
        assert frequent_queries("en", 0, "ＲＥＳＥＴ") == ["Reset my router", "Reset my PIN"]
    assert frequent_queries("zh-hans", 0, "reset") == []
    assert frequent_queries("en", 0, "") == []
    assert frequent_queries("en", 0, "%") == []


@pytest.mark.parametrize(
    ("query", "how"),
    [
        ("reset my pin", {"times": 4}),
        ("reset my pin", {"days": 2}),
        ("reset my pin", {"what": ""}),
        ("reset my pin", {"what": "not_helped"}),
        ("reset my pin", {"fits": False}),
        ("reset my pin", {"total": 0}),
        ("reset 13800138000", {}),
        ("r", {}),
    ],
)
def test_what_is_rare_or_was_of_no_help_or_masked_is_not(
    search_log: Flush, query: str, how: dict[str, Any]
) -> None:
    often(query, **how)
    search_log()
    keep_search_log(now=NOW)
    assert frequent_queries("en", 3, "r") == []


def test_nobody_is_suggested_what_only_readers_above_them_ask(search_log: Flush) -> None:
    often("reset canary", audience_rank=3)
    often("Reset my PIN", times=4, audience_rank=0)
    often("reset my pin", times=1, audience_rank=1)
    search_log()
    keep_search_log(now=NOW)
    found = [frequent_queries("en", rank, "reset") for rank in range(4)]
    assert found[0] == []
    assert found[1] == found[2] == ["Reset my PIN"]
    assert sorted(found[3]) == ["Reset my PIN", "reset canary"]


def test_the_count_is_of_the_last_days_and_made_anew(search_log: Flush) -> None:
    often("reset my pin")
    search_log()
    keep_search_log(now=NOW)
    keep_search_log(now=NOW)
    assert FrequentQuery.objects.count() == 1
    keep_search_log(now=NOW + timedelta(days=100))
    assert FrequentQuery.objects.count() == 0
