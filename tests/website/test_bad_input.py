"""Whatever is asked for, the website answers with a page and never falls over."""

from __future__ import annotations

import pytest
from django.test import Client

from articles.models import Article

HUGE = "9" * 30


WHAT_CANNOT_BE = [
    "/en/articles/%00/",
    "/en/articles/a%20b/",
    f"/en/articles/{'x' * 400}/",
    "/en/a/NOPE/",
    f"/en/a/{HUGE}/",
    "/en/topics/nope/",
    "/en/topics/phones/?kind=rumour",
    "/en/topics/phones/?page=0",
    f"/en/topics/phones/?page={HUGE}",
    "/en/articles/?page=x%00",
    "/en/requests/?state=%00",
    f"/en/requests/?page={'9' * 5000}",
    "/en/search/?q=x&page=-1",
    f"/en/search/?q=x&page={HUGE}",
    "/en/search/?q=x&page=%C2%B2",
    "/xx/",
    "/%ff%fe/",
    "/help/%00",
    f"/{'x/' * 500}",
    "/en/requests/ask/?article=%00",
    f"/sitemap-{HUGE}.xml",
]


def test_what_cannot_be_is_not_found(client: Client, esim: Article) -> None:
    for address in WHAT_CANNOT_BE:
        response = client.get(address, follow=True)
        assert response.status_code == 404, address
        assert response["Content-Type"].startswith("text/html"), address


@pytest.mark.parametrize("key", ["0", HUGE, "9" * 5000])
def test_voting_for_what_is_not_there_is_not_found(client: Client, db: None, key: str) -> None:
    assert client.post(f"/en/requests/{key}/vote/").status_code == 404
    assert client.post(f"/en/requests/{key}/retract/").status_code == 404


def test_any_question_can_be_asked(client: Client, esim: Article) -> None:
    for q in ["%00%ff", "%ED%A0%80", "*" * 3000, '"AND (OR', "？！", "a:b~^"]:
        assert client.get(f"/en/search/?q={q}").status_code == 200, q


def test_pages_can_only_be_read(client: Client, esim: Article) -> None:
    for address in ("/en/", "/en/articles/activate-esim/", "/en/requests/", "/sitemap.xml"):
        for method in ("post", "put", "delete", "patch"):
            assert getattr(client, method)(address).status_code == 405, (method, address)


def test_head_answers_as_get_does_without_a_body(client: Client, esim: Article) -> None:
    response = client.head("/en/articles/activate-esim/")
    assert response.status_code == 200
    assert response["Knowledge-Digest"]
    assert not response.content


def test_an_article_page_is_not_served_to_be_framed(client: Client, esim: Article) -> None:
    response = client.get("/en/articles/activate-esim/")
    assert response["X-Frame-Options"] == "DENY"
    assert "default-src 'self'" in response["Content-Security-Policy"]
