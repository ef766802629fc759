"""Writing: a build of the index beside the one that counts, and amending that one.

An alias stands for the build that counts. Documents have ids of their own making, so that what is
written twice stands once, and everything that is written is shown by one refresh.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError
from opensearchpy.helpers import streaming_bulk

from articles.audiences import AUDIENCES
from channels.search.engine import Document, Reached
from channels.search.indexed import VERSION
from channels.search.opensearch.fields import MAPPING, SETTINGS, STATE, fields, id_of
from channels.search.opensearch.service import PATIENCE_WRITING, Service, State

AT_ONCE = 4_000_000  # bytes that are sent at a time
DOCUMENTS_AT_ONCE = 200

# Where an alias is gone, OpenSearch would make an index of the name by itself, with its own fields.
_ONLY_WHERE_IT_IS = {"require_alias": "true"}


class WriteFailed(Exception):
    """OpenSearch did not take what was written."""


def build(service: Service, documents: Iterable[Document], reached: Reached) -> str:
    """Build beside the index that is in use; return the name."""
    client = service.client()
    _refuse_what_is_not_ours(client, service.index)
    name = f"{service.index}-edition-{reached.edition}-{secrets.token_hex(4)}"
    unfinished = _unfinished(name)
    client.indices.create(
        index=name,
        body={"settings": SETTINGS, "mappings": MAPPING, "aliases": {unfinished: {}}},
        request_timeout=PATIENCE_WRITING,
    )
    _send(client, unfinished, (_addition(one) for one in documents))
    service.write_state(unfinished, _state(client, unfinished, reached))
    return name


def amend(
    service: Service,
    ended: Iterable[int],
    documents: Iterable[Document],
    reached: Reached,
    build: str = "",
) -> None:
    """Write into the build that counts, or into `build`, which then counts; raises where another
    writer did so meanwhile."""
    client = service.client()
    index = _unfinished(build) if build else service.index
    seen = client.get(index=index, id=STATE)

    def changes() -> Iterator[dict[str, Any]]:
        for entry in ended:
            for rank in range(len(AUDIENCES)):
                yield {"_op_type": "delete", "_id": id_of(entry, rank)}
        for document in documents:
            yield _addition(document)

    _send(client, index, changes())
    service.write_state(
        index,
        _state(client, index, reached),
        if_seq_no=seen["_seq_no"],
        if_primary_term=seen["_primary_term"],
    )
    if build:
        _swap(client, service.index, build)
        service.forget_state()


def count(client: OpenSearch, index: str) -> int:
    """Return how many documents are shown, but for the state."""
    body = {"query": {"exists": {"field": "entry"}}}
    return int(client.count(index=index, body=body, request_timeout=PATIENCE_WRITING)["count"])


def _addition(document: Document) -> dict[str, Any]:
    first = document.ranks[0]
    return {"_op_type": "index", "_id": id_of(document.entry, first), "_source": fields(document)}


def _send(client: OpenSearch, index: str, changes: Iterable[dict[str, Any]]) -> None:
    for done, answer in streaming_bulk(
        client,
        changes,
        chunk_size=DOCUMENTS_AT_ONCE,
        max_chunk_bytes=AT_ONCE,
        raise_on_error=False,
        max_retries=3,  # where it is busy
        index=index,
        params=_ONLY_WHERE_IT_IS,
        request_timeout=PATIENCE_WRITING,
    ):
        ((change, told),) = answer.items()
        if not (done or (change == "delete" and told.get("result") == "not_found")):
            raise WriteFailed(str(told.get("error", told))[:500])


def _state(client: OpenSearch, index: str, reached: Reached) -> State:
    """Show what was written, and return what is to be said of it."""
    client.indices.refresh(index=index, request_timeout=PATIENCE_WRITING)
    return State(VERSION, reached.edition, reached.manifest_digest, count(client, index))


def _swap(client: OpenSearch, index: str, build: str) -> None:
    """Let `index` stand for `build`, in one step; former builds go, and unfinished ones too."""
    steps: list[dict[str, Any]] = [
        {"add": {"index": build, "alias": index}},
        {"remove": {"index": build, "alias": _unfinished(build)}},
    ]
    former = client.indices.get_alias(index=f"{index}-edition-*")
    steps += [
        {"remove_index": {"index": name}}
        for name in former
        if name != build and _is_build(name, index)
    ]
    client.indices.update_aliases(body={"actions": steps}, request_timeout=PATIENCE_WRITING)


def _unfinished(build: str) -> str:
    """Name the alias by which a build is written that does not count yet."""
    return f"{build}-unfinished"


def _refuse_what_is_not_ours(client: OpenSearch, index: str) -> None:
    """Raise WriteFailed where the name stands for something that no hub made: it is not ours to
    remove."""
    try:
        standing = client.indices.get_alias(index=index)
    except NotFoundError:
        return
    if foreign := [name for name in standing if not _is_build(name, index)]:
        raise WriteFailed(f"In OpenSearch {index} is the name of something else: {foreign[0]}")


def _is_build(name: str, index: str) -> bool:
    return re.fullmatch(rf"{re.escape(index)}-edition-\d+-[0-9a-f]{{8}}", name) is not None
