"""Prove that every edition is still what it was when it was published."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from channels.models import Edition
from channels.operations.verifying import broken_bytes, broken_editions


class Command(BaseCommand):
    help = "Recompute the chain of manifest digests and every rendering's hash; name what differs."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = [f"edition {number}: {fault}" for number, fault in broken_editions()]
        faults += [f"the bytes {sha256} were changed" for sha256 in broken_bytes()]
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            sys.exit(1)
        last = Edition.objects.order_by("number").last()
        self.stdout.write(
            f"{last.number if last else 0} editions are what they were; "
            f"the last manifest digest is {last.manifest_digest if last else '-'}."
        )
