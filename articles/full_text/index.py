"""The index over texts' words: FTS5 on SQLite, GIN on PostgreSQL, kept by the database itself.

It is made after every `migrate`, as the triggers of `articles.immutability` are and for the same
reason: Django rebuilds SQLite tables, and a rebuilt table has lost its triggers.
"""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import RawSQL

from articles.full_text.words import Asked

TABLE = "articles_textwords"
INDEX = "articles_textwords_index"
# As PostgreSQL knows an index's expression: what is asked must say the same. No parser, no
# dictionary and no positions: the words are made in Python.
_VECTOR = "array_to_tsvector(string_to_array(words, ' '))"
# Words are letters and digits, folded: `ascii` takes them as they are, where `unicode61` knows the
# letters of 2012 only. An index of which words, not where: a third of the size.
_FTS5 = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {INDEX} USING fts5(words, content='{TABLE}', "
    "content_rowid='text_id', tokenize='ascii', detail=none, columnsize=0, prefix='2 3')"
)
_ADD = f"INSERT INTO {INDEX}(rowid, words) VALUES (NEW.text_id, NEW.words);"  # noqa: S608
_TAKE_OUT = f"INSERT INTO {INDEX}({INDEX}, rowid, words) VALUES ('delete', OLD.text_id, OLD.words);"  # noqa: S608
_TRIGGERS = {
    f"{INDEX}_insert": f"AFTER INSERT ON {TABLE} BEGIN {_ADD} END",
    f"{INDEX}_update": f"AFTER UPDATE ON {TABLE} BEGIN {_TAKE_OUT} {_ADD} END",
    f"{INDEX}_delete": f"AFTER DELETE ON {TABLE} BEGIN {_TAKE_OUT} END",
}


def texts_with(asked: Asked) -> RawSQL:
    """Return the ids of the texts that have every word asked for, for `pk__in`; without a word,
    none."""
    if not asked.words:
        return RawSQL("SELECT 0 WHERE 1 = 0", [])
    if connection.vendor == "sqlite":
        words = (f'"{word}"*' if word in asked.begins else f'"{word}"' for word in asked.words)
        return RawSQL(  # noqa: S611 - names of our own; the words are a parameter
            f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s",  # noqa: S608
            [" AND ".join(words)],
        )
    words = (f"'{word}':*" if word in asked.begins else f"'{word}'" for word in asked.words)
    return RawSQL(  # noqa: S611 - names of our own; the words are a parameter
        f"SELECT text_id FROM {TABLE} WHERE {_VECTOR} @@ CAST(%s AS tsquery)",  # noqa: S608
        [" & ".join(words)],
    )


def install_for_app(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """post_migrate handler: make what is not there, of the words that are there."""
    database = connections[using]
    if TABLE not in database.introspection.table_names():
        return
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {INDEX} ON {TABLE} USING gin ({_VECTOR})")
            return
        known = _triggers(database)
        if known == set(_TRIGGERS):
            return
        cursor.execute(_FTS5)
        for name, body in _TRIGGERS.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(f"CREATE TRIGGER {name} {body}")
        # Whatever was written while nobody told the index.
        cursor.execute(f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')")  # noqa: S608


def remove_for_app(sender: AppConfig, using: str, plan: list[Any], **kwargs: Any) -> None:
    """pre_migrate handler: migrations that have something to do find no triggers."""
    database = connections[using]
    if plan and database.vendor == "sqlite":
        with database.cursor() as cursor:
            for name in _TRIGGERS:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def _triggers(database: BaseDatabaseWrapper) -> set[str]:
    with database.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return {name for (name,) in cursor.fetchall()}.intersection(_TRIGGERS)
