"""`manage.py publish_conversions`: every converted text as it should be now, in one edition."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser, User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.exceptions import OperationRefused
from articles.operations.audit import system_user
from channels.operations.reconverting import publish_conversions


class Command(BaseCommand):
    help = (
        "Publish the converted texts that readers lack or that would be others now, and end those "
        "that LOCALE_CONVERSIONS has no more. See docs/translating.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--actor", help="user name of who publishes (default: the system)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = publish_conversions(actor=_actor(options["actor"]))
        except OperationRefused as refusal:
            raise CommandError(str(refusal)) from None
        for problem in done.problems:
            self.stderr.write(f"left as it is: {problem}")
        if done.edition is None:
            self.stdout.write("Nothing to publish.")
        else:
            edition = done.edition
            self.stdout.write(
                f"Published in edition {edition.number}: {edition.added} added, "
                f"{edition.changed} changed, {edition.removed} removed."
            )
        if done.problems:
            raise CommandError(f"{len(done.problems)} problems.")


def _actor(name: str | None) -> AbstractUser:
    if name is None:
        return system_user()
    found = User.objects.filter(username=name).first()
    if found is None:
        raise CommandError(f"There is no user “{name}”.")
    return found
