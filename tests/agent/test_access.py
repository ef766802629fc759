"""The agent's pages are for agents: strangers sign in, others are told why not."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.agent.conftest import Desk, Page
from tests.building import published
from tests.conftest import person

pytestmark = pytest.mark.django_db

PAGES = ("/agent/", "/agent/articles/esim/", "/agent/articles/esim/text/")


@pytest.mark.parametrize("address", PAGES)
def test_a_stranger_is_sent_to_the_sign_in_and_back(client: Client, address: str) -> None:
    response = client.get(f"{address}?locale=en")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in/?next=/agent/")


def test_signing_in_leads_to_where_the_agent_wanted_to_go(client: Client, agent: User) -> None:
    published(public_id="esim")
    page = Page(client.get("/sign-in/?next=/agent/articles/esim/"))
    (following,) = page.tree.xpath("//main//input[@name='next']/@value")
    fields = {
        "username": agent.username,
        "password": "correct horse battery staple",
        "next": following,
    }
    response = client.post("/sign-in/", fields)
    assert response.headers["Location"] == "/agent/articles/esim/"


def test_a_wrong_password_is_told_and_the_name_kept(client: Client, agent: User) -> None:
    response = client.post("/sign-in/", {"username": agent.username, "password": "wrong"})
    page = Page(response)
    assert "do not belong together" in page.text
    assert page.tree.xpath("//input[@name='username']/@value") == [agent.username]


@pytest.mark.parametrize("address", PAGES)
def test_an_account_without_the_permission_is_told_why(client: Client, address: str) -> None:
    published("Only here", "Text.", public_id="esim")
    client.force_login(User.objects.create_user("visitor"))
    page = Page(client.get(address))
    assert page.status == 403
    assert "may not read what is written for agents" in page.text
    assert "Only here" not in page.text


def test_a_refused_account_changes_nothing_either(client: Client) -> None:
    published(public_id="esim")
    client.force_login(User.objects.create_user("visitor"))
    response = client.post("/agent/articles/esim/ask/", {"sentence": "Please.", "locale": "en"})
    assert response.status_code == 403


@pytest.mark.parametrize("role", ["agent", "author", "publisher"])
def test_every_role_may_read_as_an_agent(client: Client, role: str) -> None:
    client.force_login(person("somebody", role))
    assert client.get("/agent/").status_code == 200


def test_no_shared_cache_keeps_an_agents_page(desk: Desk) -> None:
    published(public_id="esim")
    for address in PAGES:
        assert "private" in desk.client.get(address).headers["Cache-Control"]


def test_signing_out_is_a_button(desk: Desk) -> None:
    assert desk.open("/agent/").tree.xpath("//form[@action='/sign-out/' and @method='post']")
    desk.client.post("/sign-out/")
    assert desk.client.get("/agent/").status_code == 302
