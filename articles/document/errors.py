"""What can go wrong when snippets are put into a document."""

from __future__ import annotations


class DocumentError(Exception):
    """A document cannot be made as it was asked for."""


class UnknownSnippet(DocumentError, LookupError):
    """An article names a snippet that does not exist."""

    def __init__(self, key: str) -> None:
        super().__init__(f"there is no snippet “{key}”")
        self.key = key


class MissingValue(DocumentError, LookupError):
    """A snippet exists, but has no value in the locale that is asked for."""

    def __init__(self, key: str, locale: str) -> None:
        super().__init__(f"snippet “{key}” has no value in the locale {locale}")
        self.key = key
        self.locale = locale


class ExpansionError(DocumentError):
    """A snippet exists, but cannot stand where the article puts it."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(f"snippet “{key}” {message}")
        self.key = key
        self.message = message
