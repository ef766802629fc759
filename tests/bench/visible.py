"""From the return of publish() to the first answer that tells it, on each channel."""

from __future__ import annotations

import json

from tests.bench.databases import clusters
from tests.bench.report import percentile, table
from tests.consistency.running import prepare
from tests.server import installation, serving

PUBLISHES = 50


def main() -> None:
    for cluster in clusters():
        with installation(cluster=cluster) as hub:
            way_in = prepare(hub)
            with serving(hub) as address:
                printed = hub.job("tests.bench.visible_job", address, way_in, str(PUBLISHES))
        print(f"\n{hub.vendor}: {PUBLISHES} publishes a channel, ms from commit to visible")
        table(
            ["", "p50", "p99", "answers with the former edition"],
            [
                [
                    channel,
                    f"{percentile(found['ms'], 0.5):.1f}",
                    f"{percentile(found['ms'], 0.99):.1f}",
                    str(found["former"]),
                ]
                for channel, found in json.loads(printed).items()
            ],
        )
