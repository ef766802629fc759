"""What a search costs is counted, not timed: statements, records read, posting lists read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from whoosh.reading import SegmentReader

from articles.operations.audit import system_user
from channels.operations.items import Retirement
from channels.operations.outbox import drain
from channels.operations.publishing import publish
from channels.search.embedded import postings, segments, spelled
from channels.search.embedded.opening import forget_all as as_another_process
from channels.search.embedded.writer import Writer
from channels.search.engine import Readers, entry_backend
from channels.search.indexing import rebuild_index
from channels.search.queries import search
from channels.search.question import read_question
from channels.search.thesaurus import Thesaurus
from tests.building import publish_texts, published, write_approved

pytestmark = pytest.mark.django_db(transaction=True)

Counted = Counter[str]


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Counted:
    """Count the posting lists that are read and the records that are read."""
    counts: Counted = Counter()

    def counted(name: str, function: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object) -> object:
            counts[name] += 1
            return function(*arguments)

        return call

    read = segments.Segment.postings
    monkeypatch.setattr(segments.Segment, "postings", counted("read", read))
    monkeypatch.setattr(segments, "record_of", counted("records", segments.record_of))
    return counts


def publish_many(count: int, said: str = "router") -> None:
    publish_texts(
        *(write_approved(f"Number {n} {said}", f"Reset the {said}.") for n in range(count))
    )
    drain()


def statements_of(q: str) -> int:
    client = Client()
    with CaptureQueriesContext(connection) as seen:
        assert client.get("/api/v1/search/", {"q": q, "locale": "en"}).status_code == 200
    return len(seen)


def test_a_search_takes_as_many_statements_with_few_hits_as_with_many() -> None:
    publish_many(2)
    few = statements_of("reset the router")
    publish_many(12)
    assert statements_of("reset the router") == few <= 3


def test_no_more_records_are_read_than_are_judged(
    done: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("channels.search.queries.MOST_JUDGED", 5)
    publish_many(9)
    assert search("router", locale="en", rank=0, limit=3).total == 9
    assert done["records"] == 5


def test_what_was_read_once_is_not_read_again(done: Counted) -> None:
    publish_many(3)
    search("reset the router", locale="en", rank=0)
    done.clear()
    search("reset the router", locale="en", rank=0)
    assert not done


def test_after_an_update_only_the_new_segment_is_read(done: Counted) -> None:
    publish_many(3)
    search("reset the router", locale="en", rank=0)
    in_all = done["read"]
    done.clear()
    publish_texts(write_approved("Number 9 router", "Reset the router."))
    drain()
    done.clear()
    assert search("reset the router", locale="en", rank=0).total == 4
    assert done["read"] <= in_all
    assert done["records"] == 1


def test_a_word_is_looked_for_only_in_segments_that_say_it(done: Counted) -> None:
    publish_many(3, "router")
    publish_many(3, "battery")
    search("reset", locale="en", rank=0)
    done.clear()
    assert search("battery", locale="en", rank=0).total == 3
    assert done["read"] == 1


def test_what_was_weighed_is_weighed_anew_where_texts_have_become_longer() -> None:
    publish_texts(
        write_approved("Often", "router " * 3 + "words " * 40, public_id="often"),
        write_approved("Once", "Reset the router.", public_id="once"),
    )
    drain()
    assert first_candidates("router") == ["once", "often"]
    publish_texts(*(write_approved(f"Long {n}", "words " * 2000) for n in range(5)))
    drain()
    assert first_candidates("router") == ["often", "once"]


def test_a_slip_does_not_read_the_words_one_by_one(
    done: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_many(3)
    as_another_process()
    monkeypatch.setattr(segments.Segment, "terms", None)
    assert entry_backend().spelled_like("ruoter", Readers("en", 0)) == ["router"]


def test_words_of_a_large_segment_are_read_once_whatever_is_published(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    like = slips_of_a_large_segment(monkeypatch)
    assert like("ruoter") == ["router"]
    read: list[int] = []
    words = segments.Segment.words

    def counted(segment: segments.Segment) -> list[str]:
        read.append(segment.size)
        return words(segment)

    monkeypatch.setattr(segments.Segment, "words", counted)
    publish_texts(write_approved("Battery", "A battery."))
    drain()
    assert [like(slip) for slip in ("ruoter", "battrey")] == [["router"], ["battery"]]
    assert read == [1]


def test_a_slip_is_compared_once_with_the_words_of_a_large_segment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    like = slips_of_a_large_segment(monkeypatch)
    assert like("ruoter") == ["router"]
    compared: list[int] = []
    extract = spelled.process.extract

    def counted(word: str, words: list[str], **options: Any) -> list[tuple[str, float, int]]:
        compared.append(len(words))
        return extract(word, words, **options)

    monkeypatch.setattr(spelled.process, "extract", counted)
    publish_texts(write_approved("Battery", "A battery."))
    drain()
    assert like("ruoter") == ["router"]
    assert compared == [1]
    like("ruoter")
    assert compared == [1]


def test_a_large_index_is_written_as_several_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("channels.search.embedded.backend.MOST_POSTINGS", 40)
    publish_many(6)
    rebuild_index()
    assert search("router", locale="en", rank=0).total == 6
    assert len(_segments()) > 1


def test_segments_are_merged_with_their_records(done: Counted) -> None:
    for number in range(7):
        publish_texts(write_approved(f"Number {number} router", "Reset it."))
        drain()
    assert len(_segments()) < 7
    titles = {hit.title for hit in search("router", locale="en", rank=0).hits}
    assert titles == {f"Number {number} router" for number in range(7)}
    assert search("ruoter", locale="en", rank=0).did_you_mean == "router"


def test_a_publish_merges_few_documents_however_many_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("channels.search.embedded.writer.MOST_MERGED", 12)
    # Hardly anything is left of a large segment.
    texts = [write_approved(f"Number {n} router", "Reset it.") for n in range(30)]
    publish_texts(*texts)
    drain()
    publish(items=[Retirement(one.text.article) for one in texts[1:]], actor=system_user())
    drain()
    merged: list[int] = []
    add_reader = Writer.add_reader

    def counted(writer: Writer, reader: SegmentReader) -> None:
        merged[-1] += reader.doc_count_all()
        add_reader(writer, reader)

    monkeypatch.setattr(Writer, "add_reader", counted)
    for number in range(25):
        merged.append(0)
        publish_texts(write_approved(f"Number {number} modem", "Reset it."))
        drain()
    assert 6 <= max(merged) <= 12
    assert len(_segments()) < 10
    assert search("number", locale="en", rank=0).total == 26


def test_a_segment_of_which_nothing_is_left_goes() -> None:
    article = published("Number 0 router", "Reset it.")
    drain()
    for number in range(1, 4):
        publish_texts(write_approved(f"Number {number} router", "Reset it.", article=article))
        drain()
    assert len(_segments()) == 1


def test_long_posting_lists_are_written_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "BLOCK", 2)
    publish_many(5)
    assert search("router", locale="en", rank=0).total == 5


def slips_of_a_large_segment(patch: pytest.MonkeyPatch) -> Callable[[str], list[str]]:
    """Make an index of one large segment that says `router`; return what words are taken for."""
    patch.setattr("channels.search.embedded.opening.LARGE", 20)
    publish_many(30)
    rebuild_index()
    return partial(entry_backend().spelled_like, readers=Readers("en", 0))


def first_candidates(q: str) -> list[str]:
    """Return the articles in the order in which the engine gives them to be judged."""
    found = entry_backend().candidates(
        read_question(q, Thesaurus()), Readers("en", 0), chosen={}, counted=(), without=(), most=9
    )
    return [record.public_id for record in found.records]


def _segments() -> list[str]:
    backend = entry_backend()
    with backend._reading() as kept:  # type: ignore[attr-defined]
        return list(kept.segments)
