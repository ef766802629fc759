"""The past stays as it was told: the database takes nothing into an edition that is over, on
SQLite and on PostgreSQL."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations import Migration
from django.utils import timezone

from articles.operations.audit import system_user
from articles.operations.topics import save_topic
from channels.models import (
    Edition,
    Entry,
    EntryLink,
    EntrySnippet,
    Pointer,
    Rendering,
    SnippetEntry,
    TopicEntry,
)
from tests.building import publish_texts, published, snippet, write_approved

pytestmark = pytest.mark.django_db

CURRENT = 4


@pytest.fixture
def four_editions(db: None) -> None:
    """Four editions, of which the first has a row of everything."""
    save_topic(actor=system_user(), slug="plans", names={"en": "Plans"})
    snippet("name", "text", "Tidewave")
    target = write_approved("Target")
    link = f"{{{{ name }}}} and [more](article:{target.text.article.public_id})."
    publish_texts(target, write_approved("First", link))
    for title in ("Second", "Third", "Fourth"):
        published(title)
    assert Pointer.objects.get().edition_id == CURRENT


def execute(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def refused(statement: str, *values: Any) -> None:
    with pytest.raises(IntegrityError, match="refuses this"):
        execute(statement, *values)


def copied(model: type[models.Model], **changes: Any) -> tuple[Any, ...]:
    """Return the statement that inserts a row as the first of `model`, but for `changes`."""
    row = {**model._default_manager.order_by("pk").values().first(), **changes}
    row = {name: value for name, value in row.items() if name != "id"}
    fields = [model._meta.get_field(name) for name in row]
    values = [
        field.get_db_prep_save(value, connection)  # type: ignore[union-attr]
        for field, value in zip(fields, row.values(), strict=True)
    ]
    names = ", ".join(f'"{field.column}"' for field in fields)  # type: ignore[union-attr]
    marks = ", ".join(["%s"] * len(values))
    table = model._meta.db_table
    return (f'INSERT INTO "{table}" ({names}) VALUES ({marks})', *values)


@pytest.mark.usefixtures("four_editions")
@pytest.mark.parametrize("table", ["entry", "snippetentry", "topicentry"])
@pytest.mark.parametrize("number", [2, CURRENT, CURRENT + 2])
def test_nothing_ends_but_with_the_next_edition(table: str, number: int) -> None:
    refused(f"UPDATE channels_{table} SET until_edition_id = %s", number)


@pytest.mark.usefixtures("four_editions")
@pytest.mark.parametrize("number", [1, 3, CURRENT])
def test_no_entry_is_added_to_an_edition_that_was_told(number: int) -> None:
    until = {"from_edition_id": number, "until_edition_id": None}
    refused(*copied(Entry, public_id="forged", slug="forged", **until))
    refused(*copied(TopicEntry, slug="forged", **until))
    refused(*copied(SnippetEntry, **until))


@pytest.mark.usefixtures("four_editions")
def test_nothing_is_added_to_an_entry_that_was_told() -> None:
    refused(*copied(Rendering, audience_rank=3))
    refused(*copied(EntryLink, target="forged"))
    other = snippet("other", "text", "Tidewave").snippet_id
    refused(*copied(EntrySnippet, snippet_id=other))


@pytest.mark.usefixtures("four_editions")
def test_edition_numbers_have_no_gap() -> None:
    refused(*copied(Edition, number=CURRENT + 2))
    execute(*copied(Edition, number=CURRENT + 1))


def test_the_first_edition_is_number_one() -> None:
    row = Edition(cause="publish", published_at=timezone.now(), actor=system_user())
    row.added = row.changed = row.removed = row.live = 0
    row.number = 2
    with pytest.raises(IntegrityError, match="refuses this"), transaction.atomic():
        row.save(force_insert=True)
    row.number = 1
    row.save(force_insert=True)


@pytest.mark.usefixtures("four_editions")
@pytest.mark.parametrize("number", [1, CURRENT - 1, CURRENT, None])
def test_the_pointer_never_goes_back(number: int | None) -> None:
    refused("UPDATE channels_pointer SET edition_id = %s", number)
    refused("DELETE FROM channels_pointer")
    assert Pointer.objects.get().edition_id == CURRENT


def test_an_entry_ends_once_and_changes_in_nothing_else() -> None:
    article = published("One")
    publish_texts(write_approved("Two", article=article))
    execute(*copied(Edition, number=3))
    refused("UPDATE channels_entry SET until_edition_id = 3 WHERE title = 'One'")
    refused("UPDATE channels_entry SET until_edition_id = NULL WHERE title = 'One'")
    refused("UPDATE channels_entry SET until_edition_id = 3, title = 'Forged' WHERE title = 'Two'")
    execute("UPDATE channels_entry SET until_edition_id = 3 WHERE title = 'Two'")


@pytest.mark.usefixtures("four_editions")
def test_migrate_puts_the_present_triggers_in_the_place_of_older_ones() -> None:
    names = ("channels_entry_no_update", "channels_entry_no_insert")
    for name in names:
        event = name.rpartition("_")[2]
        if connection.vendor == "sqlite":
            execute(f"DROP TRIGGER {name}")
            execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON channels_entry WHEN FALSE "
                "BEGIN SELECT RAISE(ABORT, 'old'); END"
            )
        else:
            execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
                "AS $$ BEGIN RETURN NEW; END $$"
            )
    with transaction.atomic():
        execute("UPDATE channels_entry SET until_edition_id = 2 WHERE title = 'First'")
        transaction.set_rollback(True)

    call_command("migrate", verbosity=0)

    refused("UPDATE channels_entry SET until_edition_id = 2 WHERE title = 'First'")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", [Entry, Pointer])
def test_a_migration_can_rebuild_a_table_that_triggers_look_into(model: type[models.Model]) -> None:
    published("One")
    column = models.CharField(max_length=1, default="-")
    column.set_attributes_from_name("column")

    migrating = {"verbosity": 0, "interactive": False, "db": "default"}
    emit_pre_migrate_signal(**migrating, plan=[(Migration("0002", "channels"), False)])
    with connection.schema_editor() as editor:
        editor.add_field(model, column)
        editor.remove_field(model, column)
    emit_post_migrate_signal(**migrating, plan=[])

    refused("DELETE FROM channels_pointer")
    refused("UPDATE channels_entry SET title = 'Forged'")
    published("Two")
