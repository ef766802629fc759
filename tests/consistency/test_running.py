"""Short runs against the real server and a real database; `python -m tests.bench` has long ones."""

from __future__ import annotations

import pytest

from tests.consistency.running import prepare, run, run_killing, two_publishers
from tests.server import QUICK, installation

pytestmark = pytest.mark.server

CHANNELS = {"website", "phone", "feed", "agent", "api"}


def test_all_channels_tell_one_edition_at_any_moment() -> None:
    with installation(QUICK) as hub:
        verdict = run(hub, prepare(hub), publisher=two_publishers(turns=8))
    assert verdict.violations == [], str(verdict)
    assert set(verdict.reads) == CHANNELS
    assert verdict.editions_read > 1, "nothing was read while it was published"
    assert verdict.published >= 8
    assert verdict.refused >= 3
    assert verdict.canaries, "no agent was told what must not reach anybody else"


def test_a_publisher_killed_at_any_statement_leaves_a_whole_edition() -> None:
    """Raises where one does not."""
    with installation(QUICK) as hub:
        killed = run_killing(hub)
    assert killed["first"] >= 30
    assert killed["publish"] >= 35
    assert killed["go back"] >= 30
    assert killed["retire"] >= 15
