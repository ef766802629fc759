"""What becomes of a request: by a table, judged on the row as it is, closed by what is new."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from articles.exceptions import WrongState
from articles.models import Article, SnippetRevision
from articles.operations.audit import system_user
from articles.operations.reviewing import reject
from channels.models import Edition, UpdateRequest
from channels.operations.items import Item, Retirement
from channels.operations.publishing import publish
from channels.operations.requests import assign_article, decide, start_work
from channels.operations.rollback import go_back
from tests.building import publish_texts, published, snippet, write_approved
from tests.requests.asking import BEN, asked

pytestmark = pytest.mark.django_db

WITH_PRICE = "It costs {{ fee }}."


def new_price(amount: str) -> SnippetRevision:
    return snippet("fee", "text", amount)


def publish_items(*items: Item) -> Edition:
    return publish(items=items, actor=system_user())


def state_of(request: UpdateRequest) -> tuple[str, int | None]:
    request = UpdateRequest.objects.get(pk=request.pk)
    return request.state, request.published_in_id


def priced() -> Article:
    """Publish an article that a new price tells again, word for word the same revision."""
    price = new_price("5 euros")
    revision = write_approved("Roaming", WITH_PRICE)
    publish_items(revision, price)
    return revision.text.article


def test_a_price_change_answers_no_request_though_nothing_is_approved(author: User) -> None:
    article = priced()
    newer = write_approved("Roaming", f"{WITH_PRICE} Bad.", article=article)
    reject(actor=system_user(), text=newer.text, revision=newer.number, reason="Wrong.")
    request = asked(article=article)
    start_work(actor=author, request=request)

    publish_items(new_price("6 euros"))

    assert state_of(request) == ("in_work", None)


def test_a_price_change_answers_no_request_that_was_given_to_another_article(author: User) -> None:
    request = asked(article=published("Before"))
    start_work(actor=author, request=request)
    article = priced()
    assign_article(actor=author, request=request, article=article)

    publish_items(new_price("6 euros"))

    assert state_of(request) == ("in_work", None)
    publish_texts(write_approved("Roaming", f"{WITH_PRICE} In Norway, too.", article=article))
    assert state_of(request) == ("published", 4)


def test_what_was_told_or_approved_before_work_began_is_no_answer(author: User) -> None:
    article = published("Roaming", "One.")
    publish_texts(write_approved("Roaming", "Two.", article=article))
    go_back(number=1, actor=system_user())
    waiting = write_approved("Roaming", "Three.", article=article)
    request = asked(article=article)
    start_work(actor=author, request=request)

    go_back(number=2, actor=system_user())
    publish_texts(waiting)

    assert state_of(request) == ("in_work", None)
    edition = publish_texts(write_approved("Roaming", "Four.", article=article))
    assert state_of(request) == ("published", edition.number)


def test_an_article_that_was_retired_and_comes_back_answers_nothing_by_that(author: User) -> None:
    article = published("Roaming")
    request = asked(article=article)
    publish_items(Retirement(article))
    start_work(actor=author, request=request)
    go_back(number=1, actor=system_user())
    assert state_of(request) == ("in_work", None)


def test_the_first_text_that_readers_get_answers_a_wish_though_it_was_approved_before(
    author: User,
) -> None:
    request, revision = asked(), write_approved("Roaming in Norway")
    assign_article(actor=author, request=request, article=revision.text.article)
    start_work(actor=author, request=request)
    publish_texts(revision)
    assert state_of(request) == ("published", 1)


def test_a_text_in_another_language_answers_nothing(author: User) -> None:
    article = published("Roaming")
    request = asked(article=article)
    start_work(actor=author, request=request)
    publish_texts(write_approved("漫游", "正文。", article=article, locale="zh-hans"))
    assert state_of(request) == ("in_work", None)


def test_an_editor_who_looks_at_an_old_page_reopens_nothing_by_starting_work(author: User) -> None:
    article = published("Roaming")
    request = asked(article=article)
    seen_before = UpdateRequest.objects.get(pk=request.pk)
    start_work(actor=author, request=request)
    publish_texts(write_approved("Roaming", "Norway, too.", article=article))

    with pytest.raises(WrongState, match="“published”"):
        start_work(actor=author, request=seen_before)

    assert state_of(request) == ("published", 2)


def test_a_closed_request_is_given_to_no_article(author: User) -> None:
    article, request = published("Roaming"), asked()
    decide(actor=author, request=request, state="declined", reason="Not ours.")
    with pytest.raises(WrongState, match="closed"):
        assign_article(actor=author, request=request, article=article)
    request.refresh_from_db()
    assert (request.state, request.answered_by) == ("declined", None)


def test_a_request_is_declined_after_it_was_published_only_by_way_of_reopening(
    author: User,
) -> None:
    article = published("Roaming")
    request = asked(article=article)
    start_work(actor=author, request=request)
    publish_texts(write_approved("Roaming", "Norway, too.", article=article))
    with pytest.raises(WrongState):
        decide(actor=author, request=request, state="declined", reason="No.")
    decide(actor=author, request=request, state="open")
    assert state_of(request) == ("open", None)
    decide(actor=author, request=request, state="declined", reason="No.")
    assert state_of(request) == ("declined", None)


def test_a_request_is_not_reopened_beside_another_that_asks_the_same(author: User) -> None:
    declined = asked()
    decide(actor=author, request=declined, state="declined", reason="Not now.")
    again = asked(voter=BEN)
    assert again != declined
    with pytest.raises(WrongState, match="another request"):
        decide(actor=author, request=declined, state="open")
    assert state_of(declined) == ("declined", None)


@pytest.mark.parametrize("state", ["open", "planned", "in_work", "declined"])
def test_only_a_published_request_names_an_edition(state: str) -> None:
    edition = publish_texts(article := write_approved("Roaming"))
    rows = UpdateRequest.objects.filter(pk=asked().pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(state=state, published_in=edition, answered_by=article.text.article)


@pytest.mark.parametrize("state", ["published", "in_work"])
def test_a_request_with_nothing_to_show_for_it_is_neither_published_nor_in_work(
    state: str,
) -> None:
    rows = UpdateRequest.objects.filter(pk=asked().pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(state=state)


def test_two_open_requests_for_the_same_meet_the_constraint() -> None:
    again = asked()
    again.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)
