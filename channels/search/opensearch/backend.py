"""The engine for a hub that outgrew the embedded one: an index in OpenSearch.

Haystack's own backend for its forerunner, Elasticsearch, asks without reader or edition; none of it
is used. What it counts and how it ranks is the embedded engine's way, said in OpenSearch's queries.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from haystack.backends import BaseEngine
from opensearchpy.exceptions import ConnectionError as NoConnection
from rapidfuzz.distance import OSA

from channels.search.beginnings import going_on, typed_words
from channels.search.engine import (
    Candidates,
    Document,
    EntryBackend,
    Reached,
    Readers,
    Record,
)
from channels.search.exceptions import SearchUnavailable
from channels.search.folding import is_han
from channels.search.indexed import VERSION, facet_term
from channels.search.locks import database_lock
from channels.search.opensearch import asking, builds
from channels.search.opensearch.fields import BETWEEN, record_from
from channels.search.opensearch.service import Service, service
from channels.search.question import Question
from channels.search.sounds import sound
from channels.search.spelling import likeliest, slips_allowed

logger = logging.getLogger("knowledgehub.search")


class OpenSearchBackend(EntryBackend):
    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **options)
        self._url: str = options["URL"]
        self._index: str = options["INDEX"]
        self._ca_file: str = options.get("CA_FILE", "")
        self._lock_file = Path(options["PATH"]) / "lock"

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
        options = list(dict.fromkeys(each.terms for one in question.wanted for each in one.options))
        with self._reading() as index:
            told = index.search(asking.counting(options, readers))
            parts = told["aggregations"]
            documents = told["hits"]["total"]["value"]
            counts = [each["doc_count"] for each in parts["said"]["buckets"]] if options else []
            frequencies = dict(zip(options, counts, strict=True))
            found: dict[str, Any] = {"hits": {"hits": [], "total": {"value": 0}}}
            if any(counts):
                body = asking.finding(
                    question,
                    readers,
                    frequencies,
                    documents,
                    chosen=chosen,
                    counted=counted,
                    without=without,
                    most=most,
                )
                found = index.search(body)
            return Candidates(
                records=[record_from(hit) for hit in found["hits"]["hits"]],
                total=found["hits"]["total"]["value"],
                facets={facet: _values(found, facet) for facet in counted},
                frequencies=frequencies,
                documents=documents,
                average_length=parts["length"]["value"] or 1.0,
                reached=int(parts["whole"]["edition"]["value"] or 0),
            )

    def records(self, public_ids: Iterable[str], readers: Readers) -> dict[str, Record]:
        wanted = list(dict.fromkeys(public_ids))
        if not wanted:
            return {}
        with self._reading() as index:
            found = index.search(asking.named(wanted, readers))
            records = [record_from(hit) for hit in found["hits"]["hits"]]
        return {record.public_id: record for record in records}

    def frequencies(self, terms: Iterable[str], readers: Readers) -> dict[str, int]:
        wanted = list(dict.fromkeys(terms))
        with self._reading() as index:
            if not wanted:
                return {}
            told = index.search(asking.counting([(term,) for term in wanted], readers))
            counts = told["aggregations"]["said"]["buckets"]
            return {term: each["doc_count"] for term, each in zip(wanted, counts, strict=True)}

    def spelled_like(self, word: str, readers: Readers) -> list[str]:
        chinese, slips = is_han(word), slips_allowed(word)
        if not (chinese or slips):
            return []
        body = (
            asking.sounding(sound(word), readers) if chinese else asking.near(word, slips, readers)
        )
        with self._reading() as index:
            buckets = index.search(body)["aggregations"]["words"]["buckets"]
            said = {each["key"].rpartition(BETWEEN)[2]: each["doc_count"] for each in buckets}
        if not chinese:
            said = {other: n for other, n in said.items() if OSA.distance(word, other) <= slips}
        return likeliest(word, said)

    def beginning_with(self, text: str, readers: Readers, *, most: int) -> list[tuple[str, str]]:
        typed = typed_words(text)
        with self._reading() as index:
            if not typed:
                return []
            found = index.search(asking.beginning(typed, readers, most * 5))
            records = [record_from(hit) for hit in found["hits"]["hits"]]
        return going_on(text, typed, records, most)

    def reached(self) -> Reached | None:
        state = self._service().state()
        if state is None or state.version != VERSION:
            return None
        return Reached(state.edition, state.manifest_digest)

    def is_sound(self) -> bool:
        index = self._service()
        try:
            state = index.state()
            return state is not None and builds.count(index.client(), index.index) == (
                state.documents
            )
        except (SearchUnavailable, NoConnection):
            raise SearchUnavailable("OpenSearch gives no answer.") from None
        except Exception:
            logger.exception("The search index can't be counted.")
            return False

    @contextmanager
    def only_writer(self, wait: float) -> Iterator[None]:
        index = self._service()
        with database_lock(f"search index {index.index}", self._lock_file, wait):
            index.forget_state()  # Another may have written until a moment ago.
            yield

    def only_builder(self, wait: float) -> AbstractContextManager[None]:
        name, path = self._service().index, self._lock_file.with_name("build-lock")
        return database_lock(f"search index build {name}", path, wait)

    def build(self, documents: Iterable[Document], reached: Reached) -> str:
        return builds.build(self._service(), documents, reached)

    def amend(
        self,
        *,
        ended: Iterable[int],
        documents: Iterable[Document],
        reached: Reached,
        build: str = "",
    ) -> None:
        builds.amend(self._service(), ended, documents, reached, build)

    def compact(self, wait: float) -> bool:
        return False  # OpenSearch merges its segments by itself.

    def _service(self) -> Service:
        return service(self._url, self._index, self._ca_file)

    @contextmanager
    def _reading(self) -> Iterator[Service]:
        """Give the index where it is one of ours. Raises SearchUnavailable where it is not, or
        answers what can't be read."""
        index = self._service()
        state = index.state()
        if state is None or state.version != VERSION:
            raise SearchUnavailable("The search index is not built yet.")
        try:
            yield index
        except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
            logger.exception("OpenSearch's answer can't be read.")
            raise SearchUnavailable("OpenSearch's answer can't be read.") from error


def _values(found: Mapping[str, Any], facet: str) -> dict[str, int]:
    """Return how many of what was found have each value of a facet."""
    buckets = found["aggregations"][facet]["buckets"] if "aggregations" in found else []
    beginning = facet_term(facet, "")
    counts = {each["key"].removeprefix(beginning): each["doc_count"] for each in buckets}
    return dict(sorted(counts.items()))


class OpenSearchEngine(BaseEngine):
    backend = OpenSearchBackend
