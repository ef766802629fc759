"""Many ask, many editors decide, and an edition comes in between: one row, one truth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait

import pytest
from django.db import connection

from articles.exceptions import WrongState
from articles.models import Article
from articles.operations.audit import system_user
from channels.models import Edition, UpdateRequest
from channels.operations import publishing
from channels.operations.aftermath import answer_requests
from channels.operations.candidate import Candidate
from channels.operations.requests import decide, start_work
from channels.voters import Voter
from tests.building import publish_texts, write_approved
from tests.publishing.test_concurrency import AT_ONCE, at_once
from tests.requests.asking import asked

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_many_ask_at_once_is_one_request_with_all_their_votes() -> None:
    article = write_approved("Roaming").text.article
    for about in (None, article):

        def wish(n: int, about: Article | None = about) -> UpdateRequest:
            return asked(voter=Voter.of("browser", n), article=about)

        results = at_once(wish)
        request = UpdateRequest.objects.get(article=about)
        assert results == [request] * AT_ONCE
        assert request.votes_count == request.votes.count() == AT_ONCE


def test_of_many_who_start_work_at_once_exactly_one_does_and_the_others_are_told() -> None:
    actor = system_user()
    request = asked(article=write_approved("Roaming").text.article)
    results = at_once(lambda _: start_work(actor=actor, request=request))
    assert sum(isinstance(result, UpdateRequest) for result in results) == 1
    assert sum(isinstance(result, WrongState) for result in results) == AT_ONCE - 1


Work = Callable[[], UpdateRequest]


@pytest.fixture
def while_answering(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Work], Future[object]]]:
    """Let an editor's `work` begin when the next edition has answered its requests, and is not
    committed yet. The future is what came of it."""
    with ThreadPoolExecutor(1) as pool:

        def meet(work: Work) -> Future[object]:
            done: Future[object] = Future()

            def run() -> None:
                try:
                    done.set_result(work())
                except Exception as error:
                    done.set_result(error)
                finally:
                    connection.close()

            def answer(candidate: Candidate, edition: Edition) -> None:
                answer_requests(candidate, edition)
                pool.submit(run)
                wait([done], timeout=0.5)

            monkeypatch.setattr(publishing, "answer_requests", answer)
            return done

        yield meet


def test_what_an_edition_answers_cannot_be_declined_meanwhile(
    while_answering: Callable[[Work], Future[object]],
) -> None:
    actor = system_user()
    revision = write_approved("Roaming")
    request = asked(article=revision.text.article)
    start_work(actor=actor, request=request)
    declined = while_answering(
        lambda: decide(actor=actor, request=request, state="declined", reason="No.")
    )

    edition = publish_texts(revision)

    assert isinstance(declined.result(timeout=20), WrongState)
    request.refresh_from_db()
    assert (request.state, request.published_in) == ("published", edition)


def test_work_that_begins_while_an_edition_is_written_begins_on_what_that_tells(
    while_answering: Callable[[Work], Future[object]],
) -> None:
    actor = system_user()
    first = write_approved("Roaming")
    request = asked(article=first.text.article)
    started = while_answering(lambda: start_work(actor=actor, request=request))

    publish_texts(first)

    result = started.result(timeout=20)
    assert isinstance(result, UpdateRequest), result
    assert (result.state, result.work_from) == ("in_work", first)
