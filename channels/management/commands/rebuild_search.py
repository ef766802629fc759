"""`manage.py rebuild_search`: make the search index anew from what is published."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from channels.search.exceptions import IndexBusy
from channels.search.indexing import rebuild_index
from channels.search.semantic.following import bring_vectors_to_current


class Command(BaseCommand):
    help = "Make the search index anew from the current edition. Searching goes on meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rebuild_index()
        except IndexBusy as error:
            raise CommandError(str(error)) from None
        bring_vectors_to_current(anew=True)
        self.stdout.write("The search index tells the current edition.")
