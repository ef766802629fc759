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
    results = SimpleNamespace(hits=[hit], total=1, edition=1, **said)
    monkeypatch.setattr(listing, "search", lambda *_args, **_kwargs: results)


@pytest.fixture(autouse=True)
def bill(db: None) -> None:
    published("Late bill", "Pay.", public_id="bill")


def test_an_engine_that_says_no_more_is_taken_at_its_hits(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch)
    page = desk.open("/agent/?q=bill")
    assert page.titles() == ["Late bill"]
    assert "Nothing fits well" not in page.text
    assert "Did you mean" not in page.text


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


@pytest.mark.parametrize("anchor", ["when-to-pay", "kh-when-to-pay"])
def test_a_hit_leads_to_the_place_in_the_article(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, anchor: str
) -> None:
    answering(monkeypatch, anchor=anchor)
    page = desk.open("/agent/?locale=en&q=bill")
    assert page.tree.xpath("//ol[@id='found']//a/@href") == [
        "/agent/articles/bill/?locale=en&q=bill#kh-when-to-pay"
    ]


def test_the_search_is_known_by_its_name_in_the_log(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, search_id="s-1")
    assert desk.open("/agent/?q=bill").tree.xpath("//*[@id='searched']/@data-search") == ["s-1"]
