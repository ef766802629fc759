"""An export on disk, and a hub emptied to take it."""

from __future__ import annotations

import io
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection

from articles.immutability import immutable_models, install, remove
from channels.models import Entry


def export(folder: Path, *arguments: str) -> str:
    """Export into `folder`; return what the command said."""
    out = io.StringIO()
    call_command("export_articles", str(folder), *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def load(folder: Path, *arguments: str) -> str:
    out = io.StringIO()
    call_command("import_articles", str(folder), *arguments, stdout=out, stderr=out)
    return out.getvalue()


def files(folder: Path) -> dict[str, bytes]:
    """Return all files by their paths."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def digests() -> dict[tuple[str, str], str]:
    """Return the content digest of all that readers get."""
    rows = Entry.objects.live().values_list("public_id", "locale", "content_digest")
    return {(public_id, locale): digest for public_id, locale, digest in rows}


def empty_hub() -> None:
    """Take everything away that an export could bring back."""
    tables = [
        model for app in ("articles", "channels") for model in apps.get_app_config(app).get_models()
    ]
    for model in immutable_models():
        remove(connection, model)
    with connection.cursor() as cursor:
        for model in tables:
            if model.__name__ == "Pointer":
                model._default_manager.update(edition=None)
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        else:
            cursor.execute("PRAGMA defer_foreign_keys = ON")
        for model in tables:
            if model.__name__ != "Pointer":
                cursor.execute(f'DELETE FROM "{model._meta.db_table}"')
    for model in immutable_models():
        install(connection, model)
