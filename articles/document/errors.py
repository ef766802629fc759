"""What can go wrong when snippets are put into a document."""

from __future__ import annotations


class DocumentError(Exception):
    """A document cannot be made as it was asked for."""


class UnknownSnippet(DocumentError, LookupError):
    """An article names a snippet that does not exist."""

    def __init__(self, key: str) -> None:
        super().__init__(f"there is no snippet “{key}”")
        self.key = key


class UnknownRegion(DocumentError, LookupError):
    """An article names a region that the installation does not have."""

    def __init__(self, key: str, region: str) -> None:
        super().__init__(f"snippet “{key}” is asked for in “{region}”, which is no region here")
        self.key = key
        self.region = region


class MissingValue(DocumentError, LookupError):
    """A snippet exists, but has no value in the locale or for the region that is asked for."""

    def __init__(self, key: str, locale: str = "", *, region: str = "") -> None:
        if region and locale:
            message = f"snippet “{key}” has no value for the region {region} in the locale {locale}"
        elif region:
            message = f"snippet “{key}” has no value for the region {region}"
        elif locale:
            message = f"snippet “{key}” has no value in the locale {locale}"
        else:
            message = f"snippet “{key}” has values for regions only"
        super().__init__(message)
        self.key = key
        self.locale = locale
        self.region = region


class ExpansionError(DocumentError):
    """A snippet exists, but cannot stand where the article puts it."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(f"snippet “{key}” {message}")
        self.key = key
        self.message = message
