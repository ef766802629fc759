"""What an import took last is known by fields of the text, no longer by notes of revisions."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0002_article_version"),
    ]

    operations = [
        migrations.AddField(
            model_name="articletext",
            name="imported",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="articles.revision",
            ),
        ),
        migrations.AddField(
            model_name="articletext",
            name="imported_sha256",
            field=models.CharField(blank=True, default="", editable=False, max_length=64),
        ),
    ]
