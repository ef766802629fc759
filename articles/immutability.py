"""Rows that never change once written, kept so by database triggers on SQLite and PostgreSQL.

Triggers are installed after every `migrate`, not by a migration: Django rebuilds SQLite tables
when it alters them, and a rebuilt table has lost its triggers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.apps import AppConfig
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

M = TypeVar("M", bound=type[models.Model])

# Model -> the one column that may go from NULL to a value, once ("" where there is none).
_registry: dict[type[models.Model], str] = {}


def immutable(*, closes: str = "") -> Callable[[M], M]:
    """Declare that rows of a model are never changed or deleted; `closes` names a column that
    may be set once, as an entry's end is. Violations raise IntegrityError."""

    def register(model: M) -> M:
        _registry[model] = closes
        return model

    return register


def immutable_models() -> dict[type[models.Model], str]:
    return dict(_registry)


def install_for_app(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """post_migrate handler: give each immutable model of the app its triggers."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    for model, closes in _registry.items():
        if model._meta.app_label == sender.label and model._meta.db_table in tables:
            install(connection, model, closes)


def install(connection: BaseDatabaseWrapper, model: type[models.Model], closes: str) -> None:
    statements = {"sqlite": _sqlite, "postgresql": _postgresql}[connection.vendor](model, closes)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper, model: type[models.Model]) -> None:
    """Take the triggers off again. Only the test suite, which empties tables, has a use for it."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        for event in ("update", "delete", "truncate"):
            if connection.vendor == "sqlite":
                cursor.execute(f'DROP TRIGGER IF EXISTS "{table}_no_{event}"')
            else:
                cursor.execute(f'DROP TRIGGER IF EXISTS "{table}_no_{event}" ON "{table}"')


def _columns(model: type[models.Model], closes: str) -> tuple[str, list[str]]:
    """Return the column that may be set once, and all others."""
    fields = model._meta.concrete_fields
    column = next(str(field.column) for field in fields if field.name == closes)
    return column, [str(field.column) for field in fields if field.name != closes]


def _sqlite(model: type[models.Model], closes: str) -> list[str]:
    table = model._meta.db_table
    unless = ""
    if closes:
        column, others = _columns(model, closes)
        same = " AND ".join(f'NEW."{name}" IS OLD."{name}"' for name in others)
        unless = f'WHEN NOT (OLD."{column}" IS NULL AND NEW."{column}" IS NOT NULL AND {same})'
    return [
        f'DROP TRIGGER IF EXISTS "{table}_no_update"',
        f'CREATE TRIGGER "{table}_no_update" BEFORE UPDATE ON "{table}" {unless} '
        f"BEGIN SELECT RAISE(ABORT, '{table} rows never change'); END",
        f'DROP TRIGGER IF EXISTS "{table}_no_delete"',
        f'CREATE TRIGGER "{table}_no_delete" BEFORE DELETE ON "{table}" '
        f"BEGIN SELECT RAISE(ABORT, '{table} rows are never deleted'); END",
    ]


# The error code makes Django raise IntegrityError, as it does for SQLite's RAISE(ABORT).
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION knowledgehub_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% rows never change', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def _postgresql(model: type[models.Model], closes: str) -> list[str]:
    table = model._meta.db_table
    unless = ""
    if closes:
        column, others = _columns(model, closes)
        same = " AND ".join(f'NEW."{name}" IS NOT DISTINCT FROM OLD."{name}"' for name in others)
        unless = f'WHEN (NOT (OLD."{column}" IS NULL AND NEW."{column}" IS NOT NULL AND {same}))'
    statements = [_POSTGRESQL_FUNCTION]
    for event, scope, when in (
        ("update", "ROW", unless),
        ("delete", "ROW", ""),
        ("truncate", "STATEMENT", ""),
    ):
        statements += [
            f'DROP TRIGGER IF EXISTS "{table}_no_{event}" ON "{table}"',
            f'CREATE TRIGGER "{table}_no_{event}" BEFORE {event.upper()} ON "{table}" '
            f"FOR EACH {scope} {when} EXECUTE FUNCTION knowledgehub_refuse()",
        ]
    return statements
