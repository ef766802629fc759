"""What a search says beside its hits, on the console: whether they fit, what was meant, where."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.utils.safestring import SafeString

from channels.agent import listing
from tests.agent.conftest import Desk
from tests.building import published

pytestmark = pytest.mark.django_db


def answering(monkeypatch: pytest.MonkeyPatch, **said: Any) -> None:
    """Let the engine in use find one article, and say so much beside."""
    hit = SimpleNamespace(
        public_id="bill",
        locale="en",
        title="Late bill",
        summary="",
        audience="public",
        snippet_html=SafeString("Pay."),
        anchor=said.pop("anchor", ""),
    )
    said = {"fits": True, "did_you_mean": ""} | said
    results = SimpleNamespace(hits=[hit], total=1, edition=1, **said)
    monkeypatch.setattr(listing, "search", lambda *_args, **_kwargs: results)


@pytest.fixture(autouse=True)
def bill(db: None) -> None:
    published("Late bill", "Pay.", public_id="bill")


def test_hits_that_do_not_fit_are_said_not_to(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, fits=False)
    page = desk.open("/agent/?q=weather")
    assert "Nothing fits well" in page.text
    assert page.titles() == ["Late bill"]


def test_another_word_that_was_meant_is_one_step_away(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, did_you_mean="bill")
    page = desk.open("/agent/?locale=en&q=bil&call=77")
    assert "/agent/?locale=en&q=bill&call=77&speaks=en" in page.links()


def test_a_hit_leads_to_the_place_in_the_article(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, anchor="when-to-pay")
    page = desk.open("/agent/?locale=en&q=bill")
    assert page.tree.xpath("//ol[@id='found']//a/@href") == [
        "/agent/articles/bill/?locale=en&q=bill#kh-when-to-pay"
    ]
