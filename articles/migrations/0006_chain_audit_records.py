"""Chains the audit records that there are. Apart from the new fields: PostgreSQL changes no table
in the transaction that has just written to it."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from articles.audit_chain import digest_of

_BATCH = 500


def chain(apps: Any, schema_editor: Any) -> None:
    alias = schema_editor.connection.alias
    records = apps.get_model("articles", "AuditRecord").objects.using(alias)
    number, digest, batch = 0, "", []
    for row in records.order_by("pk").iterator(chunk_size=_BATCH):
        number += 1
        row.number, row.previous_digest = number, digest
        row.digest = digest = digest_of(row)
        batch.append(row)
        if len(batch) == _BATCH:
            records.bulk_update(batch, ["number", "previous_digest", "digest"])
            batch = []
    records.bulk_update(batch, ["number", "previous_digest", "digest"])


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0005_desk"),
    ]

    operations = [
        migrations.RunPython(chain, migrations.RunPython.noop),
    ]
