"""How an export writes a page, so that an import reads back just what was exported."""

from __future__ import annotations

import re

# The field of the front matter that says: this is our own Markdown, nothing is to be guessed.
DIALECT_FIELD, DIALECT = "dialect", "knowledge-hub"

FORMAT, VERSION = "knowledge-hub-export", 1
KNOWLEDGE = "knowledge.json"
PAGES, ATTACHMENTS = "articles", "attachments"
# Begins the part of knowledge.json that may be larger than memory, on a line of its own.
ARTICLES_BEGIN = '"articles": ['

# From a page, articles/<locale>/<id>.md.
_RELATIVE = f"../../{ATTACHMENTS}/"
_NAME = r"([0-9a-f]{64}\.[a-z0-9]{2,5})(?![A-Za-z0-9_])"
_STORED = re.compile(f"media:{_NAME}")
_WRITTEN = re.compile(re.escape(_RELATIVE) + _NAME)


def page_path(public_id: str, locale: str) -> str:
    return f"{PAGES}/{locale}/{public_id}.md"


def attachment_names(body: str) -> tuple[str, ...]:
    """Return the names of the attachments that a stored body mentions, each once."""
    return tuple(dict.fromkeys(_STORED.findall(body)))


def with_files(body: str) -> str:
    """Return a stored body with the files of its attachments in place of their names."""
    return _STORED.sub(lambda found: _RELATIVE + found[1], body)


def with_names(body: str) -> str:
    """Return what `with_files` made its text of."""
    return _WRITTEN.sub(lambda found: f"media:{found[1]}", body)
