"""The audit's pages: administrators find who did what, read it whole, and take it away."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from articles import audit_search
from articles.admin import audit
from articles.immutability import install, remove
from articles.models import AuditRecord
from articles.operations.audit import operation, record, system_user
from articles.operations.saved_views import change_view, delete_view, save_view
from articles.operations.snippets import (
    reject_snippet,
    save_snippet,
    submit_snippet,
    withdraw_snippet,
)
from articles.operations.topics import save_topic
from channels.operations.api_keys import create_api_key
from channels.operations.releases import create_release
from tests.admin.desk import Desk, words
from tests.admin.test_requests import wish
from tests.building import published, snippet, write

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def noted(action: str = "save", *, subject: str = "article none", **said: object) -> AuditRecord:
    """One row as an operation would write it."""
    actor, now = said.pop("actor", None) or system_user(), said.pop("now", NOON)
    assert isinstance(now, datetime)
    with operation():
        record(actor=actor, action=action, subject=subject, now=now, detail=said)  # type: ignore[arg-type]
    return AuditRecord.objects.latest("number")


def look(desk: Desk, query: str = "") -> str:
    answer = desk.open("articles_auditrecord_changelist", query=query)
    assert answer.status_code == 200
    return words(answer)


def shown(page: str) -> int:
    return page.count('<th scope="row">')


def test_rows_are_found_by_who_did_what_to_what_and_by_words_in_their_detail(
    administrator_desk: Desk, subtests: pytest.Subtests
) -> None:
    noted("save", actor=administrator_desk.user, note="Corrected the price")
    noted("reject", subject="edition 7", reason="“漫游”缺价格。")

    for query, first, second in (
        ("?actor=alma", True, False),
        ("?actor=ALMA", True, False),
        ("?action=reject", False, True),
        ("?subject=edition+7", False, True),
        ("?words=PRICE", True, False),
        ("?words=漫游", False, True),
        ("?words=100%25", False, False),
        ("?actor=alma&action=reject", False, False),
    ):
        with subtests.test(query):
            page = look(administrator_desk, query)
            assert ("Corrected the price" in page) is first
            assert ("缺价格" in page) is second


def test_what_was_done_is_said_in_words(administrator_desk: Desk) -> None:
    noted("reject")
    page = look(administrator_desk)
    assert "<td>sent a text back</td>" in page


def test_a_thing_is_found_by_its_title_key_name_or_number_and_leads_to_its_page(
    administrator_desk: Desk, subtests: pytest.Subtests
) -> None:
    article = published("Roaming in Norway")
    price = snippet("price.plan-s", "text", "5").snippet
    topic = save_topic(actor=system_user(), slug="travel", names={"en": "Going abroad"})
    release = create_release(actor=system_user(), name="Spring prices")
    asked = wish("Explain roaming in Norway")
    key, _ = create_api_key(actor=system_user(), name="Kiosks", audience="public")
    noted("change-request", subject=f"request {asked.pk}")

    for typed, address in (
        ("in norway", f"article/{article.pk}/change"),
        (article.public_id, f"article/{article.pk}/change"),
        (article.texts.get().slug, f"article/{article.pk}/change"),
        ("plan-s", f"snippet/{price.pk}/change"),
        ("abroad", f"topic/{topic.pk}/change"),
        ("spring", f"release/{release.pk}/change"),
        ("Edition 1".casefold(), "edition/1/change"),
        ("1", "edition/1/change"),
        ("explain", f"updaterequest/{asked.pk}/change"),
        ("kiosks", f"apikey/{key.pk}/change"),
    ):
        with subtests.test(typed):
            assert address in look(administrator_desk, f"?subject={typed}")
    assert "No row matches." in look(administrator_desk, "?subject=qxzvbk")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?since=2026-03-02T12:00&zone=UTC", True),
        ("?since=2026-03-02T12:01&zone=UTC", False),
        ("?until=2026-03-02T12:00&zone=UTC", True),  # to the end of that minute
        ("?until=2026-03-02T11:59&zone=UTC", False),
        ("?since=2026-03-02T20:00&until=2026-03-02T20:00&zone=Asia/Hong_Kong", True),
        ("?since=2026-03-02T12:01&zone=America/New_York", False),
        ("?since=2026-03-02", True),
        ("?since=1970-01-01T00:00&until=8999-12-31T23:59", True),
    ],
)
def test_times_are_those_of_a_clock_in_the_zone(
    administrator_desk: Desk, query: str, found: bool
) -> None:
    noted(note="here")
    noted(note="long after", now=datetime(9500, 1, 1, tzinfo=UTC))
    noted(note="long before", now=datetime(1960, 1, 1, tzinfo=UTC))
    assert ("note: here" in look(administrator_desk, query)) is found


def test_the_zone_is_remembered_and_times_are_shown_in_it(administrator_desk: Desk) -> None:
    row = noted()
    look(administrator_desk, "?zone=Asia/Hong_Kong")

    assert "2026-03-02 20:00:00" in look(administrator_desk)
    page = words(administrator_desk.open("articles_auditrecord_change", row.pk))
    assert "2026-03-02 20:00:00.000000 Asia/Hong_Kong" in page
    assert "2026-03-02 12:00:00.000000 UTC" in page


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("?actor=nobody-of-this-name", "There is nobody of this name."),
        ("?since=yesterday", "Write a day and a time"),
        ("?since=2026-03-02T12:00%2B05:00", "Write a day and a time"),
        ("?since=0001-01-01T00:00", "Write a day and a time"),
        ("?until=9999-12-31T23:59", "Write a day and a time"),
        ("?since=2026-03-02T12:00&until=2026-03-01T12:00", "before the time from which"),
        ("?zone=Mars/Olympus", "Mars/Olympus"),
        (f"?words={'x' * 201}", "at most 200 characters"),
    ],
)
def test_what_cannot_be_looked_for_is_told_beside_what_was_typed(
    administrator_desk: Desk, query: str, told: str
) -> None:
    noted(note="unasked")
    for page, args in (
        ("articles_auditrecord_changelist", ()),
        ("articles_audit_download", ["csv"]),
    ):
        answer = administrator_desk.open(page, *args, query=query)
        assert answer.status_code == 400
        assert told in words(answer)
        assert "unasked" not in words(answer)


@pytest.mark.parametrize(
    "query",
    ["?before=-1", "?before=x", "?before=" + "9" * 30, "?action=no-such", "?words=%5C%22%25_"],
)
def test_nonsense_finds_what_it_finds(administrator_desk: Desk, query: str) -> None:
    noted()
    look(administrator_desk, query)


def test_a_null_character_is_refused(administrator_desk: Desk) -> None:
    for page, args in (
        ("articles_auditrecord_changelist", ()),
        ("articles_audit_download", ["csv"]),
    ):
        assert administrator_desk.open(page, *args, query="?words=%00").status_code == 400


def test_older_rows_are_led_to_and_none_is_shown_twice_or_left_out(
    administrator_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "PER_PAGE", 3)
    numbers = [noted().number for _ in range(8)]

    seen, query = [], "?action=save"
    while query:
        answer = administrator_desk.open("articles_auditrecord_changelist", query=query)
        context = answer.context_data  # type: ignore[attr-defined]
        seen += [row.record.number for row in context["rows"]]
        older = context["found"].older
        query = f"?action=save&before={older}" if older else ""

    assert seen == numbers[::-1]


def test_words_are_looked_for_so_far_back_and_then_further_on_demand(
    administrator_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_search, "LOOKED_THROUGH", 3)
    noted(note="the needle")
    for _ in range(4):
        noted(note="hay")

    page = look(administrator_desk, "?words=needle")
    assert "the needle" not in page
    assert "Look further back" in page
    older = AuditRecord.objects.order_by("-pk")[2].pk
    assert "the needle" in look(administrator_desk, f"?words=needle&before={older}")
    assert "the needle" in taken(administrator_desk, "jsonl", "?words=needle")


def taken(desk: Desk, form: str, query: str = "") -> str:
    answer = desk.open("articles_audit_download", form, query=query)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]


def test_all_that_was_found_can_be_taken_away(
    administrator_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_search, "AT_ONCE", 2)
    write("Roaming")
    for number in range(5):
        noted("reject", reason=f"“漫游” {number}")

    rows = [
        json.loads(line)
        for line in taken(administrator_desk, "jsonl", "?action=reject").splitlines()
    ]

    assert [row["detail"]["reason"] for row in rows] == [f"“漫游” {n}" for n in (4, 3, 2, 1, 0)]
    kept = AuditRecord.objects.get(number=rows[0]["number"])
    assert (rows[0]["digest"], rows[0]["actor"]) == (kept.digest, "system")
    assert datetime.fromisoformat(rows[0]["at"]) == kept.at


@pytest.mark.parametrize("first", ["=", " =", "+", "-", "@", "\t", "\r", "＝"])
def test_no_cell_that_is_taken_away_is_a_formula(administrator_desk: Desk, first: str) -> None:
    noted(subject=f"{first}cmd|' /C calc'!A0")

    sheet = taken(administrator_desk, "csv").removeprefix("\ufeff")
    (row,) = csv.DictReader(io.StringIO(sheet, newline=""))

    assert row["subject"] == f"'{first}cmd|' /C calc'!A0"
    assert row["digest"] == AuditRecord.objects.get().digest


def test_a_row_is_read_whole(administrator_desk: Desk) -> None:
    article = published("Roaming")
    long = "A reason. " * 100
    row = noted("reject", subject=f"article {article.public_id}", reason=long, more={"a": [1]})

    page = words(administrator_desk.open("articles_auditrecord_change", row.pk))

    for said in (long.strip(), row.digest, row.previous_digest, "system", "sent a text back"):
        assert said in page
    assert '"a": [' in page
    assert f"/admin/articles/article/{article.pk}/change/" in page
    assert "digest is right and continues the one before" in page


def test_the_first_row_continues_none(administrator_desk: Desk) -> None:
    page = words(administrator_desk.open("articles_auditrecord_change", noted().pk))
    assert "it is the first of the chain" in page


@pytest.mark.parametrize(
    ("forge", "told"),
    [
        (lambda rows: rows.filter(number=2).update(detail={"x": 1}), "not what it was"),
        (lambda rows: rows.filter(number=1).delete(), "the row before it is missing"),
        (lambda rows: rows.filter(number=1).update(digest="0" * 64), "does not continue the row"),
    ],
    ids=["changed", "taken out", "another before"],
)
def test_a_row_that_is_not_what_it_was_says_so(
    administrator_desk: Desk, forge: Callable[[object], object], told: str
) -> None:
    noted()
    row = noted()
    remove(connection, AuditRecord)
    try:
        forge(AuditRecord.objects.all())
    finally:
        install(connection, AuditRecord)

    assert told in words(administrator_desk.open("articles_auditrecord_change", row.pk))


def test_only_administrators_open_any_of_it(publisher_desk: Desk) -> None:
    row = noted()
    answers: list[HttpResponse] = [
        publisher_desk.open("articles_auditrecord_changelist"),
        publisher_desk.open("articles_auditrecord_change", row.pk),
        publisher_desk.open("articles_audit_download", "csv"),
    ]
    assert [answer.status_code for answer in answers] == [403, 403, 403]


def test_nobody_changes_a_row(administrator_desk: Desk) -> None:
    row = noted()
    administrator_desk.send("articles_auditrecord_change", row.pk, action="other")
    assert AuditRecord.objects.get(pk=row.pk).action == "save"
    assert administrator_desk.open("articles_auditrecord_add").status_code == 403
    assert administrator_desk.open("articles_auditrecord_delete", row.pk).status_code == 403


def test_the_page_costs_the_same_however_many_rows_there_are(administrator_desk: Desk) -> None:
    query = "?since=2020-01-01T00:00&actor=system&subject=a&words=e"

    def statements() -> int:
        with CaptureQueriesContext(connection) as context:
            look(administrator_desk, query)
        return len(context)

    def fill(numbers: range) -> None:
        for number in numbers:
            published(f"Roaming {number}")
            snippet(f"fact.n{number}", "text", f"Fact {number}")
            save_topic(actor=system_user(), slug=f"a{number}", names={"en": f"A {number}"})
            create_release(actor=system_user(), name=f"A {number}")
            create_api_key(actor=system_user(), name=f"A {number}", audience="public")
            noted("change-request", subject=f"request {wish(f'A wish {number}').pk}")

    fill(range(1))
    few = statements()
    fill(range(1, 5))

    assert statements() == few
    assert few <= 25


def test_what_became_of_snippets_and_views_is_told_in_words(administrator_desk: Desk) -> None:
    actor = administrator_desk.user
    value = save_snippet(actor=actor, key="name", kind="text", value="Tidewave", based_on=0)
    for step in (submit_snippet, withdraw_snippet, submit_snippet):
        step(actor=actor, snippet=value.snippet, revision=1)
    reject_snippet(actor=actor, snippet=value.snippet, revision=1, reason="Not its name")
    view = save_view(actor=actor, name="Mine", filters={"state": "draft"})
    change_view(actor=actor, view=view, name="My drafts", shared=False, first=False)
    delete_view(actor=actor, view=view)

    page = look(administrator_desk)

    assert "took a snippet back from review" in page
    assert "sent a snippet back" in page
    assert not re.search(r">\s*[a-z]+-(snippet|view)\s*<", page)
