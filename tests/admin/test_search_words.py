"""The desk's pages of synonyms, best bets and golden queries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import AuditRecord
from channels.models import BestBet, GoldenQuery, Synonym
from channels.operations.best_bets import save_best_bet
from channels.operations.golden_queries import save_golden_query
from channels.operations.synonyms import save_synonym
from channels.search.indexing import bring_index_to_current
from tests.admin.desk import Desk, words
from tests.building import published, write

pytestmark = pytest.mark.django_db
LINE = {"locale": "en", "words": "zorb, glimmer", "note": "heard on the phone"}


def statements(desk: Desk, page: str, *args: Any, query: str = "") -> int:
    desk.open(page, *args, query=query)  # What is remembered is remembered.
    with CaptureQueriesContext(connection) as asked:
        assert desk.open(page, *args, query=query).status_code == 200
    return len(asked)


def test_a_publisher_keeps_changes_and_removes_a_synonym(publisher_desk: Desk) -> None:
    page = words(publisher_desk.send("channels_synonym_add", **LINE))
    assert "Saved, and searched by from now on." in page
    assert "Who asks for one of “zorb”, “glimmer” finds what says any of them." in page
    kept = Synonym.objects.get()

    publisher_desk.send("channels_synonym_change", kept.pk, **LINE | {"words": "zorb > glimmer"})
    kept.refresh_from_db()
    assert kept.words == "zorb > glimmer"
    assert "not the reverse" in words(publisher_desk.open("channels_synonym_change", kept.pk))

    page = words(publisher_desk.send("channels_synonym_remove", kept.pk))
    assert "The audit keeps what it said." in page
    assert not Synonym.objects.exists()
    actions = AuditRecord.objects.order_by("number").values_list("action", flat=True)
    assert list(actions) == ["save-synonym", "save-synonym", "remove-synonym"]


def test_what_a_line_means_is_shown_before_it_is_saved(publisher_desk: Desk) -> None:
    answer = publisher_desk.send("channels_synonym_add", **LINE, show="1")
    assert answer.status_code == 200
    assert "Who asks for one of “zorb”" in words(answer)
    assert 'value="zorb, glimmer"' in words(answer)
    assert not Synonym.objects.exists()


@pytest.mark.parametrize("show", [{}, {"show": "1"}])
@pytest.mark.parametrize(
    ("typed", "why"),
    [("refund", "One word alone"), ("x, " * 800, "at most"), ("a\x00b, c1", "Null characters")],
)
def test_a_line_that_is_refused_stays_typed(
    publisher_desk: Desk, typed: str, why: str, show: dict[str, str]
) -> None:
    answer = publisher_desk.send("channels_synonym_add", **LINE | {"words": typed} | show)
    assert why in words(answer)
    assert "heard on the phone" in words(answer)
    assert not Synonym.objects.exists()


def test_a_link_from_the_log_fills_in_the_form(publisher_desk: Desk) -> None:
    query = "?locale=zh-hans&words=%3Cb%3E%E9%80%80%E6%AC%BE&x=1&note=%00"
    answer = publisher_desk.open("channels_synonym_add", query=query)
    assert answer.status_code == 200
    assert 'value="&lt;b&gt;退款"' in answer.content.decode()


def test_the_list_says_what_each_line_means_and_narrows(
    publisher_desk: Desk, publisher: User
) -> None:
    save_synonym(actor=publisher, locale="en", words="zorb, glimmer")
    save_synonym(actor=publisher, locale="zh-hans", words="话费、账单")
    everything = words(publisher_desk.open("channels_synonym_changelist"))
    assert "Who asks for one of “zorb”, “glimmer” finds what says any of them." in everything
    chinese = words(publisher_desk.open("channels_synonym_changelist", query="?locale=zh-hans"))
    assert "话费, 账单" in chinese
    assert "zorb" not in chinese
    assert "zorb" in words(publisher_desk.open("channels_synonym_changelist", query="?q=glimm"))


@pytest.mark.parametrize("model", ["synonym", "bestbet", "goldenquery"])
def test_authors_read_and_do_not_keep(author_desk: Desk, publisher: User, model: str) -> None:
    article = write("Reset your PIN").text.article
    made = {
        "synonym": lambda: save_synonym(actor=publisher, locale="en", words="zorb, glimmer"),
        "bestbet": lambda: save_best_bet(
            actor=publisher, locale="en", questions=["pin"], articles=[article]
        ),
        "goldenquery": lambda: save_golden_query(
            actor=publisher, locale="en", audience="public", query="pin", article=article, within=3
        ),
    }[model]()
    assert author_desk.open(f"channels_{model}_changelist").status_code == 200
    page = words(author_desk.open(f"channels_{model}_change", made.pk))
    assert "Publishers and administrators keep these" in page
    assert "Remove: searches forget it at once" not in page
    assert author_desk.open(f"channels_{model}_add").status_code == 403
    assert author_desk.send(f"channels_{model}_change", made.pk, note="x").status_code == 403
    assert author_desk.send(f"channels_{model}_remove", made.pk).status_code == 403


def test_a_best_bet_takes_articles_by_id_address_and_title(publisher_desk: Desk) -> None:
    one, two, three = (
        published(f"Refund {number}").texts.get(locale="en") for number in ("one", "two", "three")
    )
    named = f"{one.article.public_id}\nhttps://help.example.com/en/{two.slug}/\nRefund three"
    typed = {"locale": "en", "questions": "refund\nmoney back", "articles": named}
    page = words(publisher_desk.send("channels_bestbet_add", **typed))
    assert "It holds from the next search on." in page
    bet = BestBet.objects.get()
    pinned = [place.article_id for place in bet.places.all()]
    assert pinned == [one.article_id, two.article_id, three.article_id]
    page = words(publisher_desk.open("channels_bestbet_change", bet.pk))
    assert "These stand first:" in page
    assert "Refund two" in page
    page = words(publisher_desk.open("channels_bestbet_changelist", query="?q=money"))
    assert "3. Refund three" in page
    assert "always" in page


def test_an_article_that_is_not_there_is_named(publisher_desk: Desk) -> None:
    typed = {"locale": "en", "questions": "refund", "articles": "No such thing", "note": "kept"}
    answer = publisher_desk.send("channels_bestbet_add", **typed)
    assert "no article with the id, address or title “No such thing”" in words(answer)
    assert "No such thing</textarea>" in words(answer)
    assert not BestBet.objects.exists()


@pytest.mark.usefixtures("index")
def test_a_golden_query_says_at_once_whether_it_holds(publisher_desk: Desk) -> None:
    article = published("Reset your PIN", "Open the settings.")
    bring_index_to_current()
    typed = {"locale": "en", "query": "reset my pin", "audience": "public", "within": "3"}
    form = reverse("admin:channels_goldenquery_add")
    answer = publisher_desk.client.post(form, typed | {"article": article.public_id}, follow=True)
    page = words(answer)
    assert "It holds: the article is number 1." in page
    assert "number 1" in page

    GoldenQuery.objects.update(position=0)
    page = words(publisher_desk.open("channels_goldenquery_changelist", query="?standing=lost"))
    assert "does not hold" in page
    assert "not found" in page
    page = words(publisher_desk.send("channels_goldenquery_check"))
    assert "1 question was searched for: all hold." in page
    assert GoldenQuery.objects.get().holds


@pytest.mark.parametrize("model", ["synonym", "bestbet", "goldenquery"])
def test_a_list_takes_as_many_statements_for_many_rows_as_for_few(
    publisher_desk: Desk, publisher: User, model: str
) -> None:
    articles = [write(f"Reset PIN {number}").text.article for number in range(8)]
    keep: dict[str, Callable[[int], Any]] = {
        "synonym": lambda number: save_synonym(
            actor=publisher, locale="en", words=f"zorb{number}, glimmer{number}"
        ),
        "bestbet": lambda number: save_best_bet(
            actor=publisher,
            locale="en",
            questions=[f"pin{number}"],
            articles=articles[number : number + 2],
        ),
        "goldenquery": lambda number: save_golden_query(
            actor=publisher,
            locale="en",
            audience="public",
            query=f"pin {number}",
            article=articles[number],
            within=3,
        ),
    }
    keep[model](0)
    few = statements(publisher_desk, f"channels_{model}_changelist")
    for number in range(1, 7):
        keep[model](number)
    assert statements(publisher_desk, f"channels_{model}_changelist") == few
    assert few <= 12
    first = {"synonym": Synonym, "bestbet": BestBet, "goldenquery": GoldenQuery}[model]
    made = first.objects.order_by("pk").first()
    assert made is not None
    assert statements(publisher_desk, f"channels_{model}_change", made.pk) <= 12
