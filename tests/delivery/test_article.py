"""Reading one article: one statement from the question to the stored bytes."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from articles.operations.audit import system_user
from channels.models import ApiKey, Entry, Rendering
from channels.operations.api_keys import create_api_key, revoke_api_key
from channels.operations.items import Retirement
from channels.operations.publishing import publish
from tests.building import publish_texts, published, write_approved

pytestmark = pytest.mark.django_db


def address(public_id: str) -> str:
    return f"/api/v1/articles/{public_id}/"


@pytest.mark.parametrize("name", ["html", "json", "text", "markdown", "ssml", "voicexml", "twiml"])
def test_an_article_costs_one_statement(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, name: str
) -> None:
    article = published()
    with django_assert_num_queries(1):
        assert client.get(address(article.public_id), {"format": name}).status_code == 200
    with django_assert_num_queries(1):
        client.get(address(article.public_id), {"format": name, "edition": "1"})


def test_the_body_is_the_stored_bytes(client: Client) -> None:
    article = published()
    body = client.get(address(article.public_id), {"format": "html"}).content
    stored = Rendering.objects.get(format="html").blob_id
    assert hashlib.sha256(body).hexdigest() == stored


@pytest.mark.parametrize("name", ["html", "json", "voicexml"])
def test_who_has_the_bytes_gets_304_until_they_change(client: Client, name: str) -> None:
    article = published("Roaming", "Old.")
    first = client.get(address(article.public_id), {"format": name})
    again = client.get(
        address(article.public_id), {"format": name}, headers={"If-None-Match": first["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Knowledge-Edition"] == "1"
    published("Another")
    again = client.get(
        address(article.public_id), {"format": name}, headers={"If-None-Match": first["ETag"]}
    )
    assert (again.status_code, again["Knowledge-Edition"]) == (304, "2")
    publish_texts(write_approved("Roaming", "New.", article=article))
    changed = client.get(
        address(article.public_id), {"format": name}, headers={"If-None-Match": first["ETag"]}
    )
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_formats_do_not_share_an_etag(client: Client) -> None:
    article = published()
    etags = {
        client.get(address(article.public_id), {"format": name})["ETag"]
        for name in ("html", "json", "text", "markdown", "ssml", "voicexml", "twiml")
    }
    assert len(etags) == 7


def test_what_is_current_is_asked_for_again_and_what_was_is_kept_for_ever(client: Client) -> None:
    article = published()
    assert client.get(address(article.public_id))["Cache-Control"] == "no-cache"
    pinned = client.get(address(article.public_id), {"edition": "1"})["Cache-Control"]
    assert pinned == "public, max-age=31536000, immutable"
    query = {"edition": "1", "format": "voicexml"}
    assert client.get(address(article.public_id), query)["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/html", "text/html; charset=utf-8"),
        ("application/json", "application/json"),
        ("text/plain;q=0.5, text/markdown", "text/markdown; charset=utf-8"),
        ("application/ssml+xml", "application/ssml+xml"),
        ("*/*", "application/json"),
    ],
)
def test_the_accept_header_chooses_the_format(client: Client, accept: str, media_type: str) -> None:
    article = published()
    answer = client.get(address(article.public_id), headers={"Accept": accept})
    assert answer["Content-Type"] == media_type


@pytest.mark.parametrize(
    ("asked", "told", "fallback"),
    [
        ({"locale": "zh-hans"}, "zh-Hans", None),
        ({"locale": "zh-hant"}, "zh-Hans", "zh-Hant"),
        ({"Accept-Language": "zh-TW,zh;q=0.8"}, "zh-Hans", "zh-Hant"),
        ({"Accept-Language": "zh-CN"}, "zh-Hans", None),
        ({"Accept-Language": "en-GB,en;q=0.5"}, "en", None),
        ({"Accept-Language": "xx, *;q=0.1"}, "en", None),
        ({}, "en", None),
    ],
)
def test_the_locale_is_chosen_and_a_fallback_is_flagged(
    client: Client, asked: dict[str, str], told: str, fallback: str | None
) -> None:
    article = published("Roaming")
    publish_texts(write_approved("漫游", "打开。", article=article, locale="zh-hans"))
    query = {"locale": asked["locale"]} if "locale" in asked else {}
    headers = {k: v for k, v in asked.items() if k != "locale"}
    answer = client.get(address(article.public_id), query, headers=headers)
    assert answer["Content-Language"] == told
    assert answer.get("Knowledge-Fallback") == fallback


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"format": "pdf"}, 400),
        ({"locale": "xx"}, 400),
        ({"edition": "0"}, 400),
        ({"edition": "-1"}, 400),
        ({"edition": "1" + "0" * 30}, 400),
        ({"edition": "１"}, 400),
        ({"edition": "2"}, 404),
        ({"edition": "\x00"}, 400),
        ({"format": "\ud800"}, 400),
    ],
)
def test_what_there_cannot_be_is_a_problem(
    client: Client, query: dict[str, str], status: int
) -> None:
    article = published()
    from urllib.parse import urlencode

    encoded = urlencode(query, errors="surrogatepass")
    answer = client.get(f"{address(article.public_id)}?{encoded}")
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["status"] == status


@pytest.mark.parametrize("public_id", ["nothing-here", "1" + "0" * 30, "%00", "a%ED%A0%80", "../x"])
def test_an_unknown_id_is_not_found(client: Client, public_id: str) -> None:
    published()
    answer = client.get(f"/api/v1/articles/{public_id}/")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_a_hidden_article_answers_as_a_missing_one_does_byte_for_byte(client: Client) -> None:
    hidden = published("Secret", audience="agent")
    missing, there = client.get(address("nothing-here")), client.get(address(hidden.public_id))
    assert (missing.status_code, missing.content) == (there.status_code, there.content)
    assert dict(missing.headers) == dict(there.headers)


def test_an_unacceptable_media_type_is_told_what_there_is(client: Client) -> None:
    article = published()
    answer = client.get(address(article.public_id), headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/html" in json.loads(answer.content)["detail"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_an_article_can_only_be_read(client: Client, method: str) -> None:
    article = published()
    answer = client.generic(method, address(article.public_id))
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    assert answer["Content-Type"] == "application/problem+json"


def test_head_and_options_are_answered(client: Client) -> None:
    article = published()
    head = client.head(address(article.public_id))
    assert (head.status_code, head.content) == (200, b"")
    assert client.options(address(article.public_id))["Allow"] == "GET, HEAD, OPTIONS"


def test_before_the_first_edition_there_is_nothing(client: Client) -> None:
    assert client.get(address("anything")).status_code == 404


def test_reading_sets_no_cookie_and_frames_nothing(client: Client) -> None:
    article = published()
    answer = client.get(address(article.public_id), {"format": "html"})
    assert not answer.cookies
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


class TestKeys:
    """A partner's key opens its audience and nothing else."""

    @pytest.fixture
    def secret(self) -> str:
        return create_api_key(actor=system_user(), name="Shop", audience="partner")[1]

    def test_a_key_reads_what_its_audience_may_read(self, client: Client, secret: str) -> None:
        partner = published("For partners", audience="partner")
        hidden = published("For agents", audience="agent")
        for scheme in (
            f"Api-Key {secret}",
            f"Bearer {secret}",
            "Basic " + base64.b64encode(f"any:{secret}".encode()).decode(),
        ):
            headers = {"Authorization": scheme}
            answer = client.get(address(partner.public_id), headers=headers)
            assert answer.status_code == 200
            assert answer["Cache-Control"] == "private, no-cache"
            assert client.get(address(hidden.public_id), headers=headers).status_code == 404
        assert client.get(address(partner.public_id)).status_code == 404

    def test_a_key_costs_one_more_statement(
        self, client: Client, secret: str, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        article = published()
        with django_assert_num_queries(2):
            client.get(address(article.public_id), headers={"Authorization": f"Api-Key {secret}"})

    @pytest.mark.parametrize(
        "header",
        [
            "Api-Key",
            "Api-Key kh_short_secret",
            "Api-Key kh_abcdefghij_" + "x" * 43,
            "Api-Key \x00",
            "Basic !!!",
            "Basic " + base64.b64encode(b"\xff\xfe").decode(),
            "Digest x",
            "x" * 10_000,
        ],
    )
    def test_what_opens_nothing_is_told_so(self, client: Client, header: str) -> None:
        article = published()
        answer = client.get(address(article.public_id), headers={"Authorization": header})
        assert answer.status_code == 401
        assert "WWW-Authenticate" in answer.headers
        assert answer["Content-Type"] == "application/problem+json"

    def test_a_known_prefix_with_another_secret_opens_nothing(
        self, client: Client, secret: str
    ) -> None:
        partner = published("For partners", audience="partner")
        other = secret[:-1] + ("A" if secret[-1] != "A" else "B")
        answer = client.get(
            address(partner.public_id), headers={"Authorization": f"Api-Key {other}"}
        )
        assert answer.status_code == 401

    def test_an_expired_or_revoked_key_opens_nothing(
        self, client: Client, administrator: User
    ) -> None:
        article = published()
        soon = timezone.now() + timedelta(seconds=1)
        expired, first = create_api_key(
            actor=administrator,
            name="Old",
            audience="public",
            expires_at=soon,
            now=soon - timedelta(days=1),
        )
        ApiKey.objects.filter(pk=expired.pk).update(expires_at=timezone.now())
        revoked, second = create_api_key(actor=administrator, name="Lost", audience="public")
        revoke_api_key(actor=administrator, key=revoked)
        for secret in (first, second):
            headers = {"Authorization": f"Api-Key {secret}"}
            assert client.get(address(article.public_id), headers=headers).status_code == 401

    def test_a_key_without_the_scope_may_not_read(self, client: Client) -> None:
        article = published()
        _, secret = create_api_key(
            actor=system_user(), name="Votes", audience="public", scopes=["requests:write"]
        )
        headers = {"Authorization": f"Api-Key {secret}"}
        assert client.get(address(article.public_id), headers=headers).status_code == 403

    def test_the_secret_is_kept_only_as_a_hash(self, secret: str) -> None:
        key = ApiKey.objects.get()
        assert secret not in json.dumps(
            {field.name: str(getattr(key, field.name)) for field in key._meta.concrete_fields}
        )


def test_any_past_edition_answers_byte_for_byte(client: Client) -> None:
    article = published("Roaming", "First words.")
    was = client.get(address(article.public_id), {"format": "html"}).content
    publish_texts(write_approved("Roaming", "Second words.", article=article))
    publish(items=[Retirement(article)], actor=system_user())
    assert client.get(address(article.public_id), {"format": "html", "edition": "1"}).content == was
    second = client.get(address(article.public_id), {"format": "html", "edition": "2"})
    assert b"Second words." in second.content
    assert second["Knowledge-Edition"] == "2"
    assert client.get(address(article.public_id), {"edition": "3"}).status_code == 404
    assert Entry.objects.count() == 2


def test_the_reading_path_keeps_the_rules_of_transport(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 1000
    article = published()
    assert client.get(address(article.public_id)).status_code == 301
    answer = client.get(address(article.public_id), secure=True)
    assert answer["Strict-Transport-Security"] == "max-age=1000"
    assert int(answer["Content-Length"]) == len(answer.content)
