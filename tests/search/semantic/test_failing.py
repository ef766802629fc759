"""Whatever fails in the extra, a search is answered by words."""

from __future__ import annotations

import threading

import pytest
from pytest_django import Settings

from channels.search.queries import search
from channels.search.semantic import nearness
from channels.search.semantic.encoder import encoder, encoder_at_last
from knowledgehub import checks
from knowledgehub.checks import what_searches_by_meaning_is_there
from knowledgehub.settings import base
from tests.building import published
from tests.search.semantic import fake
from tests.search.semantic.conftest import Asked, as_a_new_process, follow, titles


@pytest.mark.parametrize("name", ["tests.search.semantic.fake.BrokenEncoder", "no.such.Encoder"])
def test_an_encoder_that_cannot_be_had_is_said_once(
    asked: Asked, settings: Settings, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    settings.SEARCH_ENCODER = name
    published("Stolen phone", "Lock it.")
    assert [titles(asked("stolen")) for _ in range(3)] == [["Stolen phone"]] * 3
    assert caplog.text.count("can't be used") == 1


@pytest.mark.parametrize(
    ("owner", "method"), [(fake.FakeEncoder, "encode"), (nearness.OpenVectors, "likenesses")]
)
def test_a_failure_with_a_question_is_said_once(
    asked: Asked,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    owner: type,
    method: str,
) -> None:
    published("Stolen phone", "Lock it.")
    asked("stolen")

    def fail(*_: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(owner, method, fail)
    for question in ("stolen things", "a phone", "stolen things"):
        assert titles(asked(question)) == ["Stolen phone"]
    assert caplog.text.count("words decide alone") == 1


def test_nobody_waits_while_the_encoder_is_read(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    published("Stolen phone", "Lock it.")
    follow()
    as_a_new_process()
    read = threading.Event()
    monkeypatch.setattr(fake.FakeEncoder, "__init__", lambda _: read.wait(10) and None)
    assert titles(search("stolen", locale="en", rank=0)) == ["Stolen phone"]
    assert titles(search("zorped", locale="en", rank=0)) == []
    read.set()
    assert encoder_at_last() is encoder() is not None
    assert titles(search("zorped", locale="en", rank=0)) == ["Stolen phone"]


def test_a_check_warns_where_the_package_is_missing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert what_searches_by_meaning_is_there(None) == []
    monkeypatch.setattr(checks, "find_spec", lambda _: None)
    (warning,) = what_searches_by_meaning_is_there(None)
    assert warning.id == "knowledgehub.W001"
    settings.SEARCH_SEMANTIC = False
    assert what_searches_by_meaning_is_there(None) == []


def test_it_is_off_unless_it_is_asked_for(settings: Settings) -> None:
    assert base.SEARCH_SEMANTIC is False
    settings.SEARCH_SEMANTIC = False
    assert encoder() is None
    assert encoder_at_last() is None
