"""Calls at the desk: read by administrators alone, and changed by nobody."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from channels.models import Call
from channels.operations.call_events import flag, set_used
from channels.operations.calls import CallName, Shown
from tests.admin.desk import Desk, words
from tests.building import published

pytestmark = pytest.mark.django_db

SHOWN = Shown("bill", "en", 1)


def take(agent: User, reference: str) -> Call:
    call = CallName(reference, "K-7", "en")
    set_used(actor=agent, call=call, shown=SHOWN, used=True)
    return flag(
        actor=agent, call=call, kind="wrong", sentence="The price moved.", locale="en", shown=SHOWN
    )


@pytest.fixture
def call(agent: User) -> Call:
    published("Late bill", "Pay.", public_id="bill")
    return take(agent, "call-1")


def test_an_administrator_reads_what_was_done(administrator_desk: Desk, call: Call) -> None:
    page = words(administrator_desk.open("channels_call_change", call.pk))
    for said in ("call-1", "K-7", "ahmed", "Late bill", "The price moved."):
        assert said in page
    assert "call-1" in words(administrator_desk.open("channels_call_changelist"))


@pytest.mark.parametrize(
    ("query", "is_found"), [("solved=yes", True), ("solved=no", False), ("locale=zh-hans", False)]
)
def test_calls_are_narrowed_down(
    administrator_desk: Desk, call: Call, query: str, is_found: bool
) -> None:
    answer = administrator_desk.client.get(f"/admin/channels/call/?{query}")
    assert ("call-1" in words(answer)) is is_found


def test_nobody_else_at_the_desk_reads_calls(publisher_desk: Desk, call: Call) -> None:
    for address in ("/admin/channels/call/", f"/admin/channels/call/{call.pk}/change/"):
        assert publisher_desk.client.get(address).status_code == 403


def test_more_calls_take_no_more_statements(
    administrator_desk: Desk, call: Call, agent: User
) -> None:
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as statements:
            administrator_desk.open("channels_call_changelist")
        counts.append(len(statements))
        for number in range(4):
            take(agent, f"more-{number}")
    assert counts[1] <= counts[0] <= 12
