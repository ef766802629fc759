"""Loads the demo company, and keeps what that said in the home; tests share what came of it.

with installation(QUICK, content=DEMO) as hub: ...
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.management import call_command

DEMO = "tests.demo"
SAID = "load_demo.txt"


def main(arguments: list[str]) -> None:
    with Path(settings.HOME, SAID).open("w") as file:
        call_command("load_demo", stdout=file)
