"""Whoever dies or fails while writing the index blocks nobody, and loses nothing that a later
writer doesn't bring."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.db import connection
from whoosh.index import TOC

from channels.models import OutboxRow
from channels.operations.outbox import drain
from channels.search import indexing
from channels.search.engine import Document
from channels.search.exceptions import IndexBusy
from channels.search.indexing import bring_index_to_current, rebuild_index
from channels.tasks import drain_outbox
from tests.building import published
from tests.search.conftest import Titles
from tests.search.engines import Index


class PowerCut(BaseException):
    pass


def test_a_writer_that_dies_before_it_noted_its_commit_loses_nothing(
    found: Titles, engine: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    published("First", "Wheel.")
    found("")
    published("Second", "Wheel.")

    def die(*args: object, **only_if: object) -> None:
        raise PowerCut

    with monkeypatch.context() as patch:
        engine.fail_to_note(patch, die)
        with pytest.raises(PowerCut):
            bring_index_to_current()
    bring_index_to_current()
    assert sorted(found("wheel")) == ["First", "Second"]
    assert engine.documents() == 2


@pytest.mark.parametrize("engine", ["embedded"], indirect=True)
def test_who_could_not_write_keeps_nobody_from_writing(
    found: Titles, engine: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    published("First", "Wheel.")
    found("")
    published("Second", "Wheel.")

    def fail(*args: object) -> None:
        raise OSError("No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(TOC, "write", fail)
        with pytest.raises(OSError, match="No space") as failed:
            bring_index_to_current()
    bring_index_to_current()
    assert sorted(found("wheel")) == ["First", "Second"]
    del failed  # Until here, nothing that it held was let go by the way.


WRITER = """
import django, json, sys, time
django.setup()
from django.conf import settings
settings.HAYSTACK_CONNECTIONS["default"] = json.loads(sys.argv[1])
settings.DATABASES["default"]["NAME"] = sys.argv[2]
from channels.search.engine import Reached, entry_backend
backend = entry_backend()

def documents():
    print("writing", flush=True)
    time.sleep(60)
    yield {}

with backend.only_builder(0):
    backend.build(documents(), Reached(1, ""))
"""


def test_a_killed_writer_blocks_nobody(found: Titles, engine: Index) -> None:
    published("Fax line", "Send a fax.")
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "knowledgehub.settings.test"}
    told = (json.dumps(engine.options), str(connection.settings_dict["NAME"]))
    writer = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", WRITER, *told],
        stdout=subprocess.PIPE,
        env=environment,
    )
    with writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"writing\n"
        with pytest.raises(IndexBusy):
            bring_index_to_current(wait=0.1)
        # That another one is at it is no failure, and nothing to wait for.
        assert drain() == drain_outbox() == 0
        row = OutboxRow.objects.get()
        assert (row.done_at, row.attempts) == (None, 0)
        writer.send_signal(signal.SIGKILL)
    bring_index_to_current()
    assert found("fax") == ["Fax line"]
    assert len(engine.builds()) == 1


@pytest.mark.parametrize("engine", ["embedded"], indirect=True)
def test_who_dies_while_building_leaves_nothing_behind_for_long(
    found: Titles, engine: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    published("Fax line", "Send a fax.")
    found("")

    def die(ids: list[int]) -> Iterator[Document]:
        yield from documents_of(ids)
        raise PowerCut

    documents_of = indexing.documents_of
    with monkeypatch.context() as patch:
        patch.setattr(indexing, "documents_of", die)
        with pytest.raises(PowerCut):
            rebuild_index()
    assert found("fax") == ["Fax line"]
    assert len(engine.builds()) == 2
    rebuild_index()
    assert len(engine.builds()) == 1
