"""Rows that never change once written, kept so by database triggers on SQLite and PostgreSQL.

Triggers are installed after every `migrate`, not by a migration: Django rebuilds SQLite tables
when it alters them, and a rebuilt table has lost its triggers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import AppConfig
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

M = TypeVar("M", bound=type[models.Model])

_EVENTS = ("insert", "update", "delete", "truncate")


@dataclass(frozen=True, slots=True)
class Rule:
    """What may happen to a model's rows. Conditions are on NEW, and OLD where a row changes, in SQL
    that both databases understand; unknown (NULL) is no."""

    changes: str  # the one field that may change, "" where there is none
    when: str
    begins: str  # "" where any row may be added


_registry: dict[type[models.Model], Rule] = {}


def immutable(*, changes: str = "", when: str = "FALSE", begins: str = "") -> Callable[[M], M]:
    """Declare that rows of a model are never changed or deleted.

    The field `changes` may change where the condition `when` holds, as an entry's end does; rows
    are added where `begins` holds (see `Rule`). Violations raise IntegrityError.
    """

    def register(model: M) -> M:
        _registry[model] = Rule(changes, when, begins)
        return model

    return register


def immutable_models() -> dict[type[models.Model], Rule]:
    return dict(_registry)


def install_for_app(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """post_migrate handler: give each immutable model of the app its triggers."""
    for model in _models_of(sender, using):
        install(connections[using], model)


def remove_for_app(sender: AppConfig, using: str, plan: list[Any], **kwargs: Any) -> None:
    """pre_migrate handler: migrations that have something to do find no triggers. SQLite rebuilds
    no table that another table's trigger looks into."""
    for model in _models_of(sender, using) if plan else ():
        remove(connections[using], model)


def install(connection: BaseDatabaseWrapper, model: type[models.Model]) -> None:
    """Give the model's table its triggers, in place of those that it has."""
    remove(connection, model)
    create = {"sqlite": _sqlite, "postgresql": _postgresql}[connection.vendor]
    with connection.cursor() as cursor:
        for statement in create(model, _registry[model]):
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper, model: type[models.Model]) -> None:
    """Take the triggers off again, as migrations need it, and the test suite to empty tables."""
    table = model._meta.db_table
    on_table = {"sqlite": "", "postgresql": f'ON "{table}"'}[connection.vendor]
    with connection.cursor() as cursor:
        for event in _EVENTS:
            cursor.execute(f'DROP TRIGGER IF EXISTS "{table}_no_{event}" {on_table}')


def _models_of(app: AppConfig, using: str) -> Iterator[type[models.Model]]:
    tables = set(connections[using].introspection.table_names())
    for model in _registry:
        if model._meta.app_label == app.label and model._meta.db_table in tables:
            yield model


def _conditions(model: type[models.Model], rule: Rule, same: str) -> Iterator[tuple[str, str]]:
    """Yield the events that are watched, each with the condition under which it may happen."""
    if rule.begins:
        yield "insert", rule.begins
    others = [field.column for field in model._meta.concrete_fields if field.name != rule.changes]
    unchanged = [f'NEW."{column}" {same} OLD."{column}"' for column in others]
    yield "update", " AND ".join([f"({rule.when})", *unchanged])
    yield "delete", "FALSE"


def _sqlite(model: type[models.Model], rule: Rule) -> Iterator[str]:
    table = model._meta.db_table
    for event, condition in _conditions(model, rule, same="IS"):
        yield (
            f'CREATE TRIGGER "{table}_no_{event}" BEFORE {event.upper()} ON "{table}" '
            f"WHEN ({condition}) IS NOT TRUE "
            f"BEGIN SELECT RAISE(ABORT, '{table} refuses this {event}'); END"
        )


def _postgresql(model: type[models.Model], rule: Rule) -> Iterator[str]:
    """A trigger's own WHEN can't look into other tables, so each has a function with its condition.

    The error code makes Django raise IntegrityError, as it does for SQLite's RAISE(ABORT).
    """
    table = model._meta.db_table
    conditions = _conditions(model, rule, same="IS NOT DISTINCT FROM")
    for event, condition in (*conditions, ("truncate", "FALSE")):
        name = f'"{table}_no_{event}"'
        scope = "STATEMENT" if event == "truncate" else "ROW"
        yield (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN IF ({condition}) THEN RETURN NEW; END IF; "
            f"RAISE EXCEPTION '{table} refuses this {event}' "
            f"USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        yield (
            f'CREATE TRIGGER {name} BEFORE {event.upper()} ON "{table}" '
            f"FOR EACH {scope} EXECUTE FUNCTION {name}()"
        )
