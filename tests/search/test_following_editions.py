"""The index follows the editions, whatever happens to its files."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from articles.audiences import AGENT, PUBLIC, rank
from articles.models import Article
from articles.operations.audit import system_user
from channels.models import OutboxRow
from channels.operations.items import Retirement
from channels.operations.publishing import publish
from channels.search import indexing
from channels.search.engine import Document, Reached
from channels.search.exceptions import IndexBusy, SearchUnavailable
from channels.search.indexing import bring_index_to_current, index_needs_care, rebuild_index
from channels.search.queries import search
from tests.building import approved_texts, narrow, publish_texts, published, write_approved
from tests.search.conftest import Titles
from tests.search.engines import DAMAGES, Index


def test_a_new_text_replaces_the_old_one(found: Titles, engine: Index) -> None:
    article = published("Old title", "Turn the wheel.")
    assert found("wheel") == ["Old title"]
    publish_texts(write_approved("New title", "Press the lever.", article=article))
    assert found("lever") == found("new title") == ["New title"]
    assert found("wheel") == []
    assert engine.documents() == 1


def test_an_index_that_is_behind_tells_nothing_of_what_was_said_before(found: Titles) -> None:
    article = published("Fax line", "Offer the canaryword, then send a fax.")
    found("")
    publish_texts(write_approved("Fax line", "No fax any more.", article=article))
    (hit,) = search("fax line", locale="en", rank=0).hits
    assert "canaryword" not in hit.snippet_html


def test_a_retired_article_is_gone(found: Titles, engine: Index) -> None:
    article = published("Fax line", "Send a fax.")
    assert found("fax") == ["Fax line"]
    publish(items=[Retirement(article)], actor=system_user())
    assert found("fax") == []
    assert engine.documents() == 0


def test_what_is_retired_is_not_found_even_before_the_index_knows(found: Titles) -> None:
    article = published("Fax line", "Send a fax.")
    assert found("fax") == ["Fax line"]
    publish(items=[Retirement(article)], actor=system_user())
    results = search("fax", locale="en", rank=0)
    assert (results.hits, results.total, results.edition) == ([], 0, 2)


def test_an_index_that_is_behind_tells_the_editions_words(found: Titles) -> None:
    article = published("Fax line", "Send a fax.", summary="By fax.")
    found("")
    publish_texts(write_approved("Fax", "No fax any more.", article=article, summary="Ended."))
    (hit,) = search("fax", locale="en", rank=0).hits
    assert (hit.title, hit.summary, hit.snippet_html) == ("Fax", "Ended.", "Ended.")


def narrowed_to_agents(*articles: Article) -> None:
    for article in articles:
        narrow(article)
    publish_texts(*approved_texts(*articles))


def test_pages_and_counts_tell_only_what_the_edition_tells_the_reader(
    found: Titles,
) -> None:
    best = [write_approved(f"Fax {number}", "Fax, fax, fax.") for number in range(4)]
    last = write_approved("Letters", "Or by fax, as a last way, if nothing else will do.")
    publish_texts(*best, last)
    assert len(found("fax")) == 5
    # The index does not know of it yet.
    narrowed_to_agents(*(revision.text.article for revision in best))
    first = search("fax", locale="en", rank=rank(PUBLIC), limit=2)
    assert ([hit.title for hit in first.hits], first.total) == (["Letters"], 1)
    assert search("fax", locale="en", rank=rank(AGENT), limit=2).total == 5


def test_where_the_edition_tells_nothing_any_more_another_locale_stands_in(found: Titles) -> None:
    chinese = published("传真 fax", "fax", locale="zh-hans")
    published("Fax line", "Send a fax.")
    assert found("fax", locale="zh-hans") == ["传真 fax"]
    narrowed_to_agents(chinese)
    (hit,) = search("fax", locale="zh-hans", rank=rank(PUBLIC)).hits
    assert (hit.title, hit.locale) == ("Fax line", "en")


def test_what_is_committed_is_found_within_two_seconds(found: Titles) -> None:
    publish_texts(*(write_approved(f"Article {number}", "Some words.") for number in range(5)))
    found("")
    published("The sixth", "Other words.")
    start = time.monotonic()
    assert found("sixth") == ["The sixth"]
    assert time.monotonic() - start < 2 - 0.5  # the worker looks twice a second


def test_catching_up_over_several_editions_is_one_step(
    found: Titles, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = published("First", "Wheel.")
    found("")
    publish_texts(write_approved("First again", "Lever.", article=first))
    publish_texts(write_approved("First at last", "Button.", article=first))
    published("Second", "Button.")
    monkeypatch.setattr(indexing, "_rebuild", None)  # It would be called in vain.
    assert sorted(found("button")) == ["First at last", "Second"]
    assert found("lever wheel") == []
    assert not OutboxRow.objects.filter(done_at=None).exists()


def test_bringing_up_to_date_twice_changes_nothing(found: Titles, engine: Index) -> None:
    published("Fax line", "Send a fax.")
    found("")
    before = engine.stamp()
    bring_index_to_current()
    assert engine.stamp() == before


def test_before_the_first_edition_nothing_is_found(found: Titles) -> None:
    bring_index_to_current()
    assert found("fax") == []


def test_without_an_index_search_says_so(db: None) -> None:
    with pytest.raises(SearchUnavailable):
        search("fax", locale="en", rank=0)
    assert index_needs_care()


@pytest.mark.parametrize(
    ("engine", "damage"),
    [(engine, damage) for engine, damages in DAMAGES.items() for damage in damages],
    indirect=["engine"],
)
def test_a_damaged_index_is_reported_and_made_anew(
    found: Titles, engine: Index, damage: str
) -> None:
    published("Fax line", "Send a fax.")
    found("")
    engine.forget()
    engine.damage(damage)
    with pytest.raises(SearchUnavailable):
        search("fax", locale="en", rank=0)
    assert index_needs_care()
    bring_index_to_current()
    assert not index_needs_care()
    assert found("fax") == ["Fax line"]
    assert len(engine.builds()) == 1


@pytest.mark.parametrize("engine", ["embedded"], indirect=True)
def test_a_damaged_index_is_told_once(
    found: Titles, engine: Index, caplog: pytest.LogCaptureFixture
) -> None:
    published("Fax line", "Send a fax.")
    found("")
    engine.forget()
    engine.damage("cut_short")
    for _ in range(3):
        with pytest.raises(SearchUnavailable):
            search("fax", locale="en", rank=0)
    assert caplog.text.count("can't be read") == 1


def test_an_index_of_another_database_is_made_anew(found: Titles, engine: Index) -> None:
    published("Fax line", "Send a fax.")
    found("")
    before = engine.builds()
    engine.pretend(1, "of another")
    bring_index_to_current()
    assert engine.builds().isdisjoint(before)
    assert found("fax") == ["Fax line"]


def test_an_index_of_a_later_edition_than_the_database_is_made_anew(
    found: Titles, engine: Index
) -> None:
    published("Fax line", "Send a fax.")
    found("")
    engine.pretend(7, "")
    bring_index_to_current()
    assert found("fax") == ["Fax line"]


def test_readers_keep_finding_while_the_index_is_made_anew(
    found: Titles, engine: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    published("Fax line", "Send a fax.")
    found("")
    seen = []
    documents_of = indexing.documents_of

    def slowly(ids: list[int]) -> Iterator[Document]:
        engine.forget()  # Also one who opens the index only now.
        seen.extend(hit.title for hit in search("fax", locale="en", rank=0).hits)
        yield from documents_of(ids)

    monkeypatch.setattr(indexing, "documents_of", slowly)
    rebuild_index()
    assert set(seen) == {"Fax line"}
    assert found("fax") == ["Fax line"]


def test_what_changes_while_the_index_is_made_anew_is_found_at_once_and_stays(
    found: Titles, engine: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = published("Former fax line", "Send a fax.")
    published("Fax line", "Send a fax.")
    found("")
    seen: list[list[str]] = []
    documents_of = indexing.documents_of

    def slowly(ids: list[int]) -> Iterator[Document]:
        monkeypatch.setattr(indexing, "documents_of", documents_of)
        yield from documents_of(ids)
        published("Newer fax line", "Send a fax.")
        publish(items=[Retirement(former)], actor=system_user())
        seen.append(found("fax"))

    monkeypatch.setattr(indexing, "documents_of", slowly)
    rebuild_index()
    engine.forget()
    assert [sorted(titles) for titles in (*seen, found("fax"))] == [
        ["Fax line", "Newer fax line"]
    ] * 2
    assert not index_needs_care()
    assert engine.documents() == 2
    assert len(engine.builds()) == 1


def test_an_index_of_a_database_that_was_put_back_meanwhile_is_not_taken(
    found: Titles, engine: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    published("Fax line", "Send a fax.")
    found("")
    before = engine.stamp()
    editions = iter([Reached(2, "of another"), indexing.current_edition()])
    monkeypatch.setattr(indexing, "current_edition", lambda: next(editions))
    with pytest.raises(IndexBusy):
        rebuild_index()
    assert engine.stamp() == before
