"""`manage.py remind`: tell owners by e-mail, once a day, what they are to review."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from articles.operations.freshness import remind_owners


class Command(BaseCommand):
    help = (
        "Send each owner one message about the articles that are overdue or soon due for review, "
        "unless it was sent today. The background process does so by itself."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        sent = remind_owners()
        self.stdout.write(f"{sent} sent.")
