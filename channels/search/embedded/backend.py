"""The embedded engine: Whoosh stores and reads the index, for editions and audiences.

Haystack's own Whoosh backend finds no Chinese, joins words by AND and opens the index anew for
every question; none of it is used. Haystack makes one backend per thread, and so a kept reader is
never shared between threads.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from haystack.backends import BaseEngine
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.reading import IndexReader

from channels.search.embedded.files import IndexFiles, State
from channels.search.embedded.ranking import ReadersView
from channels.search.embedded.schema import SCHEMA, VERSION, fields, readers_term
from channels.search.engine import Document, EntryBackend, Reached, Text
from channels.search.exceptions import SearchUnavailable

logger = logging.getLogger("knowledgehub.search")

WRITER_MEMORY = 64  # megabytes, before postings go to a temporary file


@dataclass(slots=True)
class KeptReader:
    """An open state of the index, and what was worked out about it."""

    stamp: tuple[int, int]
    state: State
    reader: IndexReader
    views: dict[str, ReadersView] = field(default_factory=dict)

    def view(self, locale: str, rank: int) -> ReadersView:
        readers = readers_term(locale, rank)
        if readers not in self.views:
            self.views[readers] = ReadersView(self.reader, readers)
        return self.views[readers]


class EmbeddedBackend(EntryBackend):
    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **options)
        self._files = IndexFiles(Path(options["PATH"]))
        self._kept: KeptReader | None = None

    def ranked(self, terms: Sequence[str], *, locale: str, rank: int, most: int) -> list[str]:
        with self._reading() as kept:
            return kept.view(locale, rank).ranked(terms, most)

    def texts(self, public_ids: Iterable[str], *, locale: str, rank: int) -> dict[str, Text]:
        with self._reading() as kept:
            documents = kept.view(locale, rank).documents(public_ids)
            return {
                public_id: Text(**kept.reader.stored_fields(document))
                for public_id, document in documents.items()
            }

    def reached(self) -> Reached | None:
        state = self._files.state()
        if state is None or state.version != VERSION or self._files.is_called_damaged(state):
            return None
        return Reached(state.edition, state.manifest_digest)

    def is_sound(self) -> bool:
        try:
            state = self._state()
            index = FileStorage(str(self._files.folder(state))).open_index(schema=SCHEMA)
            with closing(index.reader()) as reader:
                return bool(reader.doc_count() == state.documents)
        except Exception:
            logger.exception("The search index can't be opened.")
            return False

    def only_writer(self, wait: float) -> AbstractContextManager[None]:
        return self._files.only_writer(wait)

    def rebuild(self, documents: Iterable[Document], reached: Reached) -> None:
        """Build beside the index that is in use, and swap."""
        name = f"edition-{reached.edition}-{secrets.token_hex(4)}"
        index = FileStorage(str(self._files.home / name)).create().create_index(SCHEMA)
        self._files.remove_folders_but(self._write(index, name, (), documents, reached))

    def amend(
        self, *, ended: Iterable[int], documents: Iterable[Document], reached: Reached
    ) -> None:
        state = self._state()
        index = FileStorage(str(self._files.folder(state))).open_index(schema=SCHEMA)
        self._write(index, state.folder, ended, documents, reached)

    def _write(
        self,
        index: FileIndex,
        folder: str,
        ended: Iterable[int],
        documents: Iterable[Document],
        reached: Reached,
    ) -> State:
        writer = index.writer(limitmb=WRITER_MEMORY)
        try:
            for entry in ended:
                writer.delete_by_term("entry", str(entry))
            for document in documents:
                writer.add_document(**fields(document))
        except BaseException:
            writer.cancel()
            raise
        writer.commit()
        state = State(VERSION, folder, reached.edition, reached.manifest_digest, index.doc_count())
        self._files.write_state(state)
        return state

    def _state(self) -> State:
        if (state := self._files.state()) is None:
            raise SearchUnavailable("The search index is not built yet.")
        return state

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
            self._files.call_damaged(self._files.state())
            self._kept = None
            raise SearchUnavailable("The search index can't be read.") from error

    def _newest(self) -> KeptReader:
        stamp = self._files.stamp()
        if self._kept is not None and self._kept.stamp == stamp:
            return self._kept
        state = self._state()
        if stamp is None or state.version != VERSION:
            raise SearchUnavailable("The search index is not built yet.")
        try:
            self._kept = self._open(stamp, state)
        except Exception:
            if self._files.stamp() == stamp:
                raise
            # It was swapped between our look at the state and at the folder.
            return self._newest()
        return self._kept

    def _open(self, stamp: tuple[int, int], state: State) -> KeptReader:
        former, self._kept = self._kept, None
        index = FileStorage(str(self._files.folder(state))).open_index(schema=SCHEMA)
        same_build = former is not None and former.state.folder == state.folder
        reader = index.reader(reuse=former.reader if former and same_build else None)
        return KeptReader(stamp, state, reader)


class EmbeddedEngine(BaseEngine):
    backend = EmbeddedBackend
