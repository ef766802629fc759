"""Words by which texts are found, and a saved view that the list opens with."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from articles.full_text.words import index_words

_BATCH = 200


def fill(apps: Any, schema_editor: Any) -> None:
    """Give each text there is the words of its newest revision."""
    alias = schema_editor.connection.alias
    texts = apps.get_model("articles", "ArticleText").objects.using(alias)
    words = apps.get_model("articles", "TextWords").objects.using(alias)
    said = ("head__title", "head__summary", "head__questions", "head__body")
    rows = texts.exclude(head=None).order_by("pk").values_list("pk", *said)
    batch = []
    for pk, title, summary, questions, body in rows.iterator(chunk_size=_BATCH):
        parts = (title, summary, *questions, body)
        batch.append(words.model(text_id=pk, words=index_words(parts)))
        if len(batch) == _BATCH:
            words.bulk_create(batch)
            batch = []
    words.bulk_create(batch)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0012_front'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TextWords',
            fields=[
                ('text', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='found_by', serialize=False, to='articles.articletext')),
                ('words', models.TextField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='savedview',
            name='first',
            field=models.BooleanField(default=False, verbose_name='the list opens with it'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.UniqueConstraint(condition=models.Q(('first', True)), fields=('person',), name='one_first_view_each'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
