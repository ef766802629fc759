"""Whatever is sent in a body: a clear problem document, and nothing is changed."""

from __future__ import annotations

import pytest
from django.test import Client

from channels.delivery.throttle import WriteThrottle
from channels.models import UpdateRequest, Vote
from tests.api.asserting import assert_problem
from tests.api.endpoints import HUGE, LISTS, SENDS, WRITES, json_body
from tests.building import published

pytestmark = pytest.mark.django_db
TWELVE_MEGABYTES = b"x" * 12_000_000


@pytest.mark.parametrize("public_id", ["missing", HUGE, "%00", "%ED%A0%80", "x" * 3000, "A"])
def test_feedback_on_an_article_that_there_is_not(client: Client, public_id: str) -> None:
    path = f"/api/v1/articles/{public_id}/feedback/"
    body = json_body({"sentence": "This is wrong.", "locale": "en"})
    assert_problem(client.post(path, **body), 404, "not-found")


UNREADABLE = [
    b"",
    b"   ",
    b"\xff\xfe",
    b"\xef\xbb\xbf{}",
    b"{",
    b"NaN",
    b'{"sentence": Infinity}',
    b'{"sentence": -Infinity}',
    b'{"sentence": 1e999}',
    b'{"sentence": ' + b"9" * 5000 + b"}",
    b'{"sentence": "abc", "locale": "en", "locale": "en"}',
    b'{"sentence": "a\\u0000b", "locale": "en"}',
    b'{"sentence": "a\x00b", "locale": "en"}',
    b'{"sentence": "a\\ud800b", "locale": "en"}',
    b'{"sentence": "abc", "locale": "en", "\\udfff": 1}',
    b"[" * 100_000,
    b"[" * 100_000 + b"]" * 100_000,
    b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    b"[" * 40 + b"]" * 40,
]
INVALID = [
    b"null",
    b"[]",
    b'"text"',
    b'{"sentence": ["abc"], "locale": "en"}',
    b'{"sentence": 12345, "locale": "en"}',
    b'{"sentence": true, "locale": "en"}',
    b'{"sentence": "ab", "locale": "en"}',
    b'{"sentence": "' + b"x" * 501 + b'", "locale": "en"}',
    b'{"sentence": "   \\u200b ", "locale": "en"}',
    b'{"sentence": "abc", "locale": "fr"}',
    b'{"sentence": "abc", "locale": {"en": 1}}',
    b'{"sentence": "abc", "locale": "en", "article": 5}',
    b'{"sentence": "abc", "locale": "en", "state": "published"}',
    b'{"locale": "en"}',
]


@pytest.mark.parametrize(
    ("bodies", "code"),
    [(UNREADABLE, "bad-json"), (INVALID, "invalid")],
    ids=["unreadable", "invalid"],
)
def test_bodies_that_are_not_valid(
    client: Client,
    bodies: list[bytes],
    code: str,
    monkeypatch: pytest.MonkeyPatch,
    subtests: pytest.Subtests,
) -> None:
    monkeypatch.setitem(WriteThrottle.THROTTLE_RATES, "reader-writes", None)
    public_id = published().public_id
    for body in bodies:
        for path in SENDS:
            with subtests.test(path, body=body):
                path = path.replace("missing", public_id)
                response = client.post(path, body, content_type="application/json")
                assert_problem(response, 400, code)
                assert not UpdateRequest.objects.exists()


@pytest.mark.parametrize(
    "media_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "application/xml",
        "/",
        "",
    ],
)
def test_other_content_types(client: Client, media_type: str) -> None:
    body = b'{"sentence": "abc", "locale": "en"}'
    for path in SENDS:
        response = client.generic("POST", path, body, media_type)
        assert_problem(response, 415, "unsupported-media-type")


@pytest.mark.parametrize(("method", "path"), [("get", LISTS[1]), ("put", LISTS[1]), *WRITES])
def test_twelve_megabytes(client: Client, method: str, path: str) -> None:
    for media_type in ("application/json", "application/x-www-form-urlencoded", "text/plain"):
        response = client.generic(method.upper(), path, TWELVE_MEGABYTES, media_type)
        assert_problem(response, 405 if method == "put" else 413)


def test_a_body_without_an_end_is_none(client: Client) -> None:
    """A server that reads chunked bodies says no length: nothing is read then."""
    response = client.post(SENDS[0], b"{}", content_type="application/json", CONTENT_LENGTH="")
    assert_problem(response, 400, "bad-json")


def test_refused_writes_change_nothing(client: Client) -> None:
    published()
    for method, path in WRITES:
        for body in ({}, {"sentence": "x"}, {"sentence": "abc", "locale": "en", "x": 1}):
            response = getattr(client, method)(path, **json_body(body))
            assert 400 <= response.status_code < 500
    assert not UpdateRequest.objects.exists()
    assert not Vote.objects.exists()
