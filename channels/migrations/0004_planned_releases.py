"""A release becomes a plan with a state; those that are there were published when they were made."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F

STATES = [
    ("open", "open"),
    ("scheduled", "scheduled"),
    ("published", "published"),
    ("cancelled", "cancelled"),
    ("failed", "failed"),
]


def fill(apps, schema_editor):
    releases = apps.get_model("channels", "Release").objects
    releases.update(owner=F("created_by"))
    releases.exclude(edition=None).update(state="published")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0007_audit_is_a_chain"),
        ("channels", "0003_no_claims"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="release",
            name="state",
            field=models.CharField(
                choices=STATES, default="open", max_length=16, verbose_name="state"
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="owner",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="releases",
                to=settings.AUTH_USER_MODEL,
                verbose_name="owner",
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="release",
            name="due_at",
            field=models.DateTimeField(null=True, verbose_name="goes live"),
        ),
        migrations.AddField(
            model_name="release",
            name="due_local",
            field=models.CharField(blank=True, default="", max_length=19),
        ),
        migrations.AddField(
            model_name="release",
            name="due_zone",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddField(
            model_name="release",
            name="failure",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="release",
            name="failed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="release",
            name="mail_due_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="release",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="releases",
                to=settings.AUTH_USER_MODEL,
                verbose_name="owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", [state for state, _ in STATES])),
                name="release_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("edition__isnull", False), ("state", "published")),
                    models.Q(
                        models.Q(("state", "published"), _negated=True), ("edition", None)
                    ),
                    _connector="OR",
                ),
                name="published_release_has_its_edition",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "scheduled"), _negated=True),
                    ("due_at__isnull", False),
                    _connector="OR",
                ),
                name="scheduled_release_has_its_time",
            ),
        ),
        migrations.AddIndex(
            model_name="release",
            index=models.Index(
                condition=models.Q(("state", "scheduled")), fields=["due_at"], name="release_due"
            ),
        ),
        migrations.AddIndex(
            model_name="release",
            index=models.Index(
                condition=models.Q(("mail_due_at__isnull", False)),
                fields=["mail_due_at"],
                name="release_mail_due",
            ),
        ),
        migrations.CreateModel(
            name="ReleaseCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("base", models.PositiveIntegerField()),
                ("started_at", models.DateTimeField()),
                ("moved_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("problems", models.JSONField(default=list)),
                ("warnings", models.JSONField(default=list)),
                ("stopped", models.BooleanField(default=False)),
                (
                    "release",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="check_result",
                        to="channels.release",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        migrations.CreateModel(
            name="ReleaseChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("locale", models.CharField(max_length=16)),
                ("title", models.CharField(max_length=200)),
                ("change", models.CharField(max_length=8)),
                ("audiences", models.JSONField()),
                ("channels", models.JSONField()),
                ("said", models.JSONField(default=list)),
                ("before", models.CharField(blank=True, max_length=64)),
                ("after", models.CharField(blank=True, max_length=64)),
                ("seconds_before", models.PositiveIntegerField()),
                ("seconds_after", models.PositiveIntegerField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.article",
                    ),
                ),
                (
                    "check_result",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="channels.releasecheck",
                    ),
                ),
            ],
            options={"default_permissions": (), "ordering": ["position"]},
        ),
    ]
