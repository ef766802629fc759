"""Rows by which articles are found by their tags, filled for the articles that have tags."""

from __future__ import annotations

import unicodedata
from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def fill(apps: Any, schema_editor: Any) -> None:
    """As `articles.operations.tagging` folds them today."""
    alias = schema_editor.connection.alias
    articles = apps.get_model("articles", "Article").objects.using(alias)
    rows = apps.get_model("articles", "ArticleTag")
    batch: list[Any] = []
    for article, tags in articles.order_by("pk").values_list("pk", "tags").iterator():
        for tag in tags:
            wide = unicodedata.normalize("NFKC", tag).casefold()
            folded = unicodedata.normalize("NFKC", wide)[:200]
            batch.append(rows(article_id=article, name=tag[:60], folded=folded))
    # An article that has a tag in two spellings is found once.
    rows.objects.using(alias).bulk_create(batch, batch_size=500, ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0010_attachments"),
    ]

    operations = [
        migrations.CreateModel(
            name="ArticleTag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("folded", models.CharField(max_length=200)),
                ("article", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="tag_rows", to="articles.article")),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["folded", "article"], name="articles_by_tag")],
                "constraints": [models.UniqueConstraint(fields=("article", "folded"), name="one_tag_once")],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
