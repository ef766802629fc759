"""Readers' priorities: asking, voting, and what editors make of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.exceptions import InvalidInput, NotAllowed, WrongState
from articles.operations.audit import system_user
from channels.models import UpdateRequest, Vote
from channels.models.update_request import UpdateRequestQuerySet
from channels.operations.requests import (
    assign_article,
    decide,
    retract_vote,
    set_hidden,
    start_work,
    vote,
)
from channels.queries import visible_requests
from tests.building import publish_texts, published, write_approved
from tests.requests.asking import ANN, BEN, asked

pytestmark = pytest.mark.django_db


def test_whoever_asks_votes_and_others_vote_once_each() -> None:
    request = asked()
    assert request.votes_count == 1
    assert vote(voter=BEN, request=request)
    assert not vote(voter=BEN, request=request)
    request.refresh_from_db()
    assert request.votes_count == 2


def test_what_closes_just_when_it_is_asked_again_is_asked_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real, meetings = UpdateRequestQuerySet.get_or_create, []

    def get_or_create(rows: UpdateRequestQuerySet, **wanted: Any) -> object:
        if not meetings:
            meetings.append(wanted)
            raise IntegrityError("Somebody made it after the look, and it closed before the next.")
        return real(rows, **wanted)

    monkeypatch.setattr(UpdateRequestQuerySet, "get_or_create", get_or_create)
    assert asked().votes_count == 1
    assert UpdateRequest.objects.count() == 1


def test_a_vote_can_be_taken_back_after_the_end_and_the_count_follows() -> None:
    request = asked()
    vote(voter=BEN, request=request)
    decide(actor=system_user(), request=request, state="declined", reason="No.")
    assert retract_vote(voter=BEN, request=request)
    request.refresh_from_db()
    assert request.votes_count == request.votes.count() == 1


def test_asking_what_is_asked_already_is_a_vote_for_it() -> None:
    first = asked()
    assert asked(voter=BEN) == first
    assert asked(voter=BEN) == first
    retract_vote(voter=ANN, request=first)
    assert asked() == first
    first.refresh_from_db()
    assert (UpdateRequest.objects.count(), first.votes_count) == (1, 2)


@pytest.mark.parametrize("same", ["PLEASE add the price.", " Please  add\nthe price．"])
def test_case_blanks_and_width_of_letters_make_no_other_sentence(same: str) -> None:
    first = asked()
    assert asked(same, BEN) == first
    assert UpdateRequest.objects.get().votes_count == 2


def test_the_same_sentence_is_another_request_on_another_article_or_for_other_readers() -> None:
    read, other = published("Roaming"), published("Tariffs")
    made = {asked().pk, asked(article=read).pk, asked(article=other).pk, asked(rank=3).pk}
    assert len(made) == 4


def test_a_vote_can_be_taken_back() -> None:
    request = asked()
    assert retract_vote(voter=ANN, request=request)
    assert not retract_vote(voter=ANN, request=request)
    request.refresh_from_db()
    assert request.votes_count == 0


def test_a_second_vote_of_one_person_meets_the_constraint() -> None:
    request = asked()
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(request=request, voter=ANN.hash, created_at=timezone.now())


@pytest.mark.parametrize("sentence", ["", "  ", "x", "x" * 501, "\x00\u202e"])
def test_a_request_says_something_and_not_a_novel(sentence: str) -> None:
    with pytest.raises(InvalidInput):
        asked(sentence)
    assert not UpdateRequest.objects.exists()


def test_the_list_shows_what_most_people_want_first() -> None:
    asked("First wish.")
    second = asked("Second wish.")
    vote(voter=BEN, request=second)
    assert [request.sentence for request in visible_requests(0)] == ["Second wish.", "First wish."]


def test_a_request_on_what_only_agents_read_is_for_agents() -> None:
    hidden = published("Secret", audience="agent")
    asked(article=hidden)
    assert not visible_requests(0).exists()
    assert visible_requests(3).exists()


def test_a_declined_request_says_why_and_takes_no_votes(author: User) -> None:
    request = asked()
    with pytest.raises(InvalidInput):
        decide(actor=author, request=request, state="declined")
    decide(actor=author, request=request, state="declined", reason="We don't sell it.")
    with pytest.raises(WrongState):
        vote(voter=BEN, request=request)
    decide(actor=author, request=request, state="open")
    assert vote(voter=BEN, request=request)


def test_a_hidden_request_is_shown_to_no_reader(author: User) -> None:
    request = asked()
    set_hidden(actor=author, request=request, hidden=True)
    assert not visible_requests(3).exists()


def test_the_edition_that_answers_a_request_closes_it(author: User) -> None:
    article = published("Roaming", "Old.")
    request = asked(article=article)
    start_work(actor=author, request=request)
    # Another publish of what was live already does not answer it.
    published("Something else")
    request.refresh_from_db()
    assert request.state == "in_work"
    edition = publish_texts(write_approved("Roaming", "With the price.", article=article))
    request.refresh_from_db()
    assert (request.state, request.published_in) == ("published", edition)


def test_a_wish_without_an_article_gets_one_before_work_starts(author: User) -> None:
    request = asked()
    with pytest.raises(InvalidInput):
        start_work(actor=author, request=request)
    revision = write_approved("New article")
    assign_article(actor=author, request=request, article=revision.text.article)
    start_work(actor=author, request=request)
    newer = write_approved("New article", "With more.", article=revision.text.article)
    publish_texts(newer)
    request.refresh_from_db()
    assert request.state == "published"


def test_only_editors_decide(agent: User) -> None:
    with pytest.raises(NotAllowed):
        decide(actor=agent, request=asked(), state="planned")
