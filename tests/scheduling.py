"""Which tests go to the same process: those that share a server, as starting one costs more than
most tests."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/browser/", "tests/consistency/test_running.py")


class SharedServers(LoadScopeScheduling):
    """Gives out tests one by one, but those of a folder or file in TOGETHER to one process, first.

    xdist's own groups (`--dist loadgroup`) do nothing under pytest 9.2.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)
