"""What a search engine does for us, whichever it is: the embedded one, or one that is a service.

An engine finds the documents that may answer and counts them; which of them answers best is judged
by `judging`, the same for every engine. Haystack finds the engine that the settings name, and makes
one backend of it per thread.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, NamedTuple, NoReturn

from haystack import connections
from haystack.backends import BaseSearchBackend
from haystack.exceptions import SearchBackendError

from channels.search.parts import Sequence as Terms
from channels.search.question import Question


@dataclass(frozen=True, slots=True)
class Reached:
    """How far an index is; by the digest it is known whether it is of this very database."""

    edition: int  # 0 before the first
    manifest_digest: str  # of that edition, "" before the first


class Section(NamedTuple):
    """A heading and what stands under it; the first, without either, is what stands above."""

    anchor: str  # "" for the article's top
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """What readers of some ranks get of an entry. They find it by its words and no others."""

    entry: int
    public_id: str
    digest: str  # of the content that the text says
    locale: str
    ranks: tuple[int, ...]
    title: str
    questions: tuple[str, ...]
    summary: str
    sections: tuple[Section, ...]
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # "kind": ("support",)

    def is_for(self, readers: Readers) -> bool:
        return self.locale == readers.locale and readers.rank in self.ranks


@dataclass(frozen=True, slots=True)
class Record:
    """A document as an engine gives it back to be judged and shown."""

    entry: int
    public_id: str
    digest: str
    asked_as: tuple[str, ...]  # its title and its questions
    sections: tuple[Section, ...]
    terms: Terms


@dataclass(frozen=True, slots=True)
class Readers:
    """Who asks: everything an engine says must come from documents that they get."""

    locale: str
    rank: int


@dataclass(frozen=True, slots=True)
class Candidates:
    """What an engine found. `frequencies` and `documents` count what these readers get."""

    records: Sequence[Record]  # the likeliest first
    total: int
    facets: Mapping[str, Mapping[str, int]]
    frequencies: Mapping[
        tuple[str, ...], int
    ]  # of each option's terms: documents that say them all
    documents: int
    average_length: float  # words of a text
    reached: int  # the edition that the index told


class EntryBackend(BaseSearchBackend, ABC):
    """An engine's backend. Asking raises SearchUnavailable where the index can't be read."""

    @abstractmethod
    def candidates(
        self,
        question: Question,
        readers: Readers,
        *,
        chosen: Mapping[str, Collection[str]],
        counted: Collection[str],
        without: Collection[int],
        most: int,
    ) -> Candidates:
        """Return the documents that say most of the question, at most `most` of them.

        `chosen` narrows by facet: one of the values of each. `counted` are the facets to count
        over everything that was found; entries `without` are passed over. A question that wants
        nothing finds nothing.
        """

    @abstractmethod
    def records(self, public_ids: Iterable[str], readers: Readers) -> dict[str, Record]:
        """Return the documents of these articles, as far as they are known."""

    @abstractmethod
    def frequencies(self, terms: Iterable[str], readers: Readers) -> dict[str, int]:
        """Return how many of the readers' documents say each term."""

    @abstractmethod
    def spelled_like(self, word: str, readers: Readers) -> list[str]:
        """Return words of the readers' documents that `word` may be a slip of, the best first:
        by letters, or for Chinese by sound."""

    @abstractmethod
    def beginning_with(self, text: str, readers: Readers, *, most: int) -> list[tuple[str, str]]:
        """Return (public id, title or question) of what says the words of `text`, the last of
        which may be half typed."""

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
    def only_builder(self, wait: float) -> AbstractContextManager[None]:
        """Keep every other builder out, as `only_writer` does with writers."""

    @abstractmethod
    def build(self, documents: Iterable[Document], reached: Reached) -> str:
        """Make an index of these documents alone, beside the one that readers use and writers
        amend; return its name. It counts once it is amended itself."""

    @abstractmethod
    def amend(
        self,
        *,
        ended: Iterable[int],
        documents: Iterable[Document],
        reached: Reached,
        build: str = "",
    ) -> None:
        """Take `ended` entries out and put `documents` in. A second time changes nothing.

        With the name of a `build`, that one is amended, and from then on it is the one that readers
        use; all others go.
        """

    @abstractmethod
    def compact(self, wait: float) -> bool:
        """Make an index quick again that was amended often, while it goes on being amended; return
        whether it was. For the only builder.

        Raises IndexBusy where somebody writes for more than `wait` seconds.
        """

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
