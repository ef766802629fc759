"""The bench of the search runs: a table of a release's figures must not find it broken."""

from __future__ import annotations

import json

import pytest

from tests.bench import search
from tests.server import QUICK, end, installation, serving

pytestmark = pytest.mark.server


def test_a_few_articles_are_filled_indexed_and_asked(capsys: pytest.CaptureFixture[str]) -> None:
    with installation(QUICK, cluster="") as hub:
        hub.job(search.FILL, "30")
        index = json.loads(hub.job(search.JOB, "index"))
        asked = json.loads(hub.job(search.JOB, "ask", "30", "2"))
        worker = hub.start("manage.py", "work")
        try:
            with serving(hub) as address:
                loaded = search.loaded(hub, address, seconds=2, articles=30, pause=0)
        finally:
            end(worker)
    assert index["documents"] == 99
    assert asked["questions"].keys() >= {"en, 1 word", "zh-hans, 10 words"}
    for kind in ("questions", "beginnings"):
        assert {one["status"] for one in asked[kind].values()} == {200}
    assert loaded["per_second"] > 0
    assert loaded["publishes"] >= 1
