"""A wish for something unwritten stays where readers found it, until it is answered and after."""

from __future__ import annotations

from html import unescape

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from articles.audiences import AUDIENCES, PUBLIC
from articles.models import Article, Revision
from channels.models import UpdateRequest
from channels.operations.requests import assign_article, retract_vote, start_work
from channels.queries import visible_requests
from tests.building import approved, publish_texts, published, write
from tests.requests.asking import ANN, asked

pytestmark = pytest.mark.django_db

WISH = "Explain roaming in Norway."
LISTS = ("/en/requests/", "/en/requests/?state=in_work", "/en/")


@pytest.fixture(params=AUDIENCES)
def draft(request: pytest.FixtureRequest) -> Revision:
    """The first text of an article that nobody reads yet, for each audience."""
    return write("Roaming in Norway", audience=request.param)


def taken_into_work(article: Article, *, by: User) -> UpdateRequest:
    wish = asked(WISH)
    assign_article(actor=by, request=wish, article=article)
    return start_work(actor=by, request=wish)


def words(answer: HttpResponse) -> str:
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_a_wish_in_work_stays_on_every_list(
    client: Client, author: User, agent: User, draft: Revision
) -> None:
    wish = taken_into_work(draft.text.article, by=author)

    for address in LISTS:
        assert WISH in words(client.get(address)), address
    told = client.get(f"/api/v1/requests/{wish.pk}/").json()
    assert (told["state"], told["article"]) == ("in_work", None)
    assert client.get("/api/v1/requests/?state=in_work").json()["results"] == [told]
    client.force_login(agent)
    assert WISH in words(client.get("/agent/"))


def test_a_vote_for_a_wish_in_work_can_be_given_and_taken_back(
    client: Client, author: User, draft: Revision
) -> None:
    wish = taken_into_work(draft.text.article, by=author)

    assert client.post(f"/api/v1/requests/{wish.pk}/vote/").json()["votes"] == 2
    assert client.delete(f"/api/v1/requests/{wish.pk}/vote/").json()["votes"] == 1
    (listed,) = visible_requests(0)
    assert retract_vote(voter=ANN, request=listed)


def test_an_answered_wish_leads_to_its_article_where_the_reader_may_read_it(
    client: Client, author: User, draft: Revision
) -> None:
    article = draft.text.article
    wish = taken_into_work(article, by=author)
    publish_texts(approved(draft))

    is_public = article.audience == PUBLIC
    listed = words(client.get("/en/requests/?state=published"))
    assert WISH in listed
    assert ("Roaming in Norway" in listed) is is_public
    told = client.get(f"/api/v1/requests/{wish.pk}/").json()
    assert (told["state"], told["published_in"], told["article"]) == ("published", 1, None)
    assert told["answered_by"] == (article.public_id if is_public else None)


def test_agents_are_led_to_the_article_that_will_answer_a_wish(
    client: Client, author: User, agent: User
) -> None:
    article = published("Norway", audience="agent")
    taken_into_work(article, by=author)
    client.force_login(agent)
    assert f"/agent/articles/{article.public_id}/" in words(client.get("/agent/")).split(WISH)[1]


def test_what_is_asked_of_one_article_and_answered_by_another_is_shown_on_both(
    client: Client, author: User
) -> None:
    read, answer = published("Roaming"), published("Norway")
    wish = asked(WISH, article=read)
    assign_article(actor=author, request=wish, article=answer)

    for article in (read, answer):
        (told,) = client.get(f"/api/v1/requests/?article={article.public_id}").json()["results"]
        assert (told["article"], told["answered_by"]) == (read.public_id, answer.public_id)
        assert WISH in words(client.get(f"/en/a/{article.public_id}/", follow=True))


def test_asking_again_tells_what_has_become_of_the_request(client: Client, author: User) -> None:
    article = published("Norway")
    taken_into_work(article, by=author)
    body = {"sentence": WISH, "locale": "en"}
    told = client.post("/api/v1/requests/", body, content_type="application/json")
    assert (told.status_code, told.json()["answered_by"]) == (200, article.public_id)


def test_a_request_on_what_readers_may_read_no_more_stays_hidden_whoever_answers_it(
    author: User,
) -> None:
    secret = published("Margins", audience="agent")
    wish = asked("What do we earn by it?", article=secret)
    assign_article(actor=author, request=wish, article=published("Prices"))
    assert not visible_requests(0).exists()
    assert visible_requests(3).exists()
