"""Passwords can't be tried without end, at any door."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery staple"
DOORS = ("/sign-in/", "/admin/login/")


@pytest.fixture(autouse=True)
def limited(settings: Settings) -> None:
    settings.AXES_ENABLED = True


def attempt(
    name: str,
    password: str,
    *,
    door: str = "/sign-in/",
    address: str = "192.0.2.1",
    forwarded: str = "",
) -> int:
    response = Client().post(
        door,
        {"username": name, "password": password, "next": "/"},
        REMOTE_ADDR=address,
        **({"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}),
    )
    return response.status_code


@pytest.mark.parametrize("door", DOORS)
def test_after_ten_wrong_passwords_no_door_opens_for_a_quarter_of_an_hour(
    administrator: User, door: str
) -> None:
    administrator.is_staff = True
    administrator.save()
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        assert [attempt("alma", "wrong", door=door) for _ in range(10)] == [200] * 9 + [429]
        assert [attempt("alma", PASSWORD, door=door) for door in DOORS] == [429, 429]
    with time_machine.travel(now + timedelta(minutes=16), tick=False):
        assert attempt("alma", PASSWORD, door=door) == 302


def test_others_are_not_kept_out(administrator: User, author: User) -> None:
    for _ in range(10):
        attempt("alma", "wrong")
    assert attempt("ada", PASSWORD) == 302
    assert attempt("alma", PASSWORD, address="192.0.2.2") == 302


def test_who_signs_in_begins_to_count_anew(administrator: User) -> None:
    for _ in range(2):
        assert [attempt("alma", "wrong") for _ in range(9)] == [200] * 9
        assert attempt("alma", PASSWORD) == 302


def test_the_page_says_so_and_when_to_come_back(client: Client, administrator: User) -> None:
    for _ in range(11):
        page = client.post("/sign-in/", {"username": "alma", "password": "wrong"})
    assert page.headers["Retry-After"] == "900"
    assert "in a quarter of an hour" in page.text
    assert "<form" not in page.text.partition("<main")[2]


def test_a_forged_address_does_not_help_and_a_broken_one_does_no_harm(
    administrator: User,
) -> None:
    """Without PROXIES, nobody is believed who names an address of their own."""
    tries = [attempt("alma", "wrong", forwarded=f"198.51.100.{n}") for n in range(10)]
    assert tries[-1] == 429
    assert attempt("ada", "wrong", address="unix:", forwarded="x") == 200


def test_behind_a_proxy_the_address_it_names_counts(
    administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rest_framework.throttling.api_settings.NUM_PROXIES", 1, raising=False)
    for _ in range(10):
        attempt("alma", "wrong", forwarded="203.0.113.9, 198.51.100.1")
    assert attempt("alma", PASSWORD, forwarded="203.0.113.9, 198.51.100.1") == 429
    assert attempt("alma", PASSWORD, forwarded="203.0.113.9, 198.51.100.2") == 302
    assert attempt("alma", PASSWORD, forwarded="203.0.113.9, no address") == 302
