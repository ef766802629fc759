"""The search log at the desk: read by those who write, changed by nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from channels.models import SearchRecord
from channels.search.recording import note, note_outcome
from tests.admin.desk import Desk, words
from tests.admin.test_search_words import statements
from tests.building import published
from tests.search_words.test_search_log import SEARCH

pytestmark = pytest.mark.django_db
Flush = Callable[[], int]
LIST = "channels_searchrecord_changelist"


def asked(query: str, what: str = "", article: str = "one", **other: Any) -> str:
    search_id = note(**SEARCH | {"query": query} | other, now=timezone.now())
    if what:
        note_outcome(search_id=search_id, public_id=article, what=what)
    return search_id


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"found", "nothing", "unfit", "unopened"}),
        ("?locale=zh-hans", {"unfit"}),
        ("?channel__exact=api", {"nothing"}),
        ("?answer=nothing", {"nothing"}),
        ("?answer=unfit", {"unfit"}),
        ("?answer=fits", {"found", "unopened"}),
        ("?outcome=none", {"nothing", "unfit", "unopened"}),
        ("?outcome=helped", {"found"}),
        ("?q=unop", {"unopened"}),
    ],
)
def test_the_list_narrows(
    author_desk: Desk, search_log: Flush, query: str, shown: set[str]
) -> None:
    asked("zzfound", "helped")
    asked("zznothing", total=0, results=[], fits=False, channel="api")
    asked("zzunfit", fits=False, locale="zh-hans")
    asked("zzunopened")
    search_log()
    page = words(author_desk.open(LIST, query=query))
    assert {name for name in ("found", "nothing", "unfit", "unopened") if f"zz{name}<" in page} == (
        shown
    )
    file = author_desk.open("channels_searchrecord_csv", query=query)
    lines = b"".join(file.streaming_content).decode()
    assert {
        name for name in ("found", "nothing", "unfit", "unopened") if f'"zz{name}"' in lines
    } == (shown)


def test_one_search_says_what_was_shown_and_what_came_of_it(
    author_desk: Desk, search_log: Flush
) -> None:
    article = published("Reset your PIN")
    asked("<b>pin", "opened", article.public_id, results=[article.public_id, "gone-for-ever"])
    search_log()
    answer = author_desk.open("channels_searchrecord_change", SearchRecord.objects.get().pk)
    page = answer.content.decode()
    assert "&lt;b&gt;pin" in page
    assert page.count("Reset your PIN") == 2
    assert "gone-for-ever" in page


def test_what_is_asked_most_leads_to_what_can_be_done(
    publisher_desk: Desk, search_log: Flush
) -> None:
    for _ in range(3):
        asked("esim on a boat", total=0, results=[], fits=False)
    asked("lost hat", fits=False)
    search_log()
    page = words(publisher_desk.open("channels_searchrecord_unanswered"))
    assert page.index("esim on a boat") < page.index("lost hat")
    assert "3 times" in page
    assert "/admin/channels/synonym/add/?locale=en&words=esim+on+a+boat" in page
    file = publisher_desk.open("channels_searchrecord_unanswered_csv", query="?period=7")
    lines = b"".join(file.streaming_content).decode().splitlines()
    assert lines[1].startswith('"esim on a boat","esim on a boat","en","3","1"')


def test_a_question_is_no_formula_in_a_spreadsheet(author_desk: Desk, search_log: Flush) -> None:
    asked("=HYPERLINK(1)", total=0, results=[], fits=False)
    search_log()
    for page in ("channels_searchrecord_csv", "channels_searchrecord_unanswered_csv"):
        file = b"".join(author_desk.open(page).streaming_content).decode()
        assert '"\'=HYPERLINK(1)"' in file


@pytest.mark.parametrize(
    "query", ["?period=x", "?period=&locale=fr", "?locale=%F0%9F%98%80", "?x=1"]
)
def test_an_odd_filter_counts_as_none(author_desk: Desk, query: str) -> None:
    for page in ("channels_searchrecord_unanswered", "channels_searchrecord_unanswered_csv"):
        assert author_desk.open(page, query=query).status_code == 200


def test_the_log_is_changed_by_nobody(administrator_desk: Desk, search_log: Flush) -> None:
    asked("esim")
    search_log()
    kept = SearchRecord.objects.get()
    assert administrator_desk.open("channels_searchrecord_add").status_code == 403
    assert administrator_desk.open("channels_searchrecord_delete", kept.pk).status_code == 403
    administrator_desk.send("channels_searchrecord_change", kept.pk, folded="changed")
    kept.refresh_from_db()
    assert kept.folded == "esim"


def test_who_does_not_write_does_not_read_it(agent: Any) -> None:
    client = Client()
    client.force_login(agent)
    for page in ("", "unanswered/", "unanswered.csv", "download.csv"):
        assert client.get(f"/admin/channels/searchrecord/{page}").status_code in (302, 403)


def test_the_pages_take_as_many_statements_for_many_rows_as_for_few(
    author_desk: Desk, search_log: Flush
) -> None:
    pages = (LIST, "channels_searchrecord_unanswered", "channels_searchrecord_csv")
    asked("esim 0", "not_helped", fits=False)
    search_log()
    few = [statements(author_desk, page) for page in pages]
    for number in range(1, 9):
        asked(f"esim {number}", "not_helped", fits=False)
    search_log()
    assert [statements(author_desk, page) for page in pages] == few
    assert max(few) <= 10
    one = SearchRecord.objects.latest("pk")
    assert statements(author_desk, "channels_searchrecord_change", one.pk) <= 10
