"""Readers say what needs an update, and vote for what others asked."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.asserts import assertRedirects
from rest_framework.settings import api_settings

from articles.models import Article
from articles.operations.audit import system_user
from channels.delivery.throttle import WriteThrottle
from channels.models import UpdateRequest, Vote
from channels.operations.items import Retirement
from channels.operations.requests import ask, decide
from channels.queries import current_edition
from channels.voters import Voter
from channels.website import reading
from tests.building import publish_texts
from tests.website.conftest import hrefs, page, words

SENTENCE = "Which phones can do this?"


def asked(
    article: Article | None = None, sentence: str = SENTENCE, *, locale: str = "en", rank: int = 0
) -> UpdateRequest:
    return ask(
        voter=Voter.of("browser", "somebody else"),
        locale=locale,
        sentence=sentence,
        origin="website",
        audience_rank=rank,
        article=article,
    )


def votes(request: UpdateRequest) -> int:
    request.refresh_from_db()
    assert request.votes_count == Vote.objects.filter(request=request).count()
    return request.votes_count


def test_a_reader_asks_for_an_update_on_the_articles_page(client: Client, esim: Article) -> None:
    response = client.post("/en/requests/ask/", {"article": esim.public_id, "sentence": SENTENCE})
    assertRedirects(response, "/en/articles/activate-esim/#requests")
    wish = UpdateRequest.objects.get()
    assert (wish.article, wish.sentence, wish.votes_count) == (esim, SENTENCE, 1)
    assert SENTENCE in words(client.get("/en/articles/activate-esim/"))


def test_a_reader_asks_for_what_a_search_did_not_find(client: Client, db: None) -> None:
    response = client.post("/en/requests/ask/", {"sentence": SENTENCE, "from": "search"})
    assertRedirects(response, "/en/requests/")
    wish = UpdateRequest.objects.get()
    assert (wish.article, wish.origin) == (None, "search")


def test_a_reader_of_a_text_that_stands_in_asks_in_their_own_language(
    client: Client, tariff: Article
) -> None:
    response = client.post(
        "/zh-hans/requests/ask/", {"article": tariff.public_id, "sentence": "请翻译这一篇。"}
    )
    assertRedirects(response, f"/zh-hans/a/{tariff.public_id}/#requests")
    assert UpdateRequest.objects.get().locale == "zh-hans"


def test_a_sentence_that_cannot_be_taken_is_kept_in_the_form(
    client: Client, esim: Article, subtests: pytest.Subtests
) -> None:
    for sentence in ("", "ab", "x" * 501, "\x00\x00\x00"):
        with subtests.test(sentence=sentence):
            data = {"article": esim.public_id, "sentence": sentence}
            response = client.post("/en/requests/ask/", data)
            assert response.status_code == 400
            assert "3 to 500 characters" in words(response)
            assert sentence[:500].strip("\x00") == page(response).xpath("string(//textarea)")
            assert not UpdateRequest.objects.exists()


def test_a_browser_has_one_vote_and_can_take_it_back(client: Client, esim: Article) -> None:
    wish = asked(esim)
    for _ in range(2):
        client.post(f"/en/requests/{wish.pk}/vote/", {"back": "/en/articles/activate-esim/"})
    assert votes(wish) == 2
    client.post(f"/en/requests/{wish.pk}/retract/")
    client.post(f"/en/requests/{wish.pk}/retract/")
    assert votes(wish) == 1


def test_an_account_has_one_vote_in_all_its_browsers(esim: Article, agent: object) -> None:
    wish = asked(esim)
    for browser in (Client(), Client()):
        browser.force_login(agent)  # type: ignore[arg-type]
        browser.post(f"/en/requests/{wish.pk}/vote/")
    assert votes(wish) == 2


def test_a_made_up_token_is_no_second_voter(client: Client, esim: Article) -> None:
    wish = asked(esim)
    client.post(f"/en/requests/{wish.pk}/vote/")
    token = client.cookies["knowledgehub_reader"].value
    client.cookies["knowledgehub_reader"] = token[:-2]
    response = client.get("/en/articles/activate-esim/")
    assert not page(response).find_class("vote-mine")


def test_the_page_shows_whether_i_voted(client: Client, esim: Article) -> None:
    wish = asked(esim)
    assert not page(client.get("/en/articles/activate-esim/")).find_class("vote-mine")
    client.post(f"/en/requests/{wish.pk}/vote/")
    for address in ("/en/articles/activate-esim/", "/en/requests/"):
        assert page(client.get(address)).find_class("vote-mine")


def test_a_vote_without_the_forms_token_is_refused(esim: Article) -> None:
    wish = asked(esim)
    strict = Client(enforce_csrf_checks=True)
    for address in (f"/en/requests/{wish.pk}/vote/", "/en/requests/ask/"):
        response = strict.post(address, {"sentence": SENTENCE})
        assert response.status_code == 403
        assert "cookie" in words(response)
    assert votes(wish) == 1


def test_the_forms_token_lets_a_vote_pass(esim: Article) -> None:
    wish = asked(esim)
    strict = Client(enforce_csrf_checks=True)
    form = page(strict.get("/en/articles/activate-esim/")).xpath("//li[@class='wish']/form")[0]
    response = strict.post(form.get("action"), dict(form.form_values()))
    assertRedirects(response, "/en/articles/activate-esim/")
    assert votes(wish) == 2


def test_nothing_is_voted_by_following_a_link(client: Client, esim: Article) -> None:
    wish = asked(esim)
    for action in ("vote", "retract"):
        assert client.get(f"/en/requests/{wish.pk}/{action}/").status_code == 405, action
        assert votes(wish) == 1, action


def test_the_list_begins_with_what_most_ask_for(client: Client, esim: Article) -> None:
    asked(esim, "First but lonely")
    popular = asked(None, "Asked by two")
    client.post(f"/en/requests/{popular.pk}/vote/")
    listed = words(client.get("/en/requests/"))
    assert listed.index("Asked by two") < listed.index("First but lonely")
    assert "Activate an eSIM" in listed


def test_a_declined_request_says_why_and_takes_no_vote(client: Client, db: None) -> None:
    wish = asked(None)
    decide(actor=system_user(), request=wish, state="declined", reason="Not ours to tell.")
    response = client.get("/en/requests/?state=declined")
    assert "Not ours to tell." in words(response)
    assert not page(response).xpath("//li[@class='wish']//button")
    client.post(f"/en/requests/{wish.pk}/vote/")
    assert votes(wish) == 1
    assert SENTENCE not in words(client.get("/en/requests/?state=open"))


def test_what_agents_ask_stays_with_agents(client: Client, esim: Article) -> None:
    wish = asked(esim, "The CRM says something else", rank=3)
    for address in ("/en/", "/en/requests/", "/en/articles/activate-esim/"):
        assert "CRM" not in words(client.get(address))
    assert client.post(f"/en/requests/{wish.pk}/vote/").status_code == 404


def test_nobody_can_ask_about_an_article_that_is_hidden(client: Client, secret: Article) -> None:
    data = {"article": secret.public_id, "sentence": SENTENCE}
    assert client.post("/en/requests/ask/", data).status_code == 404
    assert client.get("/en/requests/ask/", data).status_code == 404


def test_a_vote_leads_back_to_no_other_site(client: Client, esim: Article) -> None:
    wish = asked(esim)
    for back in ("https://evil.example/", "//evil.example/", "javascript:x", "\\\\e"):
        response = client.post(f"/en/requests/{wish.pk}/vote/", {"back": back})
        assert response["Location"] == "/en/requests/", back


def test_what_readers_write_is_shown_as_text(client: Client, esim: Article) -> None:
    asked(esim, "<img src=x onerror=alert(1)>")
    parsed = page(client.get("/en/articles/activate-esim/"))
    assert not parsed.xpath("//main//img")


def test_who_writes_too_often_is_asked_for_patience(client: Client, esim: Article) -> None:
    wish = asked(esim)
    here = {"back": "/en/articles/activate-esim/"}
    for _ in range(15):
        assert client.post(f"/en/requests/{wish.pk}/vote/", here).status_code == 302
        assert client.post(f"/en/requests/{wish.pk}/retract/", here).status_code == 302
    for action in ("vote", "retract"):
        refused = client.post(f"/en/requests/{wish.pk}/{action}/", here)
        assert refused.status_code == 429
        assert 1 <= int(refused["Retry-After"]) <= 60
        assert "try again in a minute" in words(refused)
        assert "/en/articles/activate-esim/" in hrefs(refused)
    assert votes(wish) == 1
    # A header that anybody can send gives no fresh start, nor does a browser without a cookie.
    fresh = Client(headers={"X-Forwarded-For": "192.0.2.7"})
    assert fresh.post(f"/en/requests/{wish.pk}/vote/").status_code == 429
    assert client.get("/en/requests/").status_code == 200
    assert Client(REMOTE_ADDR="192.0.2.9").post(f"/en/requests/{wish.pk}/vote/").status_code == 302


@pytest.fixture
def three_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not thirty, which take their time to send."""
    monkeypatch.setitem(WriteThrottle.THROTTLE_RATES, "reader-writes", "3/min")


