"""What is particular to an index in OpenSearch: a service that fails, and writers on several
machines. What is asked of every engine is tested with both."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConflictError
from opensearchpy.exceptions import ConnectionError as OpenSearchConnectionError

from channels.models import Entry
from channels.search.documents import documents_of
from channels.search.engine import Document, Reached, Readers, entry_backend
from channels.search.exceptions import IndexBusy, SearchUnavailable
from channels.search.indexing import bring_index_to_current, index_needs_care, rebuild_index
from channels.search.opensearch import asking, builds, service
from channels.search.queries import search
from channels.search.question import MOST_OPTIONS, MOST_WANTED, Option, Question, Wanted
from knowledgehub.search_engine import search_settings
from tests.building import published
from tests.search.conftest import Titles
from tests.search.engines import OPENSEARCH, OpenSearchIndex

in_opensearch = pytest.mark.parametrize("engine", [OPENSEARCH], indirect=True)


@contextmanager
def answering(answer: bytes | None) -> Iterator[int]:
    """A server that answers everything so, or takes questions and never answers; yield its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        ended = threading.Event()

        def serve() -> None:
            kept = []
            while not ended.is_set():
                try:
                    caller, _ = listening.accept()
                except TimeoutError:
                    continue
                kept.append(caller)
                if answer is not None:
                    caller.recv(65536)
                    caller.sendall(answer)
                    caller.close()
            for caller in kept:
                caller.close()

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            ended.set()
            thread.join()


def page(status: str, body: bytes, kind: str = "application/json") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


@in_opensearch
@pytest.mark.parametrize(
    "answer",
    [
        page("200 OK", b"<html>A proxy's page.</html>", "text/html"),
        page("200 OK", b'{"hits": '),
        page("200 OK", b"[]"),
        page("401 Unauthorized", b"{}"),
        page("429 Too Many Requests", b"{}"),
        page("503 Service Unavailable", b"{}"),
        b"SSH-2.0-OpenSSH_9.9\r\n",
        b"",
    ],
)
def test_whatever_else_answers_search_is_unavailable(
    db: None, engine: OpenSearchIndex, answer: bytes
) -> None:
    with answering(answer) as port:
        engine.options["URL"] = f"http://127.0.0.1:{port}"
        with pytest.raises(SearchUnavailable):
            search("fax", locale="en", rank=0)


