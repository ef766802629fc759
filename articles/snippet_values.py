"""Which value stands where an article writes `{{ key }}`: looked up once, presented by locale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from articles.document import facts
from articles.document.blocks import Body, Fact, Link, SnippetRef
from articles.document.errors import UnknownRegion, UnknownSnippet
from articles.locales import is_region
from articles.models import Snippet


@dataclass(frozen=True)
class Value:
    """One snippet's value: that of `revision_id`."""

    snippet_id: int
    revision_id: int
    kind: str
    value: Any


class SnippetValues:
    """Values by key. `pinned` (snippet id to value) says which revisions to tell where not the
    approved one; a subclass may know others by overriding `_load`."""

    def __init__(self, pinned: Mapping[int, Value] | None = None) -> None:
        self._pinned = dict(pinned or {})
        self._values: dict[str, Value | None] = {}
        self._presented: dict[tuple[SnippetRef, str], Fact | Link | Body] = {}

    def value(self, key: str) -> Value:
        """Return the value of `key`. Raises UnknownSnippet where there is none to tell."""
        if key not in self._values:
            self._values[key] = self._load(key)
        value = self._values[key]
        if value is None:
            raise UnknownSnippet(key)
        return value

    def present(self, snippet: SnippetRef, locale: str) -> Fact | Link | Body:
        """Return how `snippet` is written and spoken in `locale`, for the region it names.

        Raises UnknownSnippet, UnknownRegion, MissingValue.
        """
        if (snippet, locale) not in self._presented:
            value = self.value(snippet.key)
            if snippet.region and not is_region(snippet.region):
                raise UnknownRegion(snippet.key, snippet.region)
            self._presented[snippet, locale] = facts.present(
                snippet.key, value.kind, value.value, locale, snippet.region
            )
        return self._presented[snippet, locale]

    def _load(self, key: str) -> Value | None:
        snippet = Snippet.objects.select_related("approved").filter(key=key).first()
        if snippet is None:
            return None
        if snippet.pk in self._pinned:
            return self._pinned[snippet.pk]
        return self._choose(snippet)

    def _choose(self, snippet: Snippet) -> Value | None:
        revision = snippet.approved
        if revision is None:
            return None
        return Value(snippet.pk, revision.pk, snippet.kind, revision.value)


class EverySnippet(SnippetValues):
    """The approved values of all snippets, in one statement: for the checks of many texts."""

    def _load(self, key: str) -> Value | None:
        return self._every.get(key)

    @cached_property
    def _every(self) -> dict[str, Value | None]:
        snippets = Snippet.objects.select_related("approved")
        return {snippet.key: self._choose(snippet) for snippet in snippets}


class Reading:
    """The snippets that one text used in one locale, through others as well."""

    def __init__(self, values: SnippetValues, locale: str) -> None:
        self._values = values
        self._locale = locale
        self.used: dict[str, Value] = {}

    def present(self, snippet: SnippetRef) -> Fact | Link | Body:
        self.used[snippet.key] = self._values.value(snippet.key)
        return self._values.present(snippet, self._locale)
