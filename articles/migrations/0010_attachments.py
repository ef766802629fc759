import re

import django.db.models.deletion
from django.db import migrations, models

# As articles.exported_form knows them today; a migration is not to change with it.
_STORED = re.compile(r"media:([0-9a-f]{64}\.[a-z0-9]{2,5})(?![A-Za-z0-9_])")
_AT_ONCE = 500


def note_uses(apps, schema_editor):
    """What was written before names attachments, too."""
    use = apps.get_model("articles", "AttachmentUse").objects
    revisions = apps.get_model("articles", "Revision").objects.filter(body__contains="media:")
    for pk, body in revisions.values_list("pk", "body").iterator(_AT_ONCE):
        use.bulk_create(
            use.model(name=name, revision_id=pk) for name in dict.fromkeys(_STORED.findall(body))
        )
    values = apps.get_model("articles", "SnippetRevision").objects
    for pk, value in values.filter(snippet__kind="text").values_list("pk", "value").iterator(_AT_ONCE):
        texts = value.values() if isinstance(value, dict) else [value]
        said = "\n".join(text for text in texts if isinstance(text, str))
        use.bulk_create(
            use.model(name=name, snippet_revision_id=pk)
            for name in dict.fromkeys(_STORED.findall(said))
        )


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0009_newest_changes"),
    ]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="pages",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="pages"),
        ),
        migrations.AlterField(
            model_name="attachment",
            name="height",
            field=models.PositiveIntegerField(
                blank=True, null=True, verbose_name="height in pixels"
            ),
        ),
        migrations.AlterField(
            model_name="attachment",
            name="width",
            field=models.PositiveIntegerField(
                blank=True, null=True, verbose_name="width in pixels"
            ),
        ),
        migrations.CreateModel(
            name="AttachmentUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("revision", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="attachment_uses", to="articles.revision")),
                ("snippet_revision", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="attachment_uses", to="articles.snippetrevision")),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("name", "revision"), name="one_use_by_a_revision"),
                    models.UniqueConstraint(fields=("name", "snippet_revision"), name="one_use_by_a_snippet_revision"),
                    models.CheckConstraint(
                        condition=models.Q(("revision__isnull", False), ("snippet_revision__isnull", True))
                        | models.Q(("revision__isnull", True), ("snippet_revision__isnull", False)),
                        name="a_use_is_somebodys",
                    ),
                ],
            },
        ),
        migrations.RunPython(note_uses, migrations.RunPython.noop),
    ]
