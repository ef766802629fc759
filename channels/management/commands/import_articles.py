"""`manage.py import_articles FOLDER`: bring a static site's Markdown into the hub."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AbstractUser, User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.text import slugify

from articles.audiences import AUDIENCES, PUBLIC
from articles.exceptions import OperationRefused
from articles.importing.locale_names import locale_named
from articles.importing.options import Options
from articles.importing.report import Notice, Outcome, Report
from articles.importing.run import run_import
from articles.locales import locales
from articles.models import Kind, Topic
from articles.operations.audit import system_user
from articles.roles import PUBLISH, REVIEW, WRITE, require
from channels.management.progress import Progress
from channels.operations.imported import publish_imported

WARNINGS_SHOWN = 20


class Command(BaseCommand):
    help = (
        "Bring the Markdown files of a folder in as articles, and publish them with --publish. "
        "The same folder again changes nothing. Articles are public unless their front matter or "
        "--audience says otherwise. See docs/importing.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder with the Markdown files")
        parser.add_argument("--locale", help="of files that name none")
        parser.add_argument("--kind", choices=Kind.values, default=Kind.SUPPORT.value)
        parser.add_argument("--audience", choices=AUDIENCES, default=PUBLIC)
        parser.add_argument("--topic", default="", help="slug of a topic, where files name none")
        parser.add_argument(
            "--create-topics",
            action=argparse.BooleanOptionalAction,
            default=True,
            help="make the topics that files name, or else that their first folders are",
        )
        parser.add_argument(
            "--collection",
            help="what a later run knows these articles by (default: the folder's name)",
        )
        parser.add_argument("--actor", help="user name of who imports (default: the system)")
        parser.add_argument("--overwrite", action="store_true", help="undo edits made in the hub")
        parser.add_argument("--publish", action="store_true", help="approve and publish it all")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done")

    def handle(self, *args: Any, **options: Any) -> None:
        actor = _actor(options["actor"], publishing=options["publish"])
        progress = Progress(self.stderr)
        publishing = options["publish"] and not options["dry_run"]
        asked = self._options(options, actor, progress)
        try:
            report = run_import(asked)
            edition = self._publish(report, actor(), asked) if publishing else ""
        except OperationRefused as refusal:
            raise CommandError(str(refusal)) from None
        finally:
            progress.end()
        if asked.dry_run:
            edition = " Nothing was written: this was a dry run."
        self._tell_audience(report, asked)
        self._tell(report, edition, everything=options["verbosity"] > 1)
        if report.refusals:
            files = report.counts()[Outcome.REFUSED]
            raise CommandError(f"{files} of {len(report.outcomes)} files were refused.")

    def _options(
        self, options: dict[str, Any], actor: Callable[[], AbstractUser], progress: Progress
    ) -> Options:
        folder = options["folder"].resolve()
        if not folder.is_dir():
            raise CommandError(f"{options['folder']} is no folder.")
        locale = locale_named(options["locale"]) if options["locale"] else None
        if options["locale"] and locale is None:
            raise CommandError(f"There is no such locale; there are {', '.join(locales())}.")
        topic = options["topic"]
        if topic and not Topic.objects.filter(slug=topic).exists():
            raise CommandError(f"There is no topic “{topic}”.")
        collection = slugify(options["collection"] or folder.name)[:60]
        if not collection:
            raise CommandError("Name the collection with --collection, in Latin letters.")
        return Options(
            folder=folder,
            collection=collection,
            collection_guessed=not options["collection"],
            actor=actor,
            locale=locale,
            kind=options["kind"],
            audience=options["audience"],
            topic=topic,
            create_topics=options["create_topics"],
            overwrite=options["overwrite"],
            dry_run=options["dry_run"],
            progress=progress,
        )

    def _publish(self, report: Report, actor: AbstractUser, asked: Options) -> str:
        note = f"Import of {asked.collection}"
        published = publish_imported(report, actor=actor, note=note, progress=asked.progress)
        if published.edition is None:
            return " Nothing to publish."
        return f" {published.texts} published in edition {published.edition.number}."

    def _tell_audience(self, report: Report, asked: Options) -> None:
        if report.counts()[Outcome.CREATED]:
            self.stdout.write(
                f"New articles whose files name no audience are for: {asked.audience}."
            )

    def _tell(self, report: Report, edition: str, *, everything: bool) -> None:
        for notice in report.refusals:
            self.stderr.write(f"refused {notice}")
        warnings = [*report.warnings, *_unpublishable(report)]
        shown = warnings if everything else warnings[:WARNINGS_SHOWN]
        for notice in shown:
            self.stdout.write(f"warning {notice}")
        if len(shown) < len(warnings):
            more = len(warnings) - len(shown)
            self.stdout.write(f"… and {more} more warnings; -v 2 shows all.")
        if report.gone:
            self.stdout.write(
                f"{len(report.gone)} articles of earlier imports have no file any more. They stay "
                f"as they are: {', '.join(report.gone[:5])}{' …' if len(report.gone) > 5 else ''}"
            )
        if report.others:
            others = ", ".join(f"{n} {ending}" for ending, n in report.others.most_common())
            self.stdout.write(f"Passed over, being no Markdown: {others}.")
        counts = ", ".join(f"{count} {outcome}" for outcome, count in report.counts().items())
        self.stdout.write(
            f"{len(report.outcomes)} files: {counts}; {len(warnings)} warnings.{edition}"
        )


def _unpublishable(report: Report) -> list[Notice]:
    """What would stop a publish, of the files that no publish has refused yet."""
    return [
        Notice(notice.path, notice.line, f"cannot be published as it stands: {notice.message}")
        for path, notices in sorted(report.unsound.items())
        if report.outcomes.get(path) is not Outcome.REFUSED
        for notice in notices
    ]


def _actor(username: str | None, *, publishing: bool) -> Callable[[], AbstractUser]:
    if username is None:
        return system_user
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CommandError(f"There is no user “{username}”.")
    try:
        for permission in (WRITE, REVIEW, PUBLISH) if publishing else (WRITE,):
            require(user, permission)
    except OperationRefused as refusal:
        raise CommandError(str(refusal)) from None
    return partial(_same, user)


def _same(user: AbstractUser) -> AbstractUser:
    return user
