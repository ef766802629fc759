"""What `make run` does: prepare the demo on its first start, show the way in, and serve."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from channels.demo.people import SIGN_INS

ADDRESSES = (
    ("Website", "/"),
    ("Agent's page", "/agent/"),
    ("Phone (VoiceXML)", "/ivr/en/"),
    ("Partner's feed", "/feeds/en/atom.xml"),
    ("Content API", "/api/docs/"),
    ("Editors' desk", "/admin/"),
)


def migrations_to_do() -> bool:
    """Whether the database is behind the code; much quicker to ask than to migrate to no end."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


class Command(BaseCommand):
    help = "Prepare the demo company if it is not there yet, then serve it on this machine."
    # They import every page; the server's own processes do that in a moment.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *args: Any, port: int, workers: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo runs with the settings knowledgehub.settings.demo only.")
        if migrations_to_do():
            call_command("migrate", verbosity=0)
        call_command("load_demo", "--if-empty")
        self._show_the_way_in(port)
        call_command("serve", port=port, workers=workers)

    def _show_the_way_in(self, port: int) -> None:
        self.stdout.write("")
        for name, path in ADDRESSES:
            self.stdout.write(f"  {name:<18} http://127.0.0.1:{port}{path}")
        sign_ins = Path(settings.HOME) / SIGN_INS
        if sign_ins.exists():
            self.stdout.write("")
            for line in sign_ins.read_text().splitlines():
                self.stdout.write(f"  {line}")
        self.stdout.write("\n  Ctrl-C ends it.\n")
        self.stdout.flush()
