"""Whatever is asked, wherever: a clear problem document, never a fault of ours."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from channels.models import ApiKey
from channels.operations.api_keys import revoke_api_key
from tests.api.asserting import assert_problem
from tests.api.conftest import KeyMaker, with_key
from tests.api.endpoints import ARTICLE, HUGE, LISTS, READS, WRITES, json_body
from tests.building import published

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "credentials",
    [
        "Api-Key kh_0000000000_" + "x" * 43,
        "Api-Key short",
        "Bearer",
        "Basic not-base64",
        "Digest username=x",
        "Api-Key kh_\u00fc",
    ],
)
def test_a_key_that_opens_nothing(client: Client, credentials: str) -> None:
    for path in (*READS, ARTICLE):
        response = client.get(path, headers={"Authorization": credentials})
        assert_problem(response, 401, "bad-key")
        assert response["WWW-Authenticate"].startswith("Api-Key")


def test_an_expired_or_revoked_key(key: KeyMaker, administrator: Any) -> None:
    now = timezone.now()
    expired = key(now=now - timedelta(days=2), expires_at=now - timedelta(days=1))
    revoked = key()
    last = ApiKey.objects.order_by("-pk")[0]
    revoke_api_key(actor=administrator, key=last)
    for secret in (expired, revoked):
        for path in (*READS, ARTICLE):
            assert_problem(with_key(secret).get(path), 401, "bad-key")
        for method, path in WRITES:
            assert_problem(getattr(with_key(secret), method)(path, **json_body({})), 401, "bad-key")


@pytest.mark.parametrize("path", [*READS, ARTICLE])
def test_wrong_methods_are_told_the_right_ones(client: Client, path: str) -> None:
    for method in ("PUT", "PATCH", "DELETE", "TRACE", "BREW"):
        response = client.generic(method, path)
        assert_problem(response, 405, "method-not-allowed")
        assert {"GET", "HEAD", "OPTIONS"} <= set(response["Allow"].split(", "))


def test_options_and_head(client: Client, subtests: pytest.Subtests) -> None:
    published()
    for path in READS:
        with subtests.test(path):
            options = client.options(path)
            assert (options.status_code, options.content) == (200, b"")
            assert "GET" in options["Allow"]
            get, head = client.get(path), client.head(path)
            assert (head.status_code, head.content) == (get.status_code, b"")
            assert head.headers.get("ETag") == get.headers.get("ETag")


@pytest.mark.parametrize("path", [*READS, ARTICLE])
def test_a_media_type_that_there_is_not(client: Client, path: str) -> None:
    problem = client.get(path, headers={"Accept": "image/png"})
    assert_problem(problem, 406, "not-acceptable")


@pytest.mark.parametrize("path", READS)
def test_an_unknown_parameter_is_named(client: Client, path: str) -> None:
    sign = "&" if "?" in path else "?"
    problem = assert_problem(client.get(f"{path}{sign}limt=3"), 400, "unknown-parameter")
    assert problem["parameters"] == ["limt"]


@pytest.mark.parametrize("path", LISTS)
def test_garbage_in_parameter_names(client: Client, path: str) -> None:
    sign = "&" if "?" in path else "?"
    for junk in ("%00", "%ED%A0%80", "%FF%FE", "x" * 3000):
        assert_problem(client.get(f"{path}{sign}{junk}=1"), 400, "unknown-parameter")


PARAMETERS = {
    "limit": ["0", "101", "-1", "1.0", "", " 5", "٣", "1e1", HUGE, "%00"],
    "edition": ["0", "-1", HUGE, "x", "", "1.0", "%00"],
    "since": ["-1", HUGE, "x", "", "%00"],
    "facets": ["", "%00", "price", "kind,kind", "kind,,topic", ",".join(["kind"] * 50), "x" * 3000],
    "locale": ["fr", "", "en%00", "%ED%A0%80", HUGE, "x" * 3000],
    "kind": ["none", "", "SALES", "%00"],
    "audience": ["everybody", "", "%00"],
    "channel": ["fax", "", "%00"],
    "topic": ["missing", "", "%00", "%FF", "x" * 3000],
    "state": ["lost", "", "%00"],
    "article": ["", "%00", "x" * 3000],
    "q": ["", "%20", "%00", "%ED%A0%80" * 301, "x" * 3000],
    "cursor": ["x", "", "%00", "W10:x", ":", "%FF", HUGE, "x" * 3000, "WzEsdHJ1ZSwxXQ:abc"],
}


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("articles/", "limit edition locale kind audience channel topic cursor"),
        ("editions/", "limit cursor"),
        ("changes/", "since limit cursor"),
        ("topics/", "locale edition"),
        ("search/", "q locale kind topic audience facets limit cursor"),
        ("search/suggest/", "q locale limit"),
        ("requests/", "limit locale state article cursor"),
    ],
)
def test_parameters_that_are_not_valid(
    client: Client, path: str, names: str, subtests: pytest.Subtests
) -> None:
    published()
    for name in names.split():
        needed = {"changes/": "since=0&"}.get(path, "q=phone&" if "search" in path else "")
        needed = "" if needed.startswith(f"{name}=") else needed
        for value in PARAMETERS[name]:
            with subtests.test(f"{name}={value[:20]}"):
                assert_problem(client.get(f"/api/v1/{path}?{needed}{name}={value}"), 400)


def test_an_article_that_there_is_not_as_a_filter(client: Client) -> None:
    for public_id in ("missing", HUGE, "%FF"):
        assert_problem(client.get(f"/api/v1/requests/?article={public_id}"), 404, "not-found")


def test_a_parameter_given_twice(client: Client) -> None:
    problem = assert_problem(client.get("/api/v1/articles/?limit=1&limit=2"), 400)
    assert problem["parameters"] == ["limit"]


def test_thousands_of_parameters(client: Client) -> None:
    for path in ("/api/v1/articles/", ARTICLE):
        question = "&".join(f"a{n}=1" for n in range(2000))
        assert_problem(client.get(f"{path}?{question}"), 400, "too-many-parameters")


def test_an_edition_that_is_yet_to_come(client: Client) -> None:
    published()
    for path in ("articles/", "topics/"):
        assert_problem(client.get(f"/api/v1/{path}?edition=2"), 404, "unknown-edition")


NOWHERE = (
    "",
    "nothing/",
    "articles/missing/nothing/",
    "editions/current/x/",
    "%00/",
    "%FF%FE/",
    "articles/%ED%A0%80/",
    f"articles/{HUGE}/",
    "articles/..%2F..%2Fetc/",
    f"requests/{HUGE}/",
    "requests/0/",
    "requests/x/",
    "requests/%00/",
    "requests/１/",
)


def test_addresses_that_there_are_not(client: Client, subtests: pytest.Subtests) -> None:
    published()
    for path in NOWHERE:
        with subtests.test(path=path):
            assert_problem(client.get(f"/api/v1/{path}"), 404, "not-found")


def test_a_host_that_is_not_ours(client: Client) -> None:
    assert_problem(client.get("/api/v1/articles/", headers={"Host": "elsewhere.test"}), 400)


@pytest.mark.parametrize("path", ["/api/v1/articles/", "/api/v1/articles/some-article/"])
def test_our_own_faults_are_problems_too_and_tell_nothing(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the password is swordfish")

    monkeypatch.setattr("channels.api.pins.current_number", fail)
    monkeypatch.setattr("channels.delivery.article.find", fail)
    response = Client(raise_request_exception=False).get(path)
    assert_problem(response, 500, "server-error")
    assert b"swordfish" not in response.content


def test_elsewhere_people_get_a_page(client: Client) -> None:
    response = client.get("/en/no-such-page/")
    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/html")
