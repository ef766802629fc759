"""Who may read a feed, and what everybody else is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from channels.models import ApiKey
from channels.operations.api_keys import create_api_key, revoke_api_key
from tests.building import published
from tests.feeds.conftest import NOON, Fetch, basic

pytestmark = pytest.mark.django_db

FEEDS = ("/feeds/en/atom.xml", "/feeds/en/feed.json")


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize("scheme", ["Bearer", "Api-Key", "Basic"])
def test_a_key_opens_the_feed_in_each_way_a_reader_can_send_it(
    client: Client, partner_key: tuple[ApiKey, str], path: str, scheme: str
) -> None:
    published()
    secret = partner_key[1]
    header = basic(secret) if scheme == "Basic" else f"{scheme} {secret}"
    response = client.get(path, headers={"Authorization": header})
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-cache, private"
    assert "Authorization" in response.headers["Vary"]


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize(
    "header",
    [
        {},
        {"Authorization": "Bearer kh_unknown234_" + "x" * 43},
        {"Authorization": "Basic not-base64!"},
        {"Authorization": basic("wrong")},
        {"Authorization": "Digest x"},
    ],
)
def test_without_a_good_key_the_reader_is_asked_for_one(
    client: Client, path: str, header: dict[str, str]
) -> None:
    response = client.get(path, headers=header)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith('Basic realm="knowledge-hub"')
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.json()["status"] == 401


def test_a_revoked_key_opens_nothing(
    fetch: Fetch, administrator: User, partner_key: tuple[ApiKey, str]
) -> None:
    revoke_api_key(actor=administrator, key=partner_key[0])
    assert fetch("/feeds/en/atom.xml").status_code == 401


def test_an_expired_key_opens_nothing(client: Client, administrator: User) -> None:
    with time_machine.travel(NOON, tick=False):
        _, secret = create_api_key(
            actor=administrator, name="x", audience="partner", expires_at=NOON + timedelta(days=1)
        )
    response = client.get("/feeds/en/feed.json", headers={"Authorization": f"Bearer {secret}"})
    assert response.status_code == 401


def test_a_key_for_something_else_is_refused(client: Client, key_without_scope: str) -> None:
    header = {"Authorization": f"Bearer {key_without_scope}"}
    response = client.get("/feeds/en/feed.json", headers=header)
    assert response.status_code == 403
    assert response.json()["type"].endswith("missing-scope")


def test_a_partner_reads_what_is_for_partners_and_nothing_for_agents(fetch: Fetch) -> None:
    published("For all", "Yes.\n\n::: agent\nSecret.\n:::\n", public_id="all")
    published("For shops", "Margins.", public_id="shops", audience="partner")
    published("For colleagues", "Hush.", public_id="hush", audience="agent")
    items = fetch("/feeds/en/feed.json").json()["items"]
    assert {item["id"] for item in items} == {
        "urn:knowledge-hub:all:en",
        "urn:knowledge-hub:shops:en",
    }
    assert "Secret" not in str(items)


def test_a_part_for_partners_is_in_their_feed_and_in_nobody_elses(
    client: Client, fetch: Fetch, administrator: User
) -> None:
    published("Prices", "List.\n\n::: partner\nMargin.\n:::\n", public_id="prices")
    (item,) = fetch("/feeds/en/feed.json").json()["items"]
    assert "Margin." in item["content_html"]
    _, secret = create_api_key(actor=administrator, name="Club", audience="customer")
    customers = client.get("/feeds/en/feed.json", headers={"Authorization": f"Bearer {secret}"})
    (item,) = customers.json()["items"]
    assert "List." in item["content_html"]
    assert "Margin." not in item["content_html"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/feeds/xx/atom.xml", 404),
        ("/feeds/%00/atom.xml", 404),
        ("/feeds/en/atom.xml?kind=cooking", 400),
        ("/feeds/en/atom.xml?topic=nowhere", 400),
        ("/feeds/en/atom.xml?topic=%00", 400),
        ("/feeds/en/atom.xml?page=0", 400),
        ("/feeds/en/atom.xml?page=" + "9" * 31, 400),
        ("/feeds/en/atom.xml?edition=0", 400),
        ("/feeds/en/atom.xml?edition=" + "9" * 31, 400),
        ("/feeds/en/atom.xml?edition=99", 404),
        ("/feeds/en/atom.xml?cursor=1", 400),
        ("/feeds/en/atom.xml?page=1&page=2", 400),
    ],
)
def test_what_can_not_be_asked_for_is_a_clear_problem(fetch: Fetch, path: str, status: int) -> None:
    published()
    response = fetch(path)
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["detail"]


def test_before_the_first_edition_there_is_no_feed(fetch: Fetch) -> None:
    assert fetch("/feeds/en/atom.xml").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_feed_can_only_be_read(client: Client, method: str) -> None:
    response = getattr(client, method)("/feeds/en/atom.xml")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert response.headers["Content-Type"] == "application/problem+json"
