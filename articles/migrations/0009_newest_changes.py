"""Counts what changed last in the revisions that there are."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models
from django.db.models import Max, OuterRef, Subquery
from django.db.models.functions import Coalesce


def count(apps: Any, schema_editor: Any) -> None:
    revisions = apps.get_model("articles", "Revision").objects.using(schema_editor.connection.alias)

    def newest(*significances: str) -> Coalesce:
        before = revisions.filter(
            text=OuterRef("text"), number__lte=OuterRef("number"), significance__in=significances
        )
        # Without its order, which would group by each number.
        found = before.order_by().values("text").annotate(newest=Max("number")).values("newest")
        return Coalesce(Subquery(found), 0)

    revisions.update(
        content_number=newest("content", "translation"), translation_number=newest("translation")
    )


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0008_reminder"),
    ]

    operations = [
        migrations.AddField(
            model_name="revision",
            name="content_number",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="revision",
            name="translation_number",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
