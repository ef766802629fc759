"""Best bets: what editors put first, for whom asks the same, as long as it holds."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import User

from articles.exceptions import InvalidInput, NotAllowed, WrongState
from articles.models import Article
from channels.models import BestBet
from channels.operations.best_bets import remove_best_bet, save_best_bet
from channels.search.editors_words import editors_words
from tests.building import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(db: None) -> list[Article]:
    return [write(title).text.article for title in ("Get a refund", "Our promise")]


def ids(articles: list[Article]) -> list[str]:
    return [article.public_id for article in articles]


@pytest.mark.parametrize(
    ("kept", "asked"),
    [
        ("How do I get a refund?", "refund"),
        ("refund for phone", "phone refund"),
        ("Phone refunds", "how can I get a refund for my phone??"),
        ("怎么申请退款", "退款 申请"),
        ("怎麼申請退款", "申请退款"),
        ("iPhone 15", "ＩＰＨＯＮＥ　１５"),
    ],
)
def test_who_asks_with_the_same_telling_words_gets_them_in_order(
    publisher: User, two: list[Article], kept: str, asked: str
) -> None:
    save_best_bet(actor=publisher, locale="en", questions=[kept], articles=two)
    assert editors_words().best_bets(asked, "en") == ids(two)
    assert editors_words().best_bets(asked, "zh-hans") == []


@pytest.mark.parametrize("asked", ["refund my broken phone", "", "how to", "a refund for a hat"])
def test_who_asks_something_else_does_not(publisher: User, two: list[Article], asked: str) -> None:
    save_best_bet(actor=publisher, locale="en", questions=["phone refund"], articles=two)
    assert editors_words().best_bets(asked, "en") == []


def test_any_of_its_questions_leads_there(publisher: User, two: list[Article]) -> None:
    save_best_bet(
        actor=publisher, locale="en", questions=["refund", "money back"], articles=two[1:]
    )
    assert editors_words().best_bets("my money back", "en") == ids(two[1:])
    assert BestBet.objects.get().asked == ["refund", "money back"]


def test_it_holds_until_the_end_of_its_last_day(publisher: User, two: list[Article]) -> None:
    save_best_bet(
        actor=publisher,
        locale="en",
        questions=["refund"],
        articles=two,
        until=date(2030, 5, 1),
        now=datetime(2030, 4, 1, tzinfo=UTC),
    )
    words = editors_words()
    assert words.best_bets("refund", "en", today=date(2030, 5, 1)) == ids(two)
    assert words.best_bets("refund", "en", today=date(2030, 5, 2)) == []


def test_a_day_that_is_over_is_refused(publisher: User, two: list[Article]) -> None:
    with pytest.raises(InvalidInput, match="over already") as refused:
        save_best_bet(
            actor=publisher, locale="en", questions=["refund"], articles=two, until=date(2020, 1, 1)
        )
    assert refused.value.field == "until"


def test_a_change_replaces_the_articles_and_their_order(
    publisher: User, two: list[Article]
) -> None:
    bet = save_best_bet(actor=publisher, locale="en", questions=["refund"], articles=two)
    save_best_bet(actor=publisher, bet=bet, locale="en", questions=["refund"], articles=two[::-1])
    assert editors_words().best_bets("refund", "en") == ids(two[::-1])
    remove_best_bet(actor=publisher, bet=bet)
    assert editors_words().best_bets("refund", "en") == []
    with pytest.raises(WrongState):
        remove_best_bet(actor=publisher, bet=bet)


def test_one_question_has_one_best_bet(publisher: User, two: list[Article]) -> None:
    kept = {"actor": publisher, "locale": "en", "articles": two}
    over = save_best_bet(
        questions=["refund"], until=date(2020, 5, 1), now=datetime(2020, 4, 1, tzinfo=UTC), **kept
    )
    save_best_bet(questions=["How do I get a refund?"], **kept)
    with pytest.raises(InvalidInput, match="already") as refused:
        save_best_bet(questions=["hat", "refunds"], **kept)
    assert "How do I get a refund?" in str(refused.value)
    with pytest.raises(InvalidInput, match="already"):
        save_best_bet(bet=over, questions=["refund"], **kept)


@pytest.mark.parametrize(
    ("questions", "field"),
    [
        ([], "questions"),
        (["how to"], "questions"),
        (["x" * 301], "questions"),
        (["a"] * 31, "questions"),
    ],
)
def test_what_nobody_can_ask_is_refused(
    publisher: User, two: list[Article], questions: list[str], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        save_best_bet(actor=publisher, locale="en", questions=questions, articles=two)
    assert refused.value.field == field


def test_none_and_too_many_articles_are_refused(publisher: User, two: list[Article]) -> None:
    many = [write(f"Article {number}").text.article for number in range(6)]
    for articles in ([], many):
        with pytest.raises(InvalidInput) as refused:
            save_best_bet(actor=publisher, locale="en", questions=["refund"], articles=articles)
        assert refused.value.field == "articles"


def test_an_article_is_pinned_once(publisher: User, two: list[Article]) -> None:
    save_best_bet(actor=publisher, locale="en", questions=["refund"], articles=[*two, two[0]])
    assert editors_words().best_bets("refund", "en") == ids(two)


def test_authors_may_not(author: User, two: list[Article]) -> None:
    with pytest.raises(NotAllowed):
        save_best_bet(actor=author, locale="en", questions=["refund"], articles=two)
