"""Readers of Traditional Chinese get the Simplified texts converted, and what they get."""

from __future__ import annotations

import pytest
from pytest_django import Settings


@pytest.fixture
def converting(settings: Settings) -> None:
    settings.LOCALE_CONVERSIONS = {"zh-hant": "zh-hans"}
