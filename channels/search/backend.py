"""Haystack's engine for the embedded index: Whoosh stores and reads it, for editions and audiences.

Haystack's own Whoosh backend finds no Chinese, joins words by AND and opens the index anew for
every question; none of it is used. Haystack makes one backend per thread, and so a kept reader is
never shared between threads.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from haystack.backends import BaseEngine, BaseSearchBackend, BaseSearchQuery, log_query
from haystack.exceptions import SearchBackendError
from haystack.models import SearchResult
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.reading import IndexReader

from articles import audiences
from articles.locales import default_locale
from channels.search.documents import Document
from channels.search.exceptions import SearchUnavailable
from channels.search.files import IndexFiles, State
from channels.search.ranking import ReadersView
from channels.search.schema import SCHEMA, VERSION, readers_term
from channels.search.words import question_terms

logger = logging.getLogger("knowledgehub.search")

WRITER_MEMORY = 64  # megabytes, before postings go to a temporary file


@dataclass(slots=True)
class KeptReader:
    """An open state of the index, and what was worked out about it."""

    stamp: tuple[int, int]
    state: State
    reader: IndexReader
    views: dict[str, ReadersView] = field(default_factory=dict)

    def view(self, readers: str) -> ReadersView:
        if readers not in self.views:
            self.views[readers] = ReadersView(self.reader, readers)
        return self.views[readers]


class WhooshBackend(BaseSearchBackend):
    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **options)
        self.files = IndexFiles(Path(options["PATH"]))
        self._kept: KeptReader | None = None

    @log_query
    def search(
        self,
        query_string: str,
        *,
        locale: str | None = None,
        rank: int = audiences.rank(audiences.PUBLIC),
        start_offset: int = 0,
        end_offset: int | None = 20,
        **kwargs: Any,
    ) -> dict[str, Any]:
        """Return haystack's `{"results": [...], "hits": n}` for readers of one locale and rank.

        Nothing in `query_string` is syntax. Raises SearchUnavailable.
        """
        terms = question_terms(query_string)
        if not terms:
            return {"results": [], "hits": 0}
        readers = readers_term(locale or default_locale(), rank)
        with self._reading() as kept:
            ranked = kept.view(readers).ranked(terms)
            results = [
                _result(kept.reader.stored_fields(document))
                for document in ranked[start_offset:end_offset]
            ]
        return {"results": results, "hits": len(ranked)}

    def rebuild(self, documents: Iterable[Document], *, edition: int, manifest_digest: str) -> None:
        """Make the index anew beside the one in use, and swap. The caller is the only writer."""
        name = f"edition-{edition}-{secrets.token_hex(4)}"
        index = FileStorage(str(self.files.home / name)).create().create_index(SCHEMA)
        state = State(VERSION, name, edition, manifest_digest, documents=0)
        state = self._write(index, state, ended=(), documents=documents)
        self.files.remove_folders_but(state)

    def amend(
        self,
        state: State,
        *,
        ended: Iterable[int],
        documents: Iterable[Document],
        edition: int,
        manifest_digest: str,
    ) -> None:
        """Bring the index from `state` to an edition: take `ended` entries out, put `documents`
        in. Doing it a second time changes nothing. The caller is the only writer."""
        index = FileStorage(str(self.files.folder(state))).open_index(schema=SCHEMA)
        after = State(VERSION, state.folder, edition, manifest_digest, documents=0)
        self._write(index, after, ended=ended, documents=documents)

    def is_sound(self, state: State) -> bool:
        """Whether the index opens and has as many documents as it should."""
        if state.version != VERSION or self.files.is_called_damaged(state):
            return False
        try:
            with _opened(self.files.folder(state)) as (_, reader):
                return bool(reader.doc_count() == state.documents)
        except Exception:
            logger.exception("The search index can't be opened.")
            return False

    def _write(
        self, index: FileIndex, state: State, *, ended: Iterable[int], documents: Iterable[Document]
    ) -> State:
        writer = index.writer(limitmb=WRITER_MEMORY)
        try:
            for entry in ended:
                writer.delete_by_term("entry", str(entry))
            for document in documents:
                writer.add_document(**document)
        except BaseException:
            writer.cancel()
            raise
        writer.commit()
        written = State(
            state.version, state.folder, state.edition, state.manifest_digest, index.doc_count()
        )
        self.files.write_state(written)
        return written

    @contextmanager
    def _reading(self) -> Iterator[KeptReader]:
        """Give the index's newest state; leave word where it turns out to be unreadable."""
        try:
            yield self._newest()
        except SearchUnavailable:
            raise
        except Exception as error:
            # A damaged file shows in many ways, from struct.error to KeyError.
            logger.exception("The search index can't be read; it will be made anew.")
            self.files.call_damaged(self.files.state())
            self._kept = None
            raise SearchUnavailable("The search index can't be read.") from error

    def _newest(self) -> KeptReader:
        stamp = self.files.stamp()
        if self._kept is not None and self._kept.stamp == stamp:
            return self._kept
        state = self.files.state()
        if stamp is None or state is None or state.version != VERSION:
            raise SearchUnavailable("The search index is not built yet.")
        try:
            self._kept = self._open(stamp, state)
        except Exception:
            if self.files.stamp() == stamp:
                raise
            # It was swapped between our look at the state and at the folder.
            return self._newest()
        return self._kept

    def _open(self, stamp: tuple[int, int], state: State) -> KeptReader:
        former, self._kept = self._kept, None
        index = FileStorage(str(self.files.folder(state))).open_index(schema=SCHEMA)
        same_build = former is not None and former.state.folder == state.folder
        reader = index.reader(reuse=former.reader if former and same_build else None)
        return KeptReader(stamp, state, reader)

    def update(self, index: Any, iterable: Any, commit: bool = True) -> NoReturn:
        _refuse()

    def remove(self, obj_or_string: Any) -> NoReturn:
        _refuse()

    def clear(self, models: Any = None, commit: bool = True) -> NoReturn:
        _refuse()


class WordsQuery(BaseSearchQuery):
    """Haystack's query objects, without a syntax: all that is asked is words."""

    def build_query_fragment(self, field: str, filter_type: str, value: object) -> str:
        return str(value)


class WhooshEngine(BaseEngine):
    backend = WhooshBackend
    query = WordsQuery


def _result(stored: dict[str, Any]) -> SearchResult:
    fields = {name: value for name, value in stored.items() if name != "entry"}
    return SearchResult("channels", "entry", stored["entry"], 0, **fields)


@contextmanager
def _opened(folder: Path) -> Iterator[tuple[FileIndex, IndexReader]]:
    index = FileStorage(str(folder)).open_index(schema=SCHEMA)
    reader = index.reader()
    try:
        yield index, reader
    finally:
        reader.close()


def _refuse() -> NoReturn:
    raise SearchBackendError(
        "The index follows the editions; to make it anew: manage.py rebuild_search"
    )
