"""Short runs against the real server and a real database; `python -m tests.bench` has long ones."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.consistency.running import Verdict, prepare, run, run_killing, two_publishers
from tests.server import Installation, installation

pytestmark = pytest.mark.server

CHANNELS = {"website", "phone", "feed", "agent", "api"}


@pytest.fixture(scope="module")
def hub() -> Iterator[Installation]:
    with installation("tests.consistency.settings") as hub:
        yield hub


@pytest.fixture(scope="module")
def way_in(hub: Installation) -> str:
    return prepare(hub)


def test_all_channels_tell_one_edition_at_any_moment(hub: Installation, way_in: str) -> None:
    verdict: Verdict = run(hub, way_in, publishers=two_publishers(turns=8))
    assert verdict.violations == [], str(verdict)
    assert set(verdict.reads) == CHANNELS
    assert verdict.editions_read > 1, "nothing was read while it was published"
    assert verdict.published >= 8
    assert verdict.refused >= 3
    assert verdict.canaries, "no agent was told what must not reach anybody else"


def test_a_publisher_killed_at_any_statement_leaves_a_whole_edition(
    hub: Installation, way_in: str
) -> None:
    """Raises where one does not."""
    assert run_killing(hub) >= 40
