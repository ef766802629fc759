"""What a stranger sends is measured before anything is made of it."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.test import Client

from articles.exceptions import InvalidInput
from channels.models import UpdateRequest
from tests.linear_time import seconds
from tests.requests.asking import asked

ADDRESS = "/en/requests/ask/"


@pytest.mark.django_db
def test_a_sentence_is_measured_before_it_is_cleaned() -> None:
    with pytest.raises(InvalidInput):
        asked(sentence="Too long " + " " * 1_000_000 + "before it is cleaned.")
    assert not UpdateRequest.objects.exists()


@pytest.mark.django_db
def test_marks_without_end_keep_no_process_busy(client: Client) -> None:
    def ask(sentence: str) -> None:
        response = client.post(ADDRESS, {"sentence": sentence})
        assert response.status_code in (HTTPStatus.BAD_REQUEST, HTTPStatus.TOO_MANY_REQUESTS)
        assert len(response.content) < 100_000

    # A second one may be refused as too frequent, and is not read either.
    for _ in range(2):
        assert seconds(ask, "a" + "\u0301\u0323" * 50_000) < 1
