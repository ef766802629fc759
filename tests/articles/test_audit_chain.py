"""Who did what is a chain: a row that is changed, added or taken out breaks it."""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from articles.exceptions import InvalidInput
from articles.immutability import install, remove
from articles.models import Article, AuditRecord, Snippet
from articles.operations.audit import operation, record, system_user
from articles.operations.audit_verifying import first_broken_row
from articles.operations.writing import create_article
from tests.building import published, snippet

pytestmark = pytest.mark.django_db


def rows() -> list[tuple[int, str]]:
    return list(AuditRecord.objects.order_by("number").values_list("number", "action"))


def note(action: str) -> None:
    record(actor=system_user(), action=action, subject="the test", now=timezone.now())


def test_rows_count_from_one_and_each_follows_the_one_before() -> None:
    published("Roaming")
    kept = list(AuditRecord.objects.order_by("number"))
    assert [row.number for row in kept] == list(range(1, len(kept) + 1))
    assert [row.previous_digest for row in kept] == ["", *(row.digest for row in kept[:-1])]
    assert first_broken_row() is None


def test_what_fails_leaves_neither_changes_nor_rows() -> None:
    @operation()
    def two_articles() -> None:
        create_article(actor=system_user(), kind="support")
        create_article(actor=system_user(), kind="gossip")

    with pytest.raises(InvalidInput):
        two_articles()
    assert not Article.objects.exists()
    assert rows() == []


def test_a_part_that_fails_is_forgotten_and_the_rest_is_kept() -> None:
    @operation()
    def fail() -> None:
        note("in vain")
        raise ZeroDivisionError

    with operation():
        note("before")
        with pytest.raises(ZeroDivisionError):
            fail()
        note("after")
    assert rows() == [(1, "before"), (2, "after")]


def test_an_audit_row_is_part_of_an_operation() -> None:
    with pytest.raises(RuntimeError):
        note("alone")


@pytest.fixture
def forge() -> Callable[[], None]:
    """Let rows be changed, as somebody with the database's password could."""

    def unlock() -> None:
        remove(connection, AuditRecord)

    return unlock


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda row: AuditRecord.objects.filter(pk=row.pk).update(action="other"), "was changed"),
        (
            lambda row: AuditRecord.objects.filter(pk=row.pk).update(detail={"kind": "sales"}),
            "was changed",
        ),
        (
            lambda row: AuditRecord.objects.filter(pk=row.pk).update(
                actor=User.objects.create_user("somebody-else")
            ),
            "was changed",
        ),
        (lambda row: AuditRecord.objects.filter(pk=row.pk).delete(), "is missing"),
        (
            lambda row: AuditRecord.objects.filter(pk=row.pk).update(previous_digest="0" * 64),
            "does not follow",
        ),
    ],
    ids=["its action", "its detail", "its actor", "taken out", "another past"],
)
def test_the_command_names_the_first_row_that_was_forged(
    change: Callable[[AuditRecord], object], fault: str, forge: Callable[[], None]
) -> None:
    published("Roaming")
    row = AuditRecord.objects.get(number=2)
    forge()
    try:
        change(row)
        with pytest.raises(CommandError, match=f"^row 2: it {fault}"):
            call_command("verify_audit")
    finally:
        install(connection, AuditRecord)


def test_the_command_tells_the_last_digest_where_all_is_well() -> None:
    published("Roaming")
    out = io.StringIO()
    call_command("verify_audit", stdout=out)
    last = AuditRecord.objects.first()
    assert last is not None
    assert f"{last.number} audit rows" in out.getvalue()
    assert last.digest in out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_who_refers_to_what_another_holds_waits_before_it_holds_the_chain() -> None:
    value = snippet("price", "text", "5")

    def refer() -> None:
        try:
            with operation():
                value.pk, value.number = None, 2
                value.save(force_insert=True)
                note("refer")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with operation():
            Snippet.objects.select_for_update().get(key="price")
            referring = pool.submit(refer)
            wait([referring], timeout=0.3)
            note("hold")
        referring.result(timeout=20)
    assert [action for _, action in rows()][-2:] == ["hold", "refer"]
    assert first_broken_row() is None


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_moment_make_one_chain() -> None:
    actor = system_user()

    def write(_: int) -> None:
        try:
            create_article(actor=actor, kind="support")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(12)))
    assert [number for number, _ in rows()] == list(range(1, 13))
    assert first_broken_row() is None
