"""What a search engine does for us, whichever it is: the embedded one, or one that is a service.

Haystack finds the engine that the settings name, and makes one backend of it per thread.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, NoReturn

from haystack import connections
from haystack.backends import BaseSearchBackend
from haystack.exceptions import SearchBackendError


@dataclass(frozen=True, slots=True)
class Reached:
    """How far an index is; by the digest it is known whether it is of this very database."""

    edition: int  # 0 before the first
    manifest_digest: str  # of that edition, "" before the first


@dataclass(frozen=True, slots=True)
class Document:
    """What readers of some ranks get of an entry. They find it by its words and no others."""

    entry: int
    public_id: str
    digest: str  # of the content that the text says
    locale: str
    ranks: tuple[int, ...]
    words: Counter[str]  # how much each term counts
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """What an index knows of a text; where the digest is not the edition's, it is behind."""

    digest: str
    text: str


class EntryBackend(BaseSearchBackend, ABC):
    """An engine's backend. Asking raises SearchUnavailable where the index can't be read."""

    @abstractmethod
    def ranked(self, terms: Sequence[str], *, locale: str, rank: int, most: int) -> list[str]:
        """Return the public ids of the `most` documents that say any of the terms, best first.

        Only documents of this locale and rank decide which they are and in what order: not even
        how rare a word is may be counted in what the reader may not read.
        """

    @abstractmethod
    def texts(self, public_ids: Iterable[str], *, locale: str, rank: int) -> dict[str, Text]:
        """Return the texts that readers of this locale and rank get, as far as they are known."""

    @abstractmethod
    def reached(self) -> Reached | None:
        """Return how far the index is, None where it has to be made anew. Cheap."""

    @abstractmethod
    def is_sound(self) -> bool:
        """Look whether the index is as whole as `reached` says."""

    @abstractmethod
    def only_writer(self, wait: float) -> AbstractContextManager[None]:
        """Keep every other writer out; a writer that dies lets go by dying.

        Raises IndexBusy where another holds it for more than `wait` seconds.
        """

    @abstractmethod
    def rebuild(self, documents: Iterable[Document], reached: Reached) -> None:
        """Make the index of these documents alone. Readers use the former one until then."""

    @abstractmethod
    def amend(
        self, *, ended: Iterable[int], documents: Iterable[Document], reached: Reached
    ) -> None:
        """Take `ended` entries out and put `documents` in. A second time changes nothing."""

    def update(self, index: Any, iterable: Any, commit: bool = True) -> NoReturn:
        _refuse()

    def remove(self, obj_or_string: Any) -> NoReturn:
        _refuse()

    def clear(self, models: Any = None, commit: bool = True) -> NoReturn:
        _refuse()


def entry_backend() -> EntryBackend:
    backend: EntryBackend = connections["default"].get_backend()
    return backend


def _refuse() -> NoReturn:
    raise SearchBackendError(
        "The index follows the editions; to make it anew: manage.py rebuild_search"
    )