def test_a_sentence_that_comes_too_soon_is_kept_in_the_form(
    client: Client, db: None, three_a_minute: None
) -> None:
    for number in range(3):
        client.post("/en/requests/ask/", {"sentence": f"Wish number {number}"})
    refused = client.post("/en/requests/ask/", {"sentence": SENTENCE})
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert "try again in a minute" in words(refused)
    assert page(refused).xpath("string(//textarea)") == SENTENCE
    assert UpdateRequest.objects.count() == 3


def test_what_is_written_by_api_counts_as_well(
    client: Client, esim: Article, three_a_minute: None
) -> None:
    wish = asked(esim)
    for _ in range(3):
        client.delete(f"/api/v1/requests/{wish.pk}/vote/")
    assert client.post(f"/en/requests/{wish.pk}/vote/").status_code == 429


def test_behind_a_proxy_of_ours_callers_are_told_apart(
    client: Client, esim: Article, three_a_minute: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api_settings, "NUM_PROXIES", 1)
    address = f"/en/requests/{asked(esim).pk}/vote/"
    one, other = ({"X-Forwarded-For": f"10.0.0.1, 192.0.2.{n}"} for n in (7, 8))
    for _ in range(3):
        client.post(address, headers=one)
    assert client.post(address, headers=one).status_code == 429
    assert client.post(address, headers=other).status_code == 302


def test_a_page_shows_the_wishes_of_the_edition_that_it_tells(
    client: Client, esim: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(esim)
    first = current_edition()
    publish_texts(Retirement(esim))
    assert SENTENCE not in words(client.get("/en/"))
    # As if the article were retired after a request had read which edition is current.
    monkeypatch.setattr(reading, "current_edition", lambda: first)
    for address in ("/en/", "/en/requests/", "/en/articles/activate-esim/"):
        assert SENTENCE in words(client.get(address)), address
