"""`manage.py load_demo`: the demo company, published as one edition, with people to sign in as."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.models import Article
from articles.operations.audit import operation, system_user
from channels.demo import content, people
from channels.models import Edition
from channels.operations.imported import publish_imported


class Command(BaseCommand):
    help = (
        "Load and publish the demo company from fixtures/demo. A second time changes nothing. "
        "People with known passwords are made only in the demo (settings.DEMO)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="only where nothing is published"
        )
        parser.add_argument("--without-people", action="store_true", help="content alone")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and _holds_something():
            return
        staff: dict[str, User] = {}
        sign_ins: Path | None = None
        if not options["without_people"]:
            try:
                # Together: known passwords without the file that marks the home as the demo's
                # would open a production.
                with operation():
                    staff = people.make_people()
                    # Before the content: a start that was broken off is finished by the next one.
                    sign_ins = self._write_sign_ins(staff["administrator"])
            except people.NotTheDemo as refusal:
                raise CommandError(f"{refusal} --without-people loads the content alone.") from None
        self._load_content(staff)
        if sign_ins and not options["if_empty"]:
            self.stdout.write(sign_ins.read_text(encoding="utf-8"), ending="")

    def _load_content(self, staff: dict[str, User]) -> None:
        system = system_user()
        author = staff.get("author", system)
        publisher = staff.get("publisher", system)
        content.load_topics(actor=author)
        content.load_snippets(author=author, reviewer=publisher)
        report = content.load_articles(actor=author)
        published = publish_imported(report, actor=publisher, note="The demo company")
        for notice in (*report.warnings, *report.refusals):
            self.stderr.write(str(notice))
        if report.refusals:
            raise CommandError("The demo content did not go in as a whole.")
        content.load_requests(actor=author)
        if published.edition:
            self.stdout.write(
                f"The demo company's {published.texts} texts are edition "
                f"{published.edition.number}."
            )
        else:
            self.stdout.write("The demo company is published already.")

    def _write_sign_ins(self, administrator: User) -> Path | None:
        """Write down what opens the demo, on its first load: the key can't be had again."""
        secret = people.make_partner_key(actor=administrator)
        return people.write_sign_ins(secret) if secret else None


def _holds_something() -> bool:
    foreign = Article.objects.exclude(source__startswith=f"{content.COLLECTION}:")
    return Edition.objects.exists() or foreign.exists()
