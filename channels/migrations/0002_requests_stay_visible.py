"""What the asker read and what answers them become two columns; one open request per sentence."""

import hashlib
import json
import unicodedata

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F

FURTHEST = ["open", "planned", "in_work"]


def fingerprint(row):
    """As `fingerprint_of` in channels/models/update_request.py was when this was written."""
    words = unicodedata.normalize("NFKC", row.sentence).casefold().split()
    asked = [row.article_id, row.locale, row.audience_rank, words]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


def fill(apps, schema_editor):
    requests = apps.get_model("channels", "UpdateRequest").objects
    requests.exclude(state="published").update(published_in=None)
    requests.filter(state__in=["in_work", "published"]).update(answered_by=F("article"))
    first = {}
    # Of the same that was asked several times, that stays which is furthest in work.
    for row in sorted(requests.order_by("pk"), key=lambda row: -_furthest(row)):
        row.fingerprint = fingerprint(row)
        row.save(update_fields=["fingerprint"])
        if row.state in FURTHEST and first.setdefault(row.fingerprint, row) is not row:
            _merge(row, into=first[row.fingerprint])
    if schema_editor.connection.vendor == "postgresql":
        # Votes that moved wait to be checked, and no table is altered before.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _furthest(row):
    return FURTHEST.index(row.state) if row.state in FURTHEST else -1


def _merge(row, *, into):
    voters = into.votes.values_list("voter", flat=True)
    row.votes.exclude(voter__in=list(voters)).update(request=into)
    into.votes_count = into.votes.count()
    into.hidden = into.hidden or row.hidden
    into.save(update_fields=["votes_count", "hidden"])
    row.delete()


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0001_initial"),
        ("channels", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="updaterequest",
            name="published_request_names_its_edition",
        ),
        migrations.AddField(
            model_name="updaterequest",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="requests_answered",
                to="articles.article",
            ),
        ),
        migrations.AddField(
            model_name="updaterequest",
            name="fingerprint",
            field=models.CharField(default="", editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="updaterequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["open", "planned", "in_work"])),
                fields=("fingerprint",),
                name="one_open_request_per_sentence",
            ),
        ),
        migrations.AddConstraint(
            model_name="updaterequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_in__isnull", False), ("state", "published")),
                    models.Q(
                        models.Q(("state", "published"), _negated=True), ("published_in", None)
                    ),
                    _connector="OR",
                ),
                name="only_published_request_names_an_edition",
            ),
        ),
        migrations.AddConstraint(
            model_name="updaterequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["in_work", "published"]), _negated=True),
                    ("answered_by__isnull", False),
                    _connector="OR",
                ),
                name="request_in_work_names_its_article",
            ),
        ),
    ]
