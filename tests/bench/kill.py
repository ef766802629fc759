"""The kill run while all channels are read, on each database."""

from __future__ import annotations

from tests.bench.consistency import tell
from tests.bench.databases import clusters
from tests.consistency.running import prepare, run
from tests.server import installation


def main() -> None:
    for cluster in clusters():
        with installation(cluster=cluster) as hub:
            verdict = run(hub, prepare(hub), publishers=[("killing",)])
        tell(hub.vendor, verdict)
