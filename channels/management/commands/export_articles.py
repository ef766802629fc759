"""`manage.py export_articles FOLDER`: all that the hub knows, as files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.exceptions import OperationRefused
from articles.exporting.run import Asked, Exported, Which, run_export
from articles.locales import locales
from channels.live_revisions import live_snippets, live_texts
from channels.management.progress import Progress


class Command(BaseCommand):
    help = (
        "Write all articles as Markdown with front matter, their attachments, and knowledge.json "
        "with all else and its history. import_articles reads it back. See docs/exporting.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="new, empty, or of an earlier export")
        parser.add_argument("--locale", choices=locales(), default="", help="this one alone")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--live", action="store_true", help="what readers get, and no drafts")
        which.add_argument("--newest", action="store_true", help="the newest of each, live or not")

    def handle(self, *args: Any, **options: Any) -> None:
        progress = Progress(self.stderr)
        which = Which.LIVE if options["live"] else Which.NEWEST if options["newest"] else Which.BEST
        asked = Asked(
            folder=options["folder"].absolute(),
            live_texts=live_texts,
            live_snippets=live_snippets(),
            which=which,
            locale=options["locale"],
            progress=progress,
        )
        try:
            done = run_export(asked)
        except OperationRefused as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as error:
            raise CommandError(f"Nothing was exported: {error}.") from None
        finally:
            progress.end()
        self._tell(done)

    def _tell(self, done: Exported) -> None:
        for warning in done.warnings:
            self.stderr.write(f"warning {warning}")
        self.stdout.write(
            f"{done.pages} pages of {done.articles} articles, {done.attachments} attachments, "
            f"{done.snippets} snippets, {done.topics} topics, {done.revisions} revisions."
        )
        if done.warnings:
            raise CommandError(f"{len(done.warnings)} attachments are missing in the export.")
