"""What goes with an article: its neighbours in words, told to the same readers."""

from __future__ import annotations

from typing import Any

import pytest

from articles.audiences import AUDIENCES, rank
from articles.models import Article
from articles.operations.audit import system_user
from articles.operations.writing import update_article
from channels.operations.items import Retirement
from channels.operations.outbox import drain
from channels.operations.publishing import publish
from channels.search.related import related
from tests.building import publish_texts, published, write_approved

pytestmark = pytest.mark.django_db


def titles(article: Article, *, locale: str = "en", audience: str = "public") -> list[str]:
    found = related(article.public_id, locale=locale, rank=rank(audience))
    return [entry.title for entry in found]


@pytest.fixture
def esim() -> Article:
    """An article, one that goes with it, and others."""
    article = published("Activate an eSIM", questions=["How do I use the QR code?"])
    published("Move an eSIM", "Scan the QR code of the new phone.")
    published("Broken screen", "Bring the phone.")
    published("Bills", "Every month.")
    drain()
    return article


def test_what_says_the_same_rare_words_goes_with_an_article(esim: Article) -> None:
    assert titles(esim) == ["Move an eSIM"]


def test_an_article_of_its_own_words_alone_has_nothing_beside_it(esim: Article) -> None:
    alone = published("Letterbox", "Quince.")
    drain()
    assert titles(alone) == []


def test_readers_meet_only_what_they_may_read(esim: Article) -> None:
    secret = published("eSIM for agents", "QR code.", audience="agent")
    drain()
    for audience in AUDIENCES:
        assert ("eSIM for agents" in titles(esim, audience=audience)) == (audience == "agent")
    assert titles(secret) == []
    assert titles(secret, audience="agent")


def test_what_is_retired_or_renamed_is_told_as_the_edition_has_it(esim: Article) -> None:
    renamed = published("eSIM and QR code")
    drain()
    publish_texts(write_approved("Now another title", "QR code.", article=renamed))
    moved = Article.objects.get(texts__head__title="Move an eSIM")
    publish(items=[Retirement(moved)], actor=system_user())
    assert titles(esim) == ["Now another title"]


def test_a_locale_keeps_to_itself(esim: Article) -> None:
    text = write_approved("激活 eSIM", article=esim, locale="zh-hans")
    other = write_approved("更换 eSIM", locale="zh-hans")
    publish_texts(text, other)
    drain()
    assert titles(esim, locale="zh-hans") == ["更换 eSIM"]
    assert titles(esim) == ["Move an eSIM"]


def test_it_takes_one_statement_for_a_pinned_edition(
    esim: Article, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        related(esim.public_id, locale="en", rank=0, edition=4)


def test_what_was_found_once_is_told_to_no_other_readers_and_in_no_other_edition(
    esim: Article,
) -> None:
    published("eSIM for agents", "QR code.", audience="agent")
    drain()
    assert titles(esim, audience="agent") == titles(esim, audience="agent")
    assert titles(esim) == titles(esim) == ["Move an eSIM"]
    moved = Article.objects.get(texts__head__title="Move an eSIM")
    publish(items=[Retirement(moved)], actor=system_user())
    assert titles(esim) == []
    drain()
    assert titles(esim) == []
    assert titles(esim, audience="agent") == ["eSIM for agents"]


def test_an_article_that_was_narrowed_has_nothing_beside_it_for_others(esim: Article) -> None:
    assert titles(esim)
    update_article(
        actor=system_user(),
        article=esim,
        kind=esim.kind,
        topic=None,
        audience="agent",
        based_on=esim.version,
    )
    publish_texts(*(text.approved for text in esim.texts.all() if text.approved))
    drain()
    assert titles(esim) == []
