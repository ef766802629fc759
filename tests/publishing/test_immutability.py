"""Nothing published changes: the database itself refuses, on SQLite and on PostgreSQL."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from PIL import Image

from articles.immutability import immutable_models
from articles.operations.attachments import store_attachment
from articles.operations.audit import system_user
from articles.operations.topics import save_topic
from channels.models import Edition, Rendering
from tests.building import published, snippet

pytestmark = pytest.mark.django_db


def refused(change: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def populated() -> None:
    """A row of each immutable model."""
    snippet("name", "text", "Tidewave")
    picture = io.BytesIO()
    Image.new("RGB", (2, 2)).save(picture, "PNG")
    dot = store_attachment(actor=system_user(), content=picture.getvalue(), original_name="dot.png")
    topic = save_topic(actor=system_user(), slug="travel", names={"en": "Travel"})
    target = published("Target", f"![A dot](media:{dot.name})", topic=topic)
    published("Roaming", "{{ name }} and [more](article:" + target.public_id + ").")


def test_what_is_immutable_is_said_here() -> None:
    """Taking the decorator off a model must not go unseen."""
    assert {model.__name__ for model in immutable_models()} == {
        "Attachment",
        "AttachmentUse",
        "AuditRecord",
        "Blob",
        "Edition",
        "Entry",
        "EntryLink",
        "EntrySnippet",
        "Pointer",
        "Rendering",
        "ReviewStep",
        "Revision",
        "SnippetEntry",
        "SnippetRevision",
        "SnippetStep",
        "TopicEntry",
    }


def test_every_immutable_model_has_its_triggers() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        names = {row[0] for row in cursor.fetchall()}
    always = {"update", "delete"} | ({"truncate"} if connection.vendor == "postgresql" else set())
    for model, rule in immutable_models().items():
        for event in always | ({"insert"} if rule.begins else set()):
            assert f"{model._meta.db_table}_no_{event}" in names


def test_no_published_row_can_be_changed_or_deleted() -> None:
    populated()
    for model, rule in immutable_models().items():
        row = model._default_manager.order_by("pk").last()
        assert row is not None, model
        rows = model._default_manager.filter(pk=row.pk)
        fields = [f for f in model._meta.concrete_fields if f.name != rule.changes]
        field = fields[-1]
        value = models.Value(getattr(row, field.attname), field)
        refused(lambda rows=rows, field=field, value=value: rows.update(**{field.attname: value}))  # type: ignore[misc]
        refused(lambda rows=rows: rows._raw_delete("default"))  # type: ignore[misc]


def test_insert_or_replace_does_not_walk_around_the_triggers() -> None:
    if connection.vendor != "sqlite":
        return  # PostgreSQL has no such statement.
    published()
    row = Rendering.objects.values().first()
    assert row is not None
    columns = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join(["%s"] * len(row))
    statement = f"INSERT OR REPLACE INTO channels_rendering ({columns}) VALUES ({marks})"

    def replace() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, list({**row, "media_type": "forged"}.values()))

    refused(replace)


def test_truncate_is_refused() -> None:
    if connection.vendor != "postgresql":
        return  # SQLite has no such statement.
    published()

    def truncate() -> None:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE channels_rendering")

    with pytest.raises(DatabaseError), transaction.atomic():
        truncate()
    assert Rendering.objects.exists()


def test_an_edition_cannot_be_forged() -> None:
    published()
    refused(lambda: Edition.objects.filter(number=1).update(note="Forged"))