@in_opensearch
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_service_that_is_down_is_asked_once_a_second(
    db: None, engine: OpenSearchIndex, scheme: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    engine.options["URL"] = f"{scheme}://127.0.0.1:{port}"
    for _ in range(3):
        with pytest.raises(SearchUnavailable):
            search("fax", locale="en", rank=0)
    with pytest.raises(SearchUnavailable):
        index_needs_care()


@in_opensearch
def test_a_service_whose_certificate_nobody_knows_is_not_asked(
    db: None, engine: OpenSearchIndex
) -> None:
    with answering(b"not TLS at all") as port:
        engine.options["URL"] = f"https://127.0.0.1:{port}"
        with pytest.raises(SearchUnavailable):
            search("fax", locale="en", rank=0)


@in_opensearch
def test_a_service_that_hangs_keeps_a_reader_waiting_once(
    db: None, engine: OpenSearchIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "PATIENCE", 0.2)
    with answering(None) as port:
        engine.options["URL"] = f"http://127.0.0.1:{port}"
        start = time.monotonic()
        for _ in range(5):
            with pytest.raises(SearchUnavailable):
                search("fax", locale="en", rank=0)
    assert time.monotonic() - start < 1.0


@in_opensearch
def test_that_a_service_is_gone_is_logged_once_and_that_it_is_back_too(
    found: Titles,
    engine: OpenSearchIndex,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    published("Fax line", "Send a fax.")
    found("")
    monkeypatch.setattr(service, "PAUSE", 0.0)
    with monkeypatch.context() as broken:
        broken.setattr(OpenSearch, "search", _no_connection)
        for _ in range(3):
            with pytest.raises(SearchUnavailable):
                search("fax", locale="en", rank=0)
    assert found("fax") == ["Fax line"]
    assert caplog.text.count("gives no answer") == caplog.text.count("answers again") == 1


def _no_connection(*args: object, **kwargs: object) -> None:
    raise OpenSearchConnectionError("N/A", "refused", OSError("refused"))


@in_opensearch
def test_documents_that_were_lost_come_back_with_the_next_publish(
    found: Titles, engine: OpenSearchIndex
) -> None:
    published("Fax line", "Send a fax.")
    found("")
    engine.lose_documents()
    published("Letters", "Write one.")
    assert found("fax") == ["Fax line"]


@in_opensearch
def test_an_index_that_no_hub_made_is_left_alone(found: Titles, engine: OpenSearchIndex) -> None:
    published("Fax line", "Send a fax.")
    engine.client.indices.create(index="theirs", body={"aliases": {engine.alias: {}}})
    with pytest.raises(builds.WriteFailed, match="theirs"):
        rebuild_index()
    engine.client.indices.delete(index="theirs")
    engine.client.indices.create(index=engine.alias)
    with pytest.raises(builds.WriteFailed, match="something else"):
        rebuild_index()
    assert engine.client.indices.exists(index=engine.alias)


@in_opensearch
def test_unfinished_builds_go_and_those_of_another_hub_stay(
    found: Titles, engine: OpenSearchIndex
) -> None:
    published("Fax line", "Send a fax.")
    engine.client.indices.create(index=f"{engine.alias}-edition-1-0123abcd")
    engine.client.indices.create(index=f"{engine.alias}-edition-1-of-others")
    assert found("fax") == ["Fax line"]
    left = engine.builds()
    assert f"{engine.alias}-edition-1-of-others" in left
    assert len(left) == 2


@in_opensearch
def test_a_writer_that_lost_its_lock_does_not_say_what_another_has_outdone(
    found: Titles, engine: OpenSearchIndex
) -> None:
    published("Fax line", "Send a fax.")
    found("")
    backend = entry_backend()

    def meanwhile() -> Iterator[Document]:
        engine.pretend(1, "of another")
        yield from ()

    with pytest.raises(ConflictError):
        backend.amend(ended=[], documents=meanwhile(), reached=Reached(2, "ours"))
    bring_index_to_current()
    assert found("fax") == ["Fax line"]


@in_opensearch
def test_a_build_that_is_taken_away_under_its_writer_is_not_made_up_by_the_service(
    found: Titles, engine: OpenSearchIndex
) -> None:
    published("Fax line", "Send a fax.")
    found("")
    backend, before = entry_backend(), engine.builds()

    def meanwhile() -> Iterator[Document]:
        for build in engine.builds() - before:
            engine.client.indices.delete(index=build)
        yield from documents_of(list(Entry.objects.values_list("pk", flat=True)))

    with pytest.raises(builds.WriteFailed):
        backend.build(meanwhile(), Reached(2, "ours"))
    assert engine.builds() == before
    assert found("fax") == ["Fax line"]


def test_only_one_writes_where_the_database_is_shared(
    transactional_db: None, engine: OpenSearchIndex
) -> None:
    tried: list[str] = []

    def write() -> None:
        try:
            with entry_backend().only_writer(0):
                tried.append("in")
        except IndexBusy:
            tried.append("busy")
        finally:
            connection.close()

    for _ in range(2):
        with entry_backend().only_writer(0):
            thread = threading.Thread(target=write)
            thread.start()
            thread.join()
    write()
    assert tried == ["busy", "busy", "in"]


def test_no_question_has_more_clauses_than_opensearch_takes() -> None:
    options = [Option((f"a{n}", f"b{n}", f"c{n}")) for n in range(MOST_OPTIONS)]
    wanted = [
        Wanted(str(at), 0, 0, tuple(Option((*one.terms[:2], f"w{at}")) for one in options))
        for at in range(MOST_WANTED)
    ]
    counts = {option.terms: 1 for one in wanted for option in one.options}
    body = asking.finding(
        Question("", tuple(wanted)),
        Readers("en", 0),
        counts,
        9,
        chosen={},
        counted=(),
        without=(),
        most=9,
    )
    assert 900 < json.dumps(body).count("rank_feature") <= 1_000


@pytest.mark.parametrize(
    ("url", "reached_at", "index"),
    [
        ("http://localhost:9200", "http://localhost:9200", "knowledgehub"),
        ("https://a:b%2Fc@os.example.com/kb_1/", "https://a:b%2Fc@os.example.com", "kb_1"),
        ("http://[::1]:9200/kb", "http://[::1]:9200", "kb"),
    ],
)
def test_the_engine_is_chosen_by_an_address(url: str, reached_at: str, index: str) -> None:
    chosen = search_settings(url, home=Path("/home"))
    assert (chosen["URL"], chosen["INDEX"]) == (reached_at, index)
    assert "OpenSearch" in chosen["ENGINE"]
    assert "Embedded" in search_settings("", home=Path("/home"))["ENGINE"]


@pytest.mark.parametrize(
    "url",
    [
        "localhost:9200",
        "ftp://localhost",
        "http://",
        "http://localhost:port",
        "http://[::1",
        "http://localhost/Upper",
        "http://localhost/a/b",
        "http://localhost/*",
        "http://localhost/kb?x=1",
    ],
)
def test_an_address_that_is_none_is_refused_at_the_start(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="SEARCH_URL"):
        search_settings(url, home=Path("/home"))


def test_a_file_of_certificates_that_is_not_there_is_refused_at_the_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="SEARCH_CA_FILE"):
        search_settings("https://localhost", ca_file="/none.pem", home=Path("/home"))
