"""Prove that the record of who did what is still what it was when it was written."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.operations.audit_verifying import end_of_chain, first_broken_row


class Command(BaseCommand):
    help = "Recompute the chain of audit rows; name the first row that differs."

    def handle(self, *args: Any, **options: Any) -> None:
        if broken := first_broken_row():
            number, fault = broken
            raise CommandError(f"row {number}: {fault}")
        number, digest = end_of_chain()
        self.stdout.write(f"{number} audit rows are what they were; the last digest is {digest}.")
