"""Addresses end with a slash; who leaves it out loses nothing."""

from __future__ import annotations

import pytest
from django.test import Client

from channels.models import UpdateRequest
from tests.building import published

pytestmark = pytest.mark.django_db


def test_a_wish_without_the_slash_is_sent_on_as_it_is(client: Client) -> None:
    published()
    answer = client.post(
        "/api/v1/requests",
        {"sentence": "Please write about roaming.", "locale": "en"},
        content_type="application/json",
        follow=True,
    )
    assert answer.redirect_chain == [("/api/v1/requests/", 308)]
    assert answer.status_code == 201
    assert UpdateRequest.objects.get().sentence == "Please write about roaming."


def test_a_question_without_the_slash_keeps_its_parameters(client: Client) -> None:
    assert client.get("/api/v1/changes?since=0")["Location"] == "/api/v1/changes/?since=0"
