"""The embedded engine: Whoosh stores and reads the index, for editions and audiences.

Haystack's own Whoosh backend finds no Chinese, joins words by AND and opens the index anew for
every question; none of it is used. Haystack makes one backend per thread; what a process has open
of the index its threads share, one at a time.
"""

from __future__ import annotations

import logging
import secrets
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from haystack.backends import BaseEngine
from whoosh.index import FileIndex

from channels.search.embedded.compaction import compacted, take_over, worn
from channels.search.embedded.files import IndexFiles, State
from channels.search.embedded.opening import OpenIndex, forget, shared
from channels.search.embedded.schema import LENGTH, SCHEMA, fields
from channels.search.embedded.segments import Segment, segments_of
from channels.search.embedded.storage import IndexStorage
from channels.search.embedded.writer import MOST_POSTINGS, Writer, merge_small
from channels.search.engine import (
    Candidates,
    Document,
    EntryBackend,
    Reached,
    Readers,
    Record,
)
from channels.search.exceptions import SearchUnavailable
from channels.search.indexed import VERSION
from channels.search.question import Question

logger = logging.getLogger("knowledgehub.search")


class EmbeddedBackend(EntryBackend):
    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **options)
        self._files = IndexFiles(Path(options["PATH"]))

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
        with self._reading() as kept:
            return kept.view(readers).candidates(
                question,
                chosen=chosen,
                counted=counted,
                without=without,
                most=most,
                reached=kept.state.edition,
            )

    def records(self, public_ids: Iterable[str], readers: Readers) -> dict[str, Record]:
        with self._reading() as kept:
            return kept.view(readers).records(public_ids)

    def frequencies(self, terms: Iterable[str], readers: Readers) -> dict[str, int]:
        with self._reading() as kept:
            return kept.view(readers).frequencies(terms)

    def spelled_like(self, word: str, readers: Readers) -> list[str]:
        with self._reading() as kept:
            return kept.view(readers).spelled_like(word)

    def beginning_with(self, text: str, readers: Readers, *, most: int) -> list[tuple[str, str]]:
        with self._reading() as kept:
            return kept.view(readers).beginning_with(text, most)

    def reached(self) -> Reached | None:
        state = self._files.state()
        if state is None or state.version != VERSION or self._files.is_called_damaged(state):
            return None
        return Reached(state.edition, state.manifest_digest)

    def is_sound(self) -> bool:
        try:
            state = self._state()
            storage = IndexStorage(str(self._files.folder(state)))
            segments = segments_of(storage)
            for segment in segments:
                # To read a term looks into each of its files.
                Segment(storage, segment).postings("words", LENGTH)
            return sum(segment.doc_count() for segment in segments) == state.documents
        except Exception:
            logger.exception("The search index can't be opened.")
            return False

    def only_writer(self, wait: float) -> AbstractContextManager[None]:
        return self._files.only_writer(wait)

    def only_builder(self, wait: float) -> AbstractContextManager[None]:
        return self._files.only_builder(wait)

    def build(self, documents: Iterable[Document], reached: Reached) -> str:
        name = f"edition-{reached.edition}-{secrets.token_hex(4)}"
        storage = IndexStorage(str(self._files.build(name))).create()
        self._write(storage.create_index(SCHEMA), (), documents)
        return name

    def amend(
        self,
        *,
        ended: Iterable[int],
        documents: Iterable[Document],
        reached: Reached,
        build: str = "",
    ) -> None:
        folder = build or self._state().folder
        storage = IndexStorage(str(self._files.build(folder)))
        self._write(storage.open_index(schema=SCHEMA), ended, documents)
        count = sum(segment.doc_count() for segment in segments_of(storage))
        self._files.write_state(
            State(VERSION, folder, reached.edition, reached.manifest_digest, count)
        )
        if build:
            self._files.remove_builds_but(build)

    def compact(self, wait: float) -> bool:
        state = self._state()
        if self.reached() is None:
            raise SearchUnavailable("The search index is to be made anew.")
        self._files.remove_builds_but(state.folder)  # Somebody may have died here.
        storage = IndexStorage(str(self._files.folder(state)))
        with self.only_writer(wait):
            segments = worn(segments_of(storage))
        if not segments:
            return False
        beside = Path(mkdtemp(prefix="compaction-", dir=self._files.home))
        try:
            if (made := compacted(storage, segments, beside)) is None:
                return False
            with self.only_writer(wait):
                take_over(storage, made)
                self._files.write_state(self._state())  # Readers look at the segments anew.
        finally:
            shutil.rmtree(beside, ignore_errors=True)
        return True

    def _write(self, index: FileIndex, ended: Iterable[int], documents: Iterable[Document]) -> None:
        writer = Writer(index)
        try:
            writer.remove(list(ended))
            for document in documents:
                if writer.pool.size > MOST_POSTINGS:
                    writer.commit(merge=False)
                    writer = Writer(index)
                writer.add_document(**fields(document))
        except BaseException:
            writer.cancel()
            raise
        writer.commit(mergetype=merge_small)

    def _state(self) -> State:
        if (state := self._files.state()) is None:
            raise SearchUnavailable("The search index is not built yet.")
        return state

    @contextmanager
    def _reading(self) -> Iterator[OpenIndex]:
        """Give the index's newest state to one thread; leave word where it can't be read."""
        try:
            with shared(self._files) as kept:
                yield kept
        except SearchUnavailable:
            raise
        except Exception as error:
            # A damaged file shows in many ways, from struct.error to KeyError. It is told once:
            # every search until then fails alike.
            state = self._files.state()
            if state is None or not self._files.is_called_damaged(state):
                logger.exception("The search index can't be read; it will be made anew.")
                self._files.call_damaged(state)
            forget(self._files)
            raise SearchUnavailable("The search index can't be read.") from error


class EmbeddedEngine(BaseEngine):
    backend = EmbeddedBackend
