"""Golden queries: what must be found, and whether it is."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from articles.exceptions import InvalidInput, NotAllowed, WrongState
from articles.models import Article, AuditRecord
from channels.models import GoldenQuery
from channels.operations import golden_queries
from channels.operations.golden_queries import (
    check_golden_queries,
    remove_golden_query,
    save_golden_query,
)
from channels.search.exceptions import SearchUnavailable
from channels.search.indexing import bring_index_to_current
from tests.building import published, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(db: None) -> Article:
    return write("Reset your PIN").text.article


def keep(actor: User, article: Article, **other: Any) -> GoldenQuery:
    kept = {"locale": "en", "audience": "public", "query": "reset my pin", "within": 3}
    return save_golden_query(actor=actor, article=article, **kept | other)


@pytest.mark.usefixtures("index")
def test_it_says_where_the_article_stands_now(publisher: User, author: User) -> None:
    found = published("Reset your PIN", "Open the settings.")
    hidden = published("PIN of an agent", "Reset the pin there.", audience="agent")
    bring_index_to_current()
    first, lost = keep(publisher, found), keep(publisher, hidden)
    allowed = keep(publisher, hidden, audience="agent")
    assert [one.holds for one in (first, lost, allowed)] == [None, None, None]

    assert check_golden_queries(actor=author) == (3, 1)

    for one in (first, lost, allowed):
        one.refresh_from_db()
    assert (first.position, first.holds, first.checked_edition) == (1, True, 2)
    assert (lost.position, lost.holds) == (0, False)
    assert allowed.holds


def test_place_and_wish_decide_whether_it_holds(publisher: User, article: Article) -> None:
    kept = keep(publisher, article, within=3)
    for position, holds in ((None, None), (0, False), (1, True), (3, True), (4, False)):
        kept.position = position
        assert kept.holds is holds


def test_a_change_forgets_what_was_seen(publisher: User, article: Article) -> None:
    kept = keep(publisher, article)
    GoldenQuery.objects.update(position=1)
    changed = keep(publisher, article, golden=kept, query="forgot my pin")
    assert changed.holds is None
    assert GoldenQuery.objects.get().query == "forgot my pin"


def test_those_looked_at_longest_ago_come_first(
    publisher: User, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(golden_queries, "MOST_CHECKED", 1)
    monkeypatch.setattr(golden_queries, "_place_of", lambda _golden: (1, 1))
    for query in ("reset my pin", "forgot my pin"):
        keep(publisher, article, query=query)
    for _ in range(2):
        check_golden_queries(actor=publisher)
    assert set(GoldenQuery.objects.values_list("position", flat=True)) == {1}


def test_while_search_is_prepared_nothing_is_noted(
    publisher: User, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable(*args: object, **options: object) -> None:
        raise SearchUnavailable

    monkeypatch.setattr(golden_queries, "search", unavailable)
    keep(publisher, article)
    rows = AuditRecord.objects.count()
    with pytest.raises(WrongState, match="in a moment"):
        check_golden_queries(actor=publisher)
    assert AuditRecord.objects.count() == rows


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"within": 0}, "within"),
        ({"within": 21}, "within"),
        ({"audience": "everybody"}, "audience"),
        ({"locale": "fr"}, "locale"),
        ({"query": ""}, "query"),
        ({"query": "how to"}, "query"),
        ({"query": "x" * 301}, "query"),
        ({"query": "x" * 3_000}, "query"),
        ({"note": "x" * 301}, "note"),
    ],
)
def test_what_cannot_be_measured_is_refused(
    publisher: User, article: Article, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        keep(publisher, article, **wrong)
    assert refused.value.field == field


def test_one_of_each_is_kept_and_the_database_sees_to_it(publisher: User, article: Article) -> None:
    kept = keep(publisher, article)
    with pytest.raises(InvalidInput, match="already"):
        keep(publisher, article)
    kept.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        kept.save(force_insert=True)
    for values in ({"within": 0}, {"within": 21}, {"audience": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            GoldenQuery.objects.update(**values)


def test_who_may_not_publish_keeps_none(author: User, publisher: User, article: Article) -> None:
    with pytest.raises(NotAllowed):
        keep(author, article)
    kept = keep(publisher, article)
    with pytest.raises(NotAllowed):
        remove_golden_query(actor=author, golden=kept)
    gone = GoldenQuery.objects.get()
    remove_golden_query(actor=publisher, golden=kept)
    with pytest.raises(WrongState):
        remove_golden_query(actor=publisher, golden=gone)


def test_agents_do_not_measure(agent: User) -> None:
    with pytest.raises(NotAllowed):
        check_golden_queries(actor=agent)
