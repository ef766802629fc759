"""Which tests go to the same process: those that share a server or the content of one, as making
them costs more than most tests."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

TOGETHER = {
    "tests/browser/": "the demo",
    "tests/channels/test_load_demo.py": "the demo",
    "tests/relevance/test_answers.py": "the demo",
    "tests/search/test_same_answers.py": "the demo",
    "tests/channels/test_serve.py": "an empty hub",
    "tests/consistency/test_running.py": "an empty hub",
}


class SharedServers(LoadScopeScheduling):
    """Gives out tests one by one, but those of a folder or file in TOGETHER to one process, first.

    xdist's own groups (`--dist loadgroup`) do nothing under pytest 9.2.
    """

    def _split_scope(self, nodeid: str) -> str:
        shared = (name for place, name in TOGETHER.items() if nodeid.startswith(place))
        return next(shared, nodeid)
