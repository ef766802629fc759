"""The article read out: the stored words, for everybody who calls and nobody else's."""

from __future__ import annotations

import pytest
from django.test import Client

from channels.delivery.lookup import Found, find
from channels.envelopes.voicexml import spoken_words
from channels.registry import FORMATS
from tests.building import published
from tests.ivr.calling import call

pytestmark = pytest.mark.django_db


def test_a_caller_hears_the_words_that_are_stored(client: Client, company: set[str]) -> None:
    stored = find(public_id="esim", locales=["en"], format="ssml", rank=0)
    assert isinstance(stored, Found)
    assert stored.body is not None
    response = client.get("/ivr/en/articles/esim/")
    assert spoken_words(response.content) == FORMATS["ssml"].words(stored.body)
    assert response.headers["Knowledge-Digest"] == stored.content_digest


def test_what_is_for_agents_is_not_read_to_callers(client: Client) -> None:
    published(
        "Late bill",
        'Pay soon.\n\n::: agent "Colleagues"\nOffer ten pounds.\n:::\n',
        public_id="bill",
    )
    heard = call(client, "/ivr/en/articles/bill/")
    assert "Pay soon." in heard.words
    assert "ten pounds" not in heard.words


def test_after_the_article_the_caller_can_hear_it_again_or_go_back(
    client: Client, company: set[str]
) -> None:
    heard = call(client, "/ivr/en/articles/screen/")
    assert heard.key("1", page="after") == "#article"
    assert heard.key("*", page="after") == "/ivr/en/topics/tablets/"
    assert call(client, "/ivr/en/articles/hello/").key("*", page="after") == "/ivr/en/"


NOT_THERE = (
    "en/articles/never-was/",
    "en/articles/hush/",
    "en/articles/" + "9" * 31 + "/",
    "en/articles/%00/",
    "en/articles/%ED%A0%80/",
    "en/topics/never-was/",
    "en/topics/%00/",
    "en/nowhere/",
    "en/topics/phones/and/more/",
)


def test_what_is_not_there_is_regretted_and_leads_to_the_menu(
    client: Client, company: set[str], subtests: pytest.Subtests
) -> None:
    for path in NOT_THERE:
        with subtests.test(path):
            heard = call(client, f"/ivr/{path}")
            assert heard.status == 404
            assert "Sorry" in heard.words
            assert heard.leads_to() == ["/ivr/en/"]


def test_what_is_hidden_sounds_exactly_as_what_is_missing(
    client: Client, company: set[str], subtests: pytest.Subtests
) -> None:
    for there, nowhere in (
        ("articles/hush", "articles/hash"),
        ("topics/inside", "topics/outside"),
        ("topics/nothing-yet", "topics/nothing-ever"),
    ):
        with subtests.test(there):
            hidden = client.get(f"/ivr/en/{there}/")
            missing = client.get(f"/ivr/en/{nowhere}/")
            assert hidden.status_code == 404
            assert (hidden.status_code, hidden.content, hidden.items()) == (
                missing.status_code,
                missing.content,
                missing.items(),
            )


def test_an_unknown_language_leads_to_the_choice_of_languages(
    client: Client, company: set[str], subtests: pytest.Subtests
) -> None:
    for path in ("xx/", "xx/topics/phones/", "EN/articles/esim/", "%00/", "x/y/z/"):
        with subtests.test(path):
            heard = call(client, f"/ivr/{path}")
            assert heard.status == 404
            assert heard.leads_to() == ["/ivr/"]


def test_an_article_in_another_language_is_no_help_by_ear(
    client: Client, company: set[str]
) -> None:
    assert call(client, "/ivr/zh-hans/articles/plan-1/").status == 404


def test_the_telephone_only_reads(client: Client, subtests: pytest.Subtests) -> None:
    published()
    for method in ("post", "put", "delete", "patch"):
        with subtests.test(method):
            response = getattr(client, method)("/ivr/en/")
            assert response.status_code == 405
            assert response.headers["Allow"] == "GET, HEAD"
