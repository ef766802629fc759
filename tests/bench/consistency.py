"""The long consistency run: about a minute of reading and publishing on each database."""

from __future__ import annotations

import sys

from tests.bench.databases import clusters
from tests.consistency.running import Verdict, prepare, run, two_publishers
from tests.server import installation

TURNS = 240


def main() -> None:
    for cluster in clusters():
        with installation(cluster=cluster) as hub:
            verdict = run(hub, prepare(hub), publisher=two_publishers(TURNS))
        tell(hub.vendor, verdict)


def tell(vendor: str, verdict: Verdict) -> None:
    """Print a verdict; end with 1 where it has violations."""
    print(f"\n{vendor}: {verdict}", flush=True)
    for violation in verdict.violations[:20]:
        print(f"  {violation.fault}: {violation.text}")
    if verdict.violations:
        sys.exit(1)
