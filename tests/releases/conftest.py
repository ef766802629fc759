"""People at the desk, and a clock that a test sets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.admin.conftest import author_desk, publisher_desk, reviewer_desk

__all__ = ["author_desk", "publisher_desk", "reviewer_desk"]

NOON = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def forward(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()
