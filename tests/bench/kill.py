"""The kill runs on each database: from the first edition on while nobody reads, and the long one
while all channels are read."""

from __future__ import annotations

from tests.bench.consistency import tell
from tests.bench.databases import clusters
from tests.consistency.running import prepare, run, run_killing
from tests.server import installation


def main() -> None:
    for cluster in clusters():
        with installation(cluster=cluster) as hub:
            print(f"\n{hub.vendor}: killed while nobody reads: {run_killing(hub)}", flush=True)
        with installation(cluster=cluster) as hub:
            verdict = run(hub, prepare(hub), publisher=("killing", "again"))
        tell(hub.vendor, verdict)
