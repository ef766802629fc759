"""Many at once: each publish gets its number, each save its base, each person one vote."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from articles.exceptions import InvalidInput, Stale
from articles.models import Article, ArticleText, Revision
from articles.operations.audit import system_user
from articles.operations.writing import create_article, save_revision
from channels.exceptions import NothingToPublish
from channels.models import Edition, Entry, OutboxRow, UpdateRequest
from channels.operations.requests import ask, retract_vote, vote
from channels.operations.verifying import broken_editions
from channels.voters import Voter
from tests.building import publish_texts, write, write_approved

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 8


def at_once(work: Callable[[int], object], times: int = AT_ONCE) -> list[object]:
    """Run `work(0)` … `work(times - 1)` in threads that start together; return what each
    returned or raised."""
    barrier = Barrier(times)

    def run(n: int) -> object:
        try:
            barrier.wait(timeout=20)
            return work(n)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def test_publishes_at_once_get_numbers_without_a_gap() -> None:
    revisions = [write_approved(f"Article {n}") for n in range(AT_ONCE)]
    results = at_once(lambda n: publish_texts(revisions[n]).number)
    assert sorted(results, key=str) == list(range(1, AT_ONCE + 1))
    assert list(Edition.objects.order_by("number").values_list("live", flat=True)) == list(
        range(1, AT_ONCE + 1)
    )
    assert Entry.objects.live().count() == AT_ONCE
    assert OutboxRow.objects.count() == AT_ONCE
    assert list(broken_editions()) == []


def test_of_many_saves_on_one_base_exactly_one_wins_and_the_others_are_told() -> None:
    actor = system_user()
    article = create_article(actor=actor, kind="support")

    def save(n: int) -> Revision:
        return save_revision(
            actor=actor, article=article, locale="en", title=f"Title {n}", body="b", based_on=0
        )

    results = at_once(save)
    winners = [result for result in results if isinstance(result, Revision)]
    assert len(winners) == 1
    for result in results:
        if result is not winners[0]:
            assert isinstance(result, Stale), result
            assert result.current == 1
    assert Revision.objects.count() == 1


def test_the_same_holds_for_a_second_revision() -> None:
    actor = system_user()
    article: Article = write_approved("First").text.article

    def save(n: int) -> Revision:
        return save_revision(
            actor=actor, article=article, locale="en", title=f"Title {n}", body="b", based_on=1
        )

    results = at_once(save)
    assert sum(isinstance(result, Revision) for result in results) == 1
    assert sum(isinstance(result, Stale) for result in results) == AT_ONCE - 1


def test_first_saves_of_one_title_at_once_get_addresses_of_their_own() -> None:
    actor = system_user()
    articles = [create_article(actor=actor, kind="support") for _ in range(AT_ONCE)]

    def save(n: int) -> str:
        saved = save_revision(
            actor=actor, article=articles[n], locale="en", title="Roaming", body="b", based_on=0
        )
        return saved.text.slug

    results = at_once(save)
    assert set(results) == {"roaming", *(f"roaming-{n}" for n in range(2, AT_ONCE + 1))}


def test_of_many_who_take_one_address_at_once_exactly_one_gets_it() -> None:
    actor = system_user()
    renamed = [write(f"Article {n}").text.article for n in range(AT_ONCE // 2)]
    new = [create_article(actor=actor, kind="support") for _ in range(AT_ONCE // 2)]
    articles = [*renamed, *new]

    def save(n: int) -> Revision:
        return save_revision(
            actor=actor,
            article=articles[n],
            locale="en",
            title="Title",
            body="b",
            slug="wanted",
            based_on=1 if n < len(renamed) else 0,
        )

    results = at_once(save)
    assert sum(isinstance(result, Revision) for result in results) == 1
    for result in results:
        if not isinstance(result, Revision):
            assert isinstance(result, InvalidInput), result
            assert result.field == "slug"


def test_one_person_voting_at_once_has_one_vote_and_all_votes_are_counted() -> None:
    request = ask(
        voter=Voter.of("browser", "asker"),
        locale="en",
        sentence="Please say what it costs.",
        origin="website",
        audience_rank=0,
    )
    same = Voter.of("browser", "somebody")
    results = at_once(lambda _: vote(voter=same, request=request))
    assert sorted(map(str, results)) == ["False"] * (AT_ONCE - 1) + ["True"]
    results = at_once(lambda n: vote(voter=Voter.of("browser", n), request=request))
    assert all(result is True for result in results)
    request = UpdateRequest.objects.get()
    assert request.votes_count == request.votes.count() == AT_ONCE + 2
    results = at_once(lambda _: retract_vote(voter=same, request=request))
    assert sum(result is True for result in results) == 1
    assert UpdateRequest.objects.get().votes_count == AT_ONCE + 1


def test_who_changes_an_article_and_its_text_does_not_wait_for_who_publishes_them_in_a_circle() -> (
    None
):
    revision = write_approved("Roaming")

    def work(n: int) -> object:
        if n % 2:
            return publish_texts(revision)
        with transaction.atomic():  # As an import does.
            Article.objects.select_for_update().get(pk=revision.text.article_id)
            time.sleep(0.1)
            return ArticleText.objects.select_for_update().get(pk=revision.text_id)

    results = at_once(work)
    assert [type(result) for result in results[::2]] == [ArticleText] * (AT_ONCE // 2)
    assert {type(result) for result in results[1::2]} <= {Edition, NothingToPublish}
