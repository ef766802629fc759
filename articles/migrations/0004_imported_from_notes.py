"""Fills what an import took last from the notes of revisions, where it stood until now. Apart from
the new fields: PostgreSQL changes no table in the transaction that has just written to it."""

from __future__ import annotations

import re
from typing import Any

from django.db import migrations

_NOTE = re.compile(r"import:([0-9a-f]{64})(?: |$)")


def take_from_notes(apps: Any, schema_editor: Any) -> None:
    """Until now the newest revision with such a note was what an import took last."""
    alias = schema_editor.connection.alias
    texts = apps.get_model("articles", "ArticleText").objects.using(alias)
    revisions = apps.get_model("articles", "Revision").objects.using(alias)
    imported = revisions.filter(note__startswith="import:").order_by("number")
    for revision, text, note in imported.values_list("pk", "text_id", "note"):
        if found := _NOTE.match(note):
            texts.filter(pk=text).update(imported=revision, imported_sha256=found[1])


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0003_imported_text"),
    ]

    operations = [
        migrations.RunPython(take_from_notes, migrations.RunPython.noop),
    ]
